// From run to run: accuracy with its interval above, the median time of solved trials below.

function trendSeries(view) {
  const time = d3.utcParse('%Y-%m-%dT%H:%M:%S'), { section } = view;
  // A digest is given only where one name had several settings; runs under other conditions are rows of their own.
  const place = (it) => section.contenders.findIndex((c, i) => (c.contender ?? c.name) === it.contender && (!it.digest || c.digest === it.digest) && view.shown.includes(i));
  return (view.data.history ?? []).filter((it) => it.task_set === section.task_set).map((it) => ({
    i: place(it), digest: it.digest, name: it.contender,
    points: it.points.map((p) => ({ ...p, date: time(String(p.at).slice(0, 19)) })).filter((p) => p.date && known(p.accuracy)),
  })).filter((it) => it.i >= 0 && it.points.length).sort((a, b) => a.i - b.i)
    .map((it) => it.digest ? { ...it, name: view.contender(it.i).name } : it);
}

/** Intervals of many lines would hide each other. */
const TREND_INTERVALS = 4;

function drawTrend(view) {
  const series = trendSeries(view), small = narrow(view), width = view.width;
  const timed = series.some((it) => it.points.some((p) => p.median_seconds > 0));
  const labels = series.map((it) => fitted(it.name, 22, 160) + (view.contender(it.i).estimated ? ' (est.)' : ''));
  const margins = { marginLeft: 60, marginRight: small ? 14 : 34 + Math.max(40, ...labels.map((it) => wide(it))), marginTop: 26 };
  const dates = series.flatMap((it) => it.points.map((p) => p.date));
  const [first, last] = d3.extent(dates), pad = Math.max(3600e3, (last - first) * 0.03);
  const x = { type: 'utc', domain: [new Date(+first - pad), new Date(+last + pad)] };
  const few = series.length <= TREND_INTERVALS;
  const days = d3.utcTicks(first, last, Math.max(2, Math.min(8, width / 110)));
  // Points of one night stand side by side, so that their intervals can be told apart.
  const beside = (n) => few ? (n - (series.length - 1) / 2) * 5 : 0;
  const bottom = (there) => [
    Plot.gridX(days, { stroke: 'var(--rule)', strokeOpacity: 1, strokeWidth: 0.75 }),
    there ? Plot.axisX({ ticks: days, tickFormat: d3.utcFormat(last - first > 3 * 86400e3 ? '%d %b' : '%d %b %H:%M'), label: null, tickSize: 4, fontSize: FONT }) : Plot.axisX({ ticks: [], label: null }),
  ];
  const lines = (value, ok) => series.map((it, n) => [
    Plot.line(it.points.filter(ok), { x: 'date', y: value, dx: beside(n), stroke: look(it.i).colour, strokeWidth: 1.75, strokeDasharray: look(it.i).dash ?? undefined }),
    Plot.dot(it.points.filter(ok), { x: 'date', y: value, dx: beside(n), r: 4, symbol: look(it.i).symbol, fill: look(it.i).colour, stroke: 'var(--paper)', strokeWidth: 1, className: `trend-${n}` }),
  ]);
  const upper = plotted({
    width, height: small ? 240 : 280, ...margins, marginBottom: timed ? 12 : 30, x, y: { domain: [0, 1] },
    marks: [bottom(!timed), accuracyTicks([0, 1], { room: 240 }), few ? series.map((it, n) => Plot.ruleX(it.points.filter((p) => known(p.lo)), { x: 'date', dx: beside(n), y1: (p) => clip(p.lo), y2: (p) => clip(p.hi), stroke: look(it.i).colour, strokeWidth: 1.25, strokeOpacity: 0.7 })) : null, lines('accuracy', () => true)],
  });
  upper.setAttribute('aria-label', 'Accuracy from run to run');
  const axis = timeAxis(series.flatMap((it) => it.points.map((p) => p.median_seconds)), 150, 26);
  const lower = timed ? plotted({
    width, height: small ? 170 : 190, ...margins, marginBottom: 30, x, y: { type: 'log', domain: axis.domain },
    marks: [bottom(true), timeTicks(axis, { anchor: 'left', label: 'Median time of solved trials' }), lines('median_seconds', (p) => p.median_seconds > 0)],
  }) : null;
  lower?.setAttribute('aria-label', 'Median time from run to run');
  const height = (it) => Number(it.getAttribute('height'));
  // One drawing, so that both are exported together.
  const drawing = svg('svg', { class: 'pb-plot', role: 'group', 'aria-label': 'From run to run', width, height: height(upper) + (lower ? height(lower) : 0), viewBox: `0 0 ${width} ${height(upper) + (lower ? height(lower) : 0)}`, 'font-size': FONT }, upper, lower);
  lower?.setAttribute('y', height(upper));
  if (!small) {
    for (const [panel, value] of [[upper, 'accuracy'], [lower, 'median_seconds']]) {
      if (!panel) continue;
      const y = panel.scale('y').apply, ends = series.map((it) => it.points.findLast((p) => value === 'accuracy' || p.median_seconds > 0)).map((p) => p ? y(p[value]) : null);
      const kept = series.map((_, n) => n).filter((n) => ends[n] != null);
      const places = spread(kept.map((n) => ends[n]), 14, 22, height(panel) - 20);
      kept.forEach((n, at) => panel.append(glyph(series[n].i, width - margins.marginRight + 12, places[at], 40), note(width - margins.marginRight + 22, places[at], labels[n])));
    }
  }
  const parts = chartBody({ drawing, below: small ? legend(series.map((it) => it.i)) : null });
  const nodes = [], held = new Map();
  for (const panel of [upper, lower]) {
    series.forEach((it, n) => {
      for (const node of panel?.querySelectorAll(`.trend-${n} > *`) ?? []) {
        const shown = panel === lower ? it.points.filter((p) => p.median_seconds > 0) : it.points;
        held.set(node, { it, p: shown[node.__data__] });
        node.setAttribute('data-key', `trend-${panel === lower ? 'b' : 'a'}-${n}-${node.__data__}`);
        node.setAttribute('class', 'hit');
        nodes.push(node);
      }
    });
  }
  targets(parts, nodes, (node) => {
    const { it, p } = held.get(node);
    const lines = [it.name, `${moment(p.at)}, run ${p.run}`, `Accuracy ${percent(p.accuracy)}${known(p.lo) ? `, 95 % interval ${interval(p.lo, p.hi)}` : ''}`, `Median time of solved trials ${duration(p.median_seconds)}`, plural(p.trials, 'trial')];
    return { label: safe(lines.join('. ')), lines, act: () => view.focus({ contender: it.i }) };
  }, { stops: false });
  return parts.body;
}

charts.push({
  id: 'trend',
  get on() { return onShown(); },
  available: (view) => trendSeries(view).some((it) => it.points.length > 1),
  title(view) {
    const series = trendSeries(view), runs = d3.max(series, (it) => it.points.length);
    const apart = series.filter(({ points }) => points.length > 1 && known(points[0].lo) && known(points.at(-1).lo)
      && (points[0].hi < points.at(-1).lo || points.at(-1).hi < points[0].lo));
    if (!series.some((it) => it.points.some((p) => known(p.lo)))) return `From run to run over ${runs} runs; too few tasks to say what changed`;
    return apart.length ? `Between first and last run ${listed(apart.map((it) => shorten(it.name, 24)))} changed beyond ${apart.length === 1 ? 'its intervals' : 'their intervals'}`
      : `Over ${runs} runs no contender's accuracy changed beyond its intervals`;
  },
  draw: drawTrend,
  caption: (view) => 'Every point is one run alone, with its own tasks and trials; its 95 % interval is for other tasks of this kind, so the same tasks again vary less than it shows.'
    + (trendSeries(view).length > TREND_INTERVALS ? ` Intervals are drawn for up to ${TREND_INTERVALS} contenders; filter the board to see them.` : ''),
  table: (view) => ({
    columns: [{ name: 'Contender' }, { name: 'Run' }, { name: 'When' }, { name: 'Accuracy', numeric: true }, { name: '95 % interval', numeric: true }, { name: 'Median time', numeric: true }, { name: 'Trials', numeric: true }],
    rows: trendSeries(view).flatMap((it) => it.points.map((p) => [it.name, p.run, moment(p.at), percent(p.accuracy), interval(p.lo, p.hi), duration(p.median_seconds), String(p.trials)])),
  }),
});
