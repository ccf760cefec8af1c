// How much is solved within each time: steps with bands, and where the lead changes.

/** Pairs whose order changes along the budgets, those first of which both leads are beyond chance. */
function turns(view) {
  const { pairs } = view.section, shown = new Set(view.shown), vs = view.state.vs;
  const found = [];
  for (const pair of pairs ?? []) {
    if (!shown.has(pair.a) || !shown.has(pair.b) || !pair.crossings?.length) continue;
    const sure = pair.leads?.some((it) => it.a) && pair.leads.some((it) => !it.a);
    const chosen = !!vs && vs.includes(pair.a) && vs.includes(pair.b);
    for (const it of pair.crossings) {
      if (!known(it.seconds) || it.seconds <= 0) continue;
      const before = pair.leads?.filter((lead) => lead.a !== it.to_a && lead.from < it.seconds).at(-1);
      const after = pair.leads?.find((lead) => lead.a === it.to_a && lead.to > it.seconds);
      const weight = Math.min(view.contender(pair.a).accuracy ?? 0, view.contender(pair.b).accuracy ?? 0);
      found.push({ pair, weight, chosen, sure: sure && !!before && !!after, seconds: it.seconds, first: it.to_a ? pair.b : pair.a, then: it.to_a ? pair.a : pair.b, before, after });
    }
  }
  return found.sort((a, b) => b.chosen - a.chosen || b.sure - a.sure || b.weight - a.weight || a.seconds - b.seconds);
}

const turnText = (it, most) => `${chartName(it.first, most)} ahead until ${duration(it.seconds)}, ${chartName(it.then, most)} after`;

/** The same where no curve stands by: a third contender may be ahead of both. */
const turnWords = (it, most) => `${chartName(it.first, most)} is ahead of ${chartName(it.then, most)} until ${duration(it.seconds)}, and behind after`;

/** Few enough bands to be told apart: all of up to four, else the two compared or leading. */
function banded(view) {
  if (view.shown.length <= 4) return view.shown;
  const chosen = view.state.vs?.filter((i) => view.shown.includes(i));
  return chosen?.length ? chosen : settled(view).slice(0, 2);
}

/** The time at which the axis ends: the limit, or well after the last trial was solved. */
function curvesEnd(view, ids) {
  const { grid } = view.section, limit = grid.at(-1) ?? 1;
  let last = 0;
  for (const i of ids) {
    const a = view.contender(i).curve.accuracy;
    for (let g = grid.length - 1; g > last; g--) if (known(a[g]) && a[g] !== a[g - 1]) last = g;
  }
  const quiet = NICE_TIMES.find((it) => it >= 2.5 * grid[last]) ?? limit;
  return last > 0 && quiet * 3 <= limit ? quiet : limit;
}

let curvesHeld = null;

/** The drawing stays while only the budget moves; then just its rule is moved. */
function drawCurves(view) {
  const ids = [...view.shown].sort((a, b) => a - b);
  const key = JSON.stringify([ids, view.width, !!view.state.zoom, view.state.vs, view.state.pick]);
  if (curvesHeld?.section !== view.section || curvesHeld.key !== key) curvesHeld = { section: view.section, key, ...makeCurves(view, ids) };
  curvesHeld.rule(view);
  return curvesHeld.body;
}

function makeCurves(view, ids) {
  const { grid } = view.section, width = view.width, small = narrow(view), height = small ? 320 : Math.min(480, Math.max(360, width * 0.42));
  const names = ids.map((i) => chartName(i, 22));
  const right = small ? 26 : 26 + Math.max(40, ...names.map((it) => wide(it)));
  const found = turns(view), written = small ? [] : found.filter((it) => it.sure).slice(0, 3).sort((a, b) => a.seconds - b.seconds);
  const margins = { marginLeft: 52, marginRight: right, marginTop: 26 + 17 * written.length, marginBottom: 48 };
  const series = ids.map((i) => {
    const k = view.contender(i).curve;
    return { i, steps: grid.map((s, g) => ({ s, a: k.accuracy[g], lo: k.lo?.[g], hi: k.hi?.[g] })).filter((it) => known(it.a) && it.s > 0) };
  }).filter((it) => it.steps.length);
  const start = d3.min(series, (it) => it.steps.find((step) => step.a > 0)?.s) ?? grid[0] ?? 1;
  // Where nothing is solved any more the axis may end before the limit does; the caption says so.
  const end = curvesEnd(view, ids);
  const axis = timeAxis([start, end], width - margins.marginLeft - right);
  axis.domain[1] = Math.max(end, axis.domain[0] * 2);
  axis.minor = axis.minor.filter((it) => it <= axis.domain[1]);
  axis.ticks = axis.ticks.filter((it) => it <= axis.domain[1]);
  const bands = new Set(banded(view));
  // With one picked the others step back.
  const picked = ids.find((i) => view.contender(i).name === view.state.pick);
  const strength = (i) => view.contender(i).greyed ? 0.4 : picked === undefined || picked === i ? 1 : 0.35;
  let domain = [0, 1];
  if (view.state.zoom && series.length) {
    const top = d3.max(series, (it) => Math.max(it.steps.at(-1).a, bands.has(it.i) ? clip(it.steps.at(-1).hi ?? 0) : 0));
    domain = [0, Math.min(1, Math.max(0.05, Math.ceil(top * 20 + 0.2) / 20))];
  }
  const inside = (steps) => {
    // A step that began before the axis does is drawn from its edge.
    const at = d3.bisector((it) => it.s).right(steps, axis.domain[0]);
    const kept = at > 0 ? [{ ...steps[at - 1], s: axis.domain[0] }, ...steps.slice(at)] : steps;
    const past = kept.findIndex((it) => it.s > end);
    return past < 0 ? kept : [...kept.slice(0, past), { ...kept[past - 1], s: end }];
  };
  for (const it of series) it.steps = inside(it.steps);
  const best = view.section.virtual_best?.curve;
  const reference = best ? inside(grid.map((s, g) => ({ s, a: best[g] })).filter((it) => known(it.a) && it.s > 0)) : [];
  const picture = plotted({
    width, height, ...margins, x: { type: 'log', domain: axis.domain, clamp: true }, y: { domain, clamp: true },
    marks: [
      timeTicks(axis, { label: 'Time budget of a trial (log scale)' }),
      accuracyTicks(domain, { label: domain[1] < 1 ? `Share of trials solved within it; axis cut at ${wholePercent(domain[1])}` : 'Share of trials solved within it', room: height }),
      Plot.ruleY([0], { stroke: 'var(--ink-soft)' }),
      series.filter((it) => bands.has(it.i)).map((it) => Plot.areaY(it.steps.filter((step) => known(step.lo)), {
        x: 's', y1: (step) => clip(step.lo), y2: (step) => clip(step.hi), curve: 'step-after', fill: look(it.i).colour, fillOpacity: 0.13,
      })),
      reference.length > 1 && ids.length > 1 ? Plot.line(reference, { x: 's', y: 'a', curve: 'step-after', stroke: 'var(--ink-soft)', strokeDasharray: '2 4' }) : null,
      series.map((it) => Plot.line(it.steps, {
        x: 's', y: 'a', curve: 'step-after', stroke: look(it.i).colour, strokeWidth: 2, strokeDasharray: look(it.i).dash ?? undefined,
        strokeOpacity: strength(it.i),
      })),
    ],
  });
  const x = picture.scale('x').apply, y = picture.scale('y').apply;
  const box = { x0: margins.marginLeft, x1: width - right, y0: margins.marginTop, y1: height - margins.marginBottom };
  const over = svg('g', { 'aria-hidden': 'true', 'font-size': FONT });
  picture.append(over);
  const ends = series.map((it) => ({ ...it, x: x(it.steps.at(-1).s), y: y(it.steps.at(-1).a) }));
  for (const it of ends) over.append(glyph(it.i, it.x, it.y));
  if (!small) {
    const high = Math.min(15, (box.y1 - box.y0) / Math.max(1, ends.length));
    const places = spread(ends.map((it) => it.y), high, box.y0 + 4, box.y1 - 4);
    ends.forEach((it, n) => {
      over.append(svg('path', { d: `M${it.x + 6},${it.y}L${box.x1 + 12},${places[n]}`, stroke: look(it.i).colour, 'stroke-width': 0.75, fill: 'none' }),
        note(box.x1 + 15, places[n], chartName(it.i, 22), { 'font-size': Math.min(FONT, high) }));
    });
    if (reference.length > 1 && ids.length > 1) {
      const mid = reference[Math.floor(reference.length * 0.55)];
      over.append(note(Math.max(box.x0 + 80, x(mid.s) - 8), Math.max(box.y0 + 8, y(mid.a) - 10), 'virtual best', { fill: 'var(--ink-soft)', 'text-anchor': 'end' }));
    }
  }
  const heightOf = (it) => {
    const steps = series.find((one) => one.i === it.first)?.steps;
    return y(steps?.[Math.max(0, d3.bisector((step) => step.s).right(steps, it.seconds) - 1)]?.a ?? 0);
  };
  written.forEach((it, n) => {
    const at = x(it.seconds), line = box.y0 - 8 - 17 * n, text = turnText(it, 20);
    over.append(svg('line', { x1: at, x2: at, y1: line + 7, y2: heightOf(it), stroke: 'var(--ink)', 'stroke-width': 1, 'stroke-dasharray': '3 2' }),
      svg('circle', { cx: at, cy: heightOf(it), r: 4, fill: 'none', stroke: 'var(--ink)', 'stroke-width': 1.5 }),
      note(Math.max(box.x0 + wide(text), at + 4), line, text, { 'text-anchor': 'end' }));
  });
  // Where the lead changes within chance, a thin mark is all that it deserves.
  if (ids.length <= 5 || view.state.vs) {
    for (const it of found.filter((one) => !one.sure && (ids.length <= 5 || one.chosen)).slice(0, 12)) {
      over.append(svg('line', { x1: x(it.seconds), x2: x(it.seconds), y1: heightOf(it) - 6, y2: heightOf(it) + 6, stroke: 'var(--ink-soft)', 'stroke-width': 1 }));
    }
  }
  const budget = budgetRule(picture, x, box, grid);
  const rest = found.filter((it) => it.sure && !written.includes(it));
  const parts = chartBody({
    tools: [el('span', { class: 'soft', text: 'Click or drag in the chart to set the time budget.' })],
    drawing: picture,
    below: [
      small || ids.length > 8 ? legend(ids) : null,
      rest.length ? el('ul', { class: 'turns' }, rest.slice(0, 6).map((it) => el('li', { text: turnWords(it, 40) + '.' })),
        rest.length > 6 ? el('li', { text: `${rest.length - 6} more such changes.` }) : null) : null,
    ],
  });
  budget.answer(parts, series);
  return { body: parts.body, rule: budget.move };
}
