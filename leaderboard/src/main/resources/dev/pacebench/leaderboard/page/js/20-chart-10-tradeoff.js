// Accuracy against time at the budget, the chart that the page is about.

function tradeoffRows(view) {
  return view.shown.map((i) => ({ i, c: view.contender(i), ...view.row(i) })).filter((it) => known(it.accuracy));
}

const hasPlace = (it) => known(it.median) && it.median > 0;

/** Times over all budgets, so that the axis stays where it is while the budget moves. */
function tradeoffAxis(view, room) {
  const times = [];
  for (const i of view.shown) {
    const c = view.contender(i);
    times.push(c.median_seconds, c.p25_seconds, c.p75_seconds, ...(c.curve?.median ?? []));
  }
  for (const it of shownCascades(view)) times.push(it.seconds);
  return timeAxis(times, room);
}

const shownCascades = (view) => (view.section.cascades ?? [])
  .filter((it) => view.shown.includes(it.first) && view.shown.includes(it.second) && known(it.seconds) && it.seconds > 0).slice(0, 3);

/** Two contenders of whom the second is tried where the first fails. */
const cascadeName = (it) => `${chartName(it.first, 22, 130)}, then ${chartName(it.second, 22, 130)}`;

function accuracyDomain(view, rows) {
  if (!view.state.zoom || !rows.length) return [0, 1];
  const lo = d3.min(rows, (it) => clip(it.lo ?? it.accuracy)), hi = d3.max(rows, (it) => clip(it.hi ?? it.accuracy));
  const pad = Math.max(0.02, (hi - lo) * 0.08);
  return [Math.max(0, Math.floor((lo - pad) * 50) / 50), Math.min(1, Math.ceil((hi + pad) * 50) / 50)];
}

/** A quantity in words for ears and tips. */
function tradeoffLines(view, it) {
  const { c } = it;
  return [
    c.name,
    `Solves ${percent(it.accuracy)} ${view.within}` + (known(it.lo) ? `, 95 % interval ${interval(it.lo, it.hi)}` : `; no interval${c.ci_absent ? `: ${c.ci_absent}` : ''}`),
    hasPlace(it) ? `Half of these within ${duration(it.median)}` + (known(it.p25) ? `; the middle half ${duration(it.p25)} to ${duration(it.p75)}` : '') : 'Solved nothing, so has no time',
    known(it.best) ? `Rank ${rank(it.best, it.worst)} of ${view.section.contenders.length}` : null,
    it.frontier ? 'On the frontier: no other is at least as accurate and as quick' : null,
    [c.simulated && 'simulated', c.estimated && 'estimated', c.imported && 'imported', c.greyed && 'too many trials lost to compare'].filter(Boolean).join(', ') || null,
  ].filter(Boolean);
}

function drawTradeoff(view) {
  const width = view.width, small = narrow(view), height = small ? 320 : Math.min(520, Math.max(380, width * 0.46));
  const rows = tradeoffRows(view), dots = rows.filter(hasPlace);
  const margins = { marginLeft: 52, marginRight: small ? 22 : 24, marginTop: 26, marginBottom: 48 };
  const axis = tradeoffAxis(view, width - margins.marginLeft - margins.marginRight);
  const domain = accuracyDomain(view, rows);
  const bound = (value) => Math.min(domain[1], Math.max(domain[0], value));
  const of = (it) => look(it.i);
  const faint = (it) => it.c.greyed ? 0.4 : 1;
  const edge = dots.filter((it) => it.frontier && !it.c.greyed).sort((a, b) => a.median - b.median || a.accuracy - b.accuracy);
  // What the zoom leaves outside is left out, not moved to the edge.
  const inside = (value) => known(value) && value >= domain[0] && value <= domain[1];
  const virtual = view.whole ? view.section.virtual_best?.accuracy : view.section.virtual_best?.curve?.[view.t], best = inside(virtual) ? virtual : null;
  const families = [...d3.group(dots.filter((it) => it.c.family), (it) => it.c.family).values()]
    .filter((them) => them.length > 1).map((them) => them.sort((a, b) => a.median - b.median));
  const cascades = view.whole ? shownCascades(view).filter((it) => inside(it.accuracy)) : [];
  const picture = plotted({
    width, height, ...margins,
    x: { type: 'log', domain: axis.domain },
    y: { domain, clamp: true },
    marks: [
      timeTicks(axis, { label: `Median time of trials solved${view.whole ? '' : ' ' + view.within} (log scale)` }),
      accuracyTicks(domain, { label: view.state.zoom ? `Accuracy ${view.within}; axis cut to ${wholePercent(domain[0])}–${wholePercent(domain[1])}` : `Accuracy ${view.within}`, room: height }),
      Plot.ruleY([domain[0]], { stroke: 'var(--ink-soft)' }),
      known(best) ? Plot.ruleY([bound(best)], { stroke: 'var(--ink-soft)', strokeDasharray: '2 4' }) : null,
      edge.length ? Plot.line([...edge, { ...edge.at(-1), median: axis.domain[1] }], {
        x: 'median', y: 'accuracy', curve: 'step-after', stroke: 'var(--ink-soft)', strokeWidth: 1.5, strokeOpacity: 0.75,
      }) : null,
      families.map((them) => Plot.line(them, { x: 'median', y: 'accuracy', stroke: of(them[0]).colour, strokeWidth: 1, strokeDasharray: '1 3', strokeLinecap: 'round' })),
      Plot.ruleX(dots.filter((it) => known(it.lo)), { x: 'median', y1: (it) => bound(clip(it.lo)), y2: (it) => bound(clip(it.hi)), stroke: (it) => of(it).colour, strokeWidth: 1.5, strokeOpacity: faint }),
      Plot.ruleY(dots.filter((it) => known(it.p25) && it.p25 > 0), { y: 'accuracy', x1: 'p25', x2: 'p75', stroke: (it) => of(it).colour, strokeWidth: 1.5, strokeOpacity: faint }),
      cascades.length ? Plot.dot(cascades, { x: 'seconds', y: 'accuracy', symbol: 'times', r: 5, stroke: 'var(--ink-soft)', strokeWidth: 2, title: (it) => safe(`${cascadeName(it)}: ${percent(it.accuracy)} in ${duration(it.seconds)} on average`) }) : null,
      Plot.dot(dots.filter((it) => it.c.name === view.state.pick), { x: 'median', y: 'accuracy', r: 13, stroke: 'var(--ink)', strokeWidth: 1.5 }),
      dots.length ? Plot.dot(dots, {
        x: 'median', y: 'accuracy', symbol: (it) => of(it).symbol, r: 6.5, stroke: (it) => of(it).colour, strokeWidth: 2,
        fill: (it) => it.frontier ? of(it).colour : 'var(--paper)', strokeOpacity: faint, fillOpacity: faint, className: 'dots', sort: null,
      }) : null,
    ],
  });
  picture.setAttribute('aria-label', 'Accuracy against time; one button for each contender');
  const x = picture.scale('x').apply, y = picture.scale('y').apply;
  const box = { x0: margins.marginLeft + 2, x1: width - 4, y0: margins.marginTop - 4, y1: height - margins.marginBottom - 2 };
  const taken = [];
  const over = svg('g', { 'aria-hidden': 'true', 'font-size': FONT });
  picture.append(over);
  if (known(best)) {
    const text = small ? `virtual best ${wholePercent(best)}` : `virtual best: ${percent(best)}, had the best contender been chosen for each task`;
    const high = y(bound(best)) - 9 < box.y0 ? y(bound(best)) + 9 : y(bound(best)) - 9;
    over.append(note(box.x0 + 4, high, text, { fill: 'var(--ink-soft)' }));
    taken.push({ x0: box.x0, x1: box.x0 + wide(text) + 8, y0: high - 7, y1: high + 7 }, { x0: box.x0, x1: box.x1, y0: y(bound(best)) - 1, y1: y(bound(best)) + 1 });
  }
  if (!dots.length) over.append(note(width / 2, height / 2, rows.length ? `Nothing was solved ${view.within}` : 'No trials that count', { 'text-anchor': 'middle' }));
  edge.forEach((it, n) => {
    const next = edge[n + 1], end = next ? x(next.median) : box.x1, level = y(bound(it.accuracy));
    taken.push({ x0: x(it.median), x1: end, y0: level - 1, y1: level + 1 });
    if (next) taken.push({ x0: end - 1, x1: end + 1, y0: y(bound(next.accuracy)), y1: level });
  });
  for (const it of dots) {
    // Whiskers are crossed by a label only where nothing else is left, so they count as thin boxes.
    if (known(it.lo)) taken.push({ x0: x(it.median) - 1, x1: x(it.median) + 1, y0: y(bound(clip(it.hi))), y1: y(bound(clip(it.lo))) });
    if (known(it.p25) && it.p25 > 0) taken.push({ x0: x(it.p25), x1: x(it.p75), y0: y(it.accuracy) - 1, y1: y(it.accuracy) + 1 });
  }
  const items = dots.map((it) => ({ it, x: x(it.median), y: y(bound(it.accuracy)), text: chartName(it.i) }))
    .sort((a, b) => b.it.frontier - a.it.frontier || b.it.accuracy - a.it.accuracy);
  const marks = cascades.map((it) => ({ x: x(it.seconds), y: y(bound(it.accuracy)), text: cascadeName(it), soft: true }));
  let unnamed = items.map((it) => it.it.i);
  if (!small) {
    placeLabels([...items, ...marks], box, taken);
    for (const it of [...items, ...marks]) {
      if (!it.spot) continue;
      const middle = (it.spot.y0 + it.spot.y1) / 2;
      if (it.spot.far || (it.soft && it.spot.y0 > it.y + 6) || (it.soft && it.spot.y1 < it.y - 6)) {
        over.append(svg('line', { x1: it.x, y1: it.y, x2: it.spot.x0 > it.x ? it.spot.x0 - 2 : it.spot.x1 < it.x ? it.spot.x1 + 2 : it.x, y2: middle, stroke: 'var(--ink-soft)', 'stroke-width': 0.75 }));
      }
      over.append(note(it.spot.x0, middle, it.text, it.soft ? { fill: 'var(--ink-soft)', 'font-style': 'italic' } : {}));
    }
    unnamed = items.filter((it) => !it.spot).map((it) => it.it.i);
  }
  const zoom = chartSwitch('Zoom the accuracy axis', view.state.zoom, () => view.set({ zoom: view.state.zoom ? null : true }), 'tradeoff-zoom');
  const absent = rows.filter((it) => !hasPlace(it));
  const parts = chartBody({
    tools: [zoom, view.state.zoom ? el('span', { class: 'soft', text: `The axis shows ${wholePercent(domain[0])} to ${wholePercent(domain[1])} only.` }) : null],
    drawing: picture,
    below: [
      unnamed.length ? legend(unnamed, (i) => `${percent(view.row(i).accuracy)}, ${duration(view.row(i).median)}`) : null,
      absent.length ? el('p', { class: 'soft', text: `Not drawn, as nothing was solved ${view.within}: ${listed(absent.map((it) => chartName(it.i)), 6)}.` }) : null,
    ],
  });
  const nodes = [...picture.querySelectorAll('.dots > *')];
  const rowOf = (node) => dots[node.__data__];
  nodes.forEach((node) => { node.setAttribute('data-key', `tradeoff-${rowOf(node).i}`); node.setAttribute('class', 'hit'); });
  targets(parts, nodes, (node) => {
    const it = rowOf(node), lines = tradeoffLines(view, it);
    return { label: safe(lines.join('. ')), lines, act: () => view.focus({ contender: it.i }) };
  });
  return parts.body;
}

/** Says who leads, and who cannot be told apart from the leader. */
function tradeoffTitle(view) {
  const rows = tradeoffRows(view).filter((it) => !it.c.greyed);
  if (!rows.length) return 'Accuracy against time: nothing to compare yet';
  const top = rows[0], others = rows.slice(1);
  const share = `${chartName(top.i)} solves ${percent(top.accuracy)} ${view.within}`;
  if (!others.length) return share;
  if (top.accuracy === 0) return `Nobody solves anything ${view.within}`;
  if (!known(top.best)) return `${share}; too few tasks to say whether the others differ`;
  const rivals = others.filter((it) => known(it.best) && it.best === 1);
  return rivals.length ? `${share}; ${listed(rivals.map((it) => chartName(it.i)))} may be as accurate` : `${share}, more than any other`;
}

function tradeoffCaption(view) {
  const rows = tradeoffRows(view);
  const whiskers = rows.some((it) => known(it.lo));
  return [
    whiskers ? 'Points whose intervals overlap may not be told apart here; two of one run are compared better task by task, below.'
      : 'There are too few tasks for intervals, so no difference here is more than a hint.',
    `Upright lines: 95 % interval of the accuracy.`,
    view.whole ? 'Level lines: the middle half of the times of solved trials.' : 'The spread of times is drawn for the whole limit only.',
    'Filled: on the frontier (stepped line), so no other is at least as accurate and as quick; hollow: outdone.',
    rows.some((it) => it.c.family) ? 'Dotted: one model served in several ways.' : '',
    view.whole && shownCascades(view).length ? 'Crosses: the first contender is tried, and the second where the first fails; mean time.' : '',
  ].filter(Boolean).join(' ');
}

charts.push({
  id: 'tradeoff', on: ['set', 'T', 'q', 'mark', 'zoom', 'pick'],
  available: (view) => view.section.contenders.length > 0,
  title: tradeoffTitle, draw: drawTradeoff, caption: tradeoffCaption,
  table(view) {
    return {
      columns: [{ name: 'Contender' }, { name: `Accuracy ${view.within}`, numeric: true }, { name: '95 % interval', numeric: true },
        { name: 'Ranks', numeric: true }, { name: 'Median time of solved', numeric: true }, { name: 'Middle half of the times', numeric: true }, { name: 'On the frontier' }],
      rows: [...tradeoffRows(view).map((it) => [it.c.name, percent(it.accuracy), interval(it.lo, it.hi), rank(it.best, it.worst), duration(it.median),
        known(it.p25) ? `${duration(it.p25)} to ${duration(it.p75)}` : ABSENT, it.frontier ? 'yes' : 'no']),
      ...(view.whole ? shownCascades(view) : []).map((it) => [cascadeName(it), percent(it.accuracy), ABSENT, ABSENT, `${duration(it.seconds)} (mean)`, ABSENT, ABSENT])],
    };
  },
});
