// Two contenders, task by task: who was quicker where both solved, and who solved what the other did not.

/** The two that are compared: those chosen, else the first two that are shown. */
function duelPair(view) {
  const count = view.section.contenders.length, vs = view.state.vs;
  if (vs?.every((i) => i < count)) return vs;
  const order = settled(view).filter((i) => view.contender(i).solved > 0);
  return order.length > 1 ? order.slice(0, 2) : null;
}

function duelTasks(view, [a, b]) {
  const { cells, tasks } = view.section;
  const both = [], onlyA = [], onlyB = [];
  let neither = 0, untried = 0, untimed = 0;
  tasks.forEach((task, n) => {
    const sa = cells.solved[a][n], sb = cells.solved[b][n];
    if (!cells.trials[a][n] || !cells.trials[b][n]) { untried++; return; }
    const it = { task, n, sa, sb, ta: cells.trials[a][n], tb: cells.trials[b][n], ma: cells.median[a][n], mb: cells.median[b][n] };
    if (!sa && !sb) neither++;
    else if (sa && sb) { if (it.ma > 0 && it.mb > 0) both.push(it); else untimed++; }
    else if (sa) { if (it.ma > 0) onlyA.push(it); else untimed++; }
    else if (it.mb > 0) onlyB.push(it);
    else untimed++;
  });
  return { both, onlyA, onlyB, neither, untried, untimed };
}

function drawDuel(view) {
  const pair = duelPair(view), [a, b] = pair, tasks = duelTasks(view, pair), small = narrow(view);
  const width = Math.min(view.width, 640), gutter = 30;
  const margins = { marginLeft: small ? 54 : 62, marginRight: gutter + 8, marginTop: gutter + 26, marginBottom: 48 };
  const side = width - margins.marginLeft - margins.marginRight, height = side + margins.marginTop + margins.marginBottom;
  const all = [...tasks.both, ...tasks.onlyA, ...tasks.onlyB];
  const axis = timeAxis(all.flatMap((it) => [it.ma, it.mb]), side), [lo, hi] = axis.domain;
  const guides = [0.1, 0.5, 1, 2, 10].filter((k) => Math.max(lo, lo / k) < Math.min(hi, hi / k))
    .map((k) => ({ k, x1: Math.max(lo, lo / k), x2: Math.min(hi, hi / k) }));
  const names = [chartName(a, small ? 18 : 30), chartName(b, small ? 18 : 30)];
  const picture = plotted({
    width, height, ...margins, x: { type: 'log', domain: axis.domain }, y: { type: 'log', domain: axis.domain },
    marks: [
      timeTicks(axis, { label: small ? `${names[0]}: time (log scale)` : `${names[0]}: time of solved trials (log scale)` }),
      timeTicks(axis, { anchor: 'left' }),
      guides.map((it) => Plot.link([it], { x1: 'x1', x2: 'x2', y1: it.x1 * it.k, y2: it.x2 * it.k, stroke: 'var(--ink-soft)', strokeWidth: it.k === 1 ? 1.5 : 0.75, strokeDasharray: it.k === 1 ? undefined : '4 3' })),
    ],
  });
  picture.setAttribute('aria-label', 'Times of two contenders, task by task');
  const x = picture.scale('x').apply, y = picture.scale('y').apply;
  const over = svg('g', { 'aria-hidden': 'true', 'font-size': FONT }), marks = svg('g');
  picture.append(over, marks);
  const right = width - margins.marginRight, top = margins.marginTop;
  over.append(
    svg('rect', { x: right + 6, y: top, width: gutter - 4, height: side, fill: 'var(--surface)' }),
    svg('rect', { x: margins.marginLeft, y: top - gutter - 2, width: side, height: gutter - 4, fill: 'var(--surface)' }),
    note(margins.marginLeft - 50, top - gutter - 16, `${names[1]}: time of solved trials`),
    small ? '' : note(right - 8, height - margins.marginBottom - 12, `${names[1]} quicker ↘`, { fill: 'var(--ink-soft)', 'text-anchor': 'end' }));
  for (const it of guides) {
    // At the line's upper end, inside the frame.
    const text = it.k === 1 ? 'equal' : `${it.k < 1 ? Math.round(1 / it.k) : it.k}×`;
    over.append(note(x(it.x2) - 6, y(it.x2 * it.k) + (it.k >= 1 ? 12 : -10), text, { fill: 'var(--ink-soft)', 'font-size': 11, 'text-anchor': 'end' }));
  }
  if (!small) {
    const text = `↖ ${names[0]} quicker`, end = margins.marginLeft + 8 + wide(text);
    const met = guides.some((it) => it.k > 1 && x(it.x2) - 40 < end);
    over.append(note(margins.marginLeft + 8, top + (met ? 30 : 12), text, { fill: 'var(--ink-soft)' }));
  }
  const points = [
    ...tasks.both.map((it) => ({ ...it, kind: 'both', px: x(it.ma), py: y(it.mb) })),
    ...tasks.onlyA.map((it) => ({ ...it, kind: 'a', px: x(it.ma), py: top - gutter / 2 - 4 })),
    ...tasks.onlyB.map((it) => ({ ...it, kind: 'b', px: right + gutter / 2 + 4, py: y(it.mb) })),
  ].sort((p, q) => p.px - q.px || p.py - q.py);
  const crowd = points.length > 250, r = crowd ? 3 : 4.5;
  const nodes = points.map((it) => {
    const mark = it.kind === 'both'
      ? svg('circle', { cx: it.px, cy: it.py, r, fill: 'var(--accent)', 'fill-opacity': crowd ? 0.35 : 0.55, stroke: 'var(--accent)', 'stroke-width': 1, class: 'hit', 'data-key': `duel-${it.n}` })
      : svg('path', { d: d3.symbol(it.kind === 'a' ? SHAPES[look(a).symbol] : SHAPES[look(b).symbol], crowd ? 30 : 50)(), transform: `translate(${it.px},${it.py})`, fill: look(it.kind === 'a' ? a : b).colour, 'fill-opacity': 0.75, class: 'hit', 'data-key': `duel-${it.n}` });
    marks.append(mark);
    return mark;
  });
  const select = (at) => chartChoice(at ? 'Upright' : 'Across', `duel-${at}`, view.section.contenders.map((c, i) => [String(i), shorten(c.name, 40)]), String(pair[at]), (value) => {
    const next = [...pair], chosen = Number(value);
    if (chosen === next[1 - at]) next[1 - at] = next[at];
    next[at] = chosen;
    view.set({ vs: next });
  });
  const parts = chartBody({
    tools: view.section.contenders.length > 2 ? [select(0), select(1)] : [], drawing: picture, below: duelCounts(view, pair, tasks),
  });
  parts.body.classList.add('beside');
  const pointOf = new Map(nodes.map((node, n) => [node, points[n]]));
  targets(parts, nodes, (node) => {
    const it = pointOf.get(node);
    const one = (i, solved, tried, time) => `${shorten(view.contender(i).name, 40)}: solved ${solved} of ${tried}${solved ? `, median ${duration(time)}` : ''}`;
    const lines = [it.task.name, one(a, it.sa, it.ta, it.ma), one(b, it.sb, it.tb, it.mb)];
    if (it.kind === 'both') lines.push(it.ma === it.mb ? 'equally quick' : `${chartName(it.ma < it.mb ? a : b)} ${ratio(Math.max(it.ma / it.mb, it.mb / it.ma))} as quick`);
    return { label: safe(lines.join('. ')), lines, act: () => view.focus({ task: it.n }) };
  }, { stops: false });
  return parts.body;
}

/** What the points come to, beside them. */
function duelCounts(view, [a, b], tasks) {
  const names = [a, b].map((i) => el('bdi', { text: chartName(i, 30) }));
  const quicker = (left, right) => tasks.both.filter((it) => left(it) < right(it)).length;
  const time = view.section.pairs?.find((it) => (it.a === a && it.b === b) || (it.a === b && it.b === a));
  const scale = time?.time_ratio;
  const line = (count, ...text) => el('li', null, el('strong', { class: 'num', text: count }), el('span', null, text));
  return el('ul', { class: 'counts' },
    line(tasks.both.length, 'solved by both'),
    line(quicker((it) => it.ma, (it) => it.mb), 'of these: ', names[0], ' quicker'),
    line(quicker((it) => it.mb, (it) => it.ma), 'of these: ', names[1].cloneNode(true), ' quicker'),
    line(tasks.onlyA.length, 'solved by ', names[0].cloneNode(true), ' only, above the frame'),
    line(tasks.onlyB.length, 'solved by ', names[1], ' only, right of it'),
    line(tasks.neither, 'solved by neither, not drawn'),
    tasks.untried ? line(tasks.untried, 'not tried by both, not drawn') : null,
    tasks.untimed ? line(tasks.untimed, 'without a known time, not drawn') : null,
    scale && known(scale.ratio) ? el('li', { class: 'soft', text: `Where both solve, ${chartName(time.a, 30)} takes ${ratio(scale.ratio)} as long as ${chartName(time.b, 30)}`
      + (known(scale.lo) ? ` (95 %: ${ratio(scale.lo)} to ${ratio(scale.hi)})` : '; too few tasks for an interval') }) : null);
}

charts.push({
  id: 'duel',
  get on() { return onShown('vs'); },
  available(view) {
    const pair = view.section.cells && duelPair(view);
    if (!pair) return false;
    const tasks = duelTasks(view, pair);
    return tasks.both.length + tasks.onlyA.length + tasks.onlyB.length > 0;
  },
  title(view) {
    const pair = duelPair(view), { both } = duelTasks(view, pair), [a, b] = pair.map((i) => chartName(i, 30));
    const first = both.filter((it) => it.ma < it.mb).length, second = both.filter((it) => it.mb < it.ma).length;
    if (!both.length) return `${a} and ${b} solve no task in common`;
    const [name, count, other] = first >= second ? [a, first, b] : [b, second, a];
    if (both.length === 1) return `${name} is quicker than ${other} on the one task that both solve`;
    return `${name} is quicker than ${other} on ${count === both.length ? 'all' : `${count} of the`} ${both.length} tasks that both solve`;
  },
  draw: drawDuel,
  caption(view) {
    const pair = duelPair(view), [a, b] = pair.map((i) => chartName(i, 30));
    const found = view.section.pairs?.find((it) => pair.includes(it.a) && pair.includes(it.b));
    const time = found?.time_ratio;
    return [
      `A point is a task, at the median time of each contender's solved trials with their whole limit; below the line, ${b} was quicker. At the edges: tasks that only one solves, at its time.`,
      time && known(time.ratio) && known(time.lo) && time.lo <= 1 && time.hi >= 1 ? 'On the whole the difference in time could be chance.' : '',
      `Only solved trials are timed, so ${a} and ${b} are compared where they succeed.`,
    ].filter(Boolean).join(' ');
  },
  table(view) {
    const pair = duelPair(view), { both, onlyA, onlyB } = duelTasks(view, pair);
    const columns = [{ name: 'Task' }];
    for (const i of pair) columns.push({ name: `${shorten(view.contender(i).name, 40)}: solved`, numeric: true }, { name: 'median time', numeric: true });
    return {
      columns: [...columns, { name: 'Second to first', numeric: true }],
      rows: [...both, ...onlyA, ...onlyB].sort((p, q) => p.n - q.n)
        .map((it) => [it.task.name, `${it.sa} of ${it.ta}`, duration(it.ma), `${it.sb} of ${it.tb}`, duration(it.mb), it.ma > 0 && it.mb > 0 ? ratio(it.mb / it.ma) : ABSENT]),
    };
  },
});
