// Where the time went: the parts of a trial's time, per contender, and beside it the sum by which vendors reckon.

/** Keys as in a contender's `time`; `parts` of a trial has the same order. */
const TIME_PARTS = [
  { key: 'model_waiting', name: 'waiting for the model', pattern: null },
  { key: 'generating', name: 'generating', pattern: 'M0,6L6,0' },
  { key: 'tools', name: 'tools', pattern: 'M0,3H6' },
  { key: 'overhead', name: 'overhead', pattern: 'M3,0V6' },
  { key: 'limits_and_retries', name: 'limits and retries', pattern: 'M0,0L6,6M0,6L6,0' },
  { key: 'other', name: 'other', pattern: 'M2,3h2M0,0h1M5,0h1' },
];
const partColour = (n) => `var(--part-${n + 1})`;

defineKey('times', oneOf('share'));
defineKey('of', oneOf('solved'));

let patternCount = 0;

/** Fills of the parts: colour and hatching, so that they differ without colour too. Ids are unique in the page. */
function partFills() {
  const prefix = `pb-part-${++patternCount}-`;
  const defs = svg('defs', null, TIME_PARTS.map((part, n) => svg('pattern', { id: prefix + n, width: 6, height: 6, patternUnits: 'userSpaceOnUse' },
    svg('rect', { width: 6, height: 6, fill: partColour(n) }),
    part.pattern ? svg('path', { d: part.pattern, stroke: 'var(--paper)', 'stroke-width': 0.9, 'stroke-opacity': 0.6, fill: 'none' }) : null)));
  return { defs, fill: (n) => `url(#${prefix}${n})` };
}

/** The same for the small pictures, which share one set: those that are exported carry their own. */
const commonFill = (() => {
  let fills = null;
  return (n) => {
    if (!fills) {
      fills = partFills();
      document.body.append(svg('svg', { width: 0, height: 0, 'aria-hidden': 'true', vars: { position: 'absolute' } }, fills.defs));
    }
    return fills.fill(n);
  };
})();

/** Seconds per trial and shares of each part; null where no times were recorded. */
function timeRow(view, i) {
  const c = view.contender(i), all = view.state.of !== 'solved';
  const sums = all ? c.time : c.time_solved, count = sums?.trials ?? (all ? c.trials - c.lost - (c.times_unknown ?? 0) : c.solved);
  if (!sums || !(count > 0)) return null;
  const seconds = TIME_PARTS.map((part) => Math.max(0, sums[part.key] ?? 0) / count), total = d3.sum(seconds);
  return total > 0 ? { i, c, seconds, total, shares: seconds.map((it) => it / total) } : null;
}

const timeRows = (view) => settled(view).map((i) => timeRow(view, i)).filter(Boolean);
/** Vendors' arithmetic per trial: of all trials, so beside no other bar. */
const vendorOf = (view, it) => view.state.of !== 'solved' && known(it.c.vendor?.measured) && known(it.c.vendor.estimated) ? it.c.vendor : null;
const ofTrial = (view) => view.state.of === 'solved' ? 'solved trial' : 'trial';

/** Round times for a linear axis, few enough for their names. */
function evenTimes(most, room) {
  const steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18000];
  const step = steps.find((it) => most / it <= room / 90) ?? most / 4;
  return d3.range(0, most + step * 1e-6, step);
}

function drawTime(view) {
  const rows = timeRows(view), shares = view.state.times === 'share', small = narrow(view);
  const width = view.width, vendors = !shares && rows.some((it) => vendorOf(view, it));
  const band = (small ? 46 : 30) + (vendors ? 18 : 0), bar = 20, top = small ? 20 : 5;
  const margins = { marginLeft: small ? 8 : Math.min(220, 34 + Math.max(...rows.map((it) => wide(chartName(it.i, 26, 180))))), marginRight: 78, marginTop: 8, marginBottom: 46 };
  const key = partsKey(rows, width);
  margins.marginTop += key.height;
  const height = margins.marginTop + margins.marginBottom + rows.length * band;
  const estimate = (it) => vendorOf(view, it)?.estimated ?? 0;
  const most = shares ? 1 : d3.max(rows, (it) => Math.max(it.total, vendors ? estimate(it) : 0));
  const fills = partFills(), cells = [];
  rows.forEach((it, row) => {
    let at = 0;
    it.seconds.forEach((value, n) => {
      const size = shares ? it.shares[n] : value;
      if (size > 0) cells.push({ it, row, n, x1: at, x2: at + size, value });
      at += size;
    });
  });
  const room = width - margins.marginLeft - margins.marginRight;
  const ticks = shares ? d3.ticks(0, 1, small ? 2 : 5) : evenTimes(most, room);
  const low = (row) => row * band + top;
  const picture = plotted({
    width, height, ...margins, x: { domain: [0, most] }, y: { type: 'linear', domain: [0, rows.length * band], reverse: false, range: [margins.marginTop, height - margins.marginBottom] },
    marks: [
      Plot.gridX(ticks, { stroke: 'var(--rule)', strokeOpacity: 1, strokeWidth: 0.75 }),
      Plot.axisX({ ticks, tickFormat: shares ? wholePercent : (it) => it ? duration(it) : '0', tickSize: 4, fontSize: FONT, labelArrow: 'none', labelAnchor: 'center', labelOffset: 38, label: shares ? 'Share of the time' : `Time per ${ofTrial(view)}, on average` }),
      Plot.axisY({ ticks: [], label: null }),
      Plot.rect(cells, {
        x1: 'x1', x2: 'x2', y1: (d) => low(d.row), y2: (d) => low(d.row) + bar, fill: (d) => fills.fill(d.n), stroke: 'var(--paper)', strokeWidth: 1, className: 'cells',
        fillOpacity: (d) => d.it.c.greyed ? 0.45 : 1,
      }),
      vendors ? Plot.rect(rows.filter((it) => vendorOf(view, it)), {
        x1: 0, x2: estimate, y1: (it) => low(rows.indexOf(it)) + bar + 2, y2: (it) => low(rows.indexOf(it)) + bar + 15, fill: 'none', stroke: 'var(--ink-soft)', strokeWidth: 1.25, strokeDasharray: '4 2',
      }) : null,
    ],
  });
  picture.setAttribute('aria-label', 'Where the time went; one target for each part');
  picture.append(fills.defs, ...key.draw(fills));
  const x = picture.scale('x').apply, over = svg('g', { 'aria-hidden': 'true', 'font-size': FONT });
  picture.append(over);
  rows.forEach((it, row) => {
    const y = margins.marginTop + low(row) + bar / 2;
    const name = chartName(it.i, 26, 180);
    over.append(small ? note(margins.marginLeft + 18, y - bar / 2 - 9, name) : note(margins.marginLeft - 24, y, name, { 'text-anchor': 'end' }));
    over.append(small ? glyph(it.i, margins.marginLeft + 7, y - bar / 2 - 9) : glyph(it.i, margins.marginLeft - 12, y));
    if (!shares) over.append(note(x(it.total) + 6, y, duration(it.total), { fill: 'var(--ink)' }));
    const v = vendors && vendorOf(view, it);
    if (v) {
      const residual = v.residual ?? v.measured - v.estimated, at = x(v.estimated), y1 = y + bar / 2 + 8.5;
      const text = `vendors' arithmetic ${duration(v.estimated)}; measured ${duration(Math.abs(residual))} ${residual < 0 ? 'less' : 'more'}`;
      const short = [text, `arithmetic ${duration(v.estimated)}`].find((one) => at + 6 + wide(one, 11) < width) ?? null;
      const soft = { fill: 'var(--ink-soft)', 'font-size': 11 };
      if (short === text || small) over.append(note(at + 6, y1, short ?? '', soft));
      else over.append(note(at - 5, y1, text, { ...soft, 'text-anchor': 'end' }));
    }
  });
  const parts = chartBody({
    tools: [
      chartSwitch('As shares', shares, () => view.set({ times: shares ? null : 'share' }), 'time-share'),
      chartSwitch('Solved trials only', view.state.of === 'solved', () => view.set({ of: view.state.of ? null : 'solved' }), 'time-solved'),
    ],
    drawing: picture,
  });
  const nodes = [...picture.querySelectorAll('.cells > *')];
  const cellOf = (node) => cells[node.__data__];
  nodes.forEach((node) => { node.setAttribute('data-key', `time-${cellOf(node).it.i}-${cellOf(node).n}`); node.setAttribute('class', 'hit'); });
  targets(parts, nodes, (node) => {
    const { it, n, value } = cellOf(node);
    const lines = [it.c.name, `${TIME_PARTS[n].name}: ${duration(value)} per ${ofTrial(view)}`, `${percent(it.shares[n])} of ${duration(it.total)}`];
    return { label: safe(lines.join('. ')), lines, act: () => view.focus({ contender: it.i }) };
  }, { stops: false });
  return parts.body;
}

/** Names of the parts that occur, within the drawing so that a copy of it has them. */
function partsKey(rows, width) {
  const places = [];
  let x = 0, line = 0;
  TIME_PARTS.forEach((part, n) => {
    if (!rows.some((it) => it.seconds[n] > 0)) return;
    const size = 24 + wide(part.name) + 18;
    if (x > 0 && x + size > width) { x = 0; line++; }
    places.push({ n, x, y: 9 + 20 * line });
    x += size;
  });
  return {
    height: 20 * (line + 1) + 4,
    draw: (fills) => places.map((it) => svg('g', { 'aria-hidden': 'true', 'font-size': FONT },
      svg('rect', { x: it.x, y: it.y - 6, width: 18, height: 12, fill: fills.fill(it.n) }), note(it.x + 24, it.y, TIME_PARTS[it.n].name))),
  };
}

/** The same for lists of trials. */
function partsLegend(rows) {
  return el('ul', { class: 'legend' }, TIME_PARTS.map((part, n) => rows.some((it) => it.seconds[n] > 0) ? el('li', null,
    svg('svg', { width: 18, height: 12, viewBox: '0 0 18 12', 'aria-hidden': 'true' }, svg('rect', { width: 18, height: 12, fill: commonFill(n) })),
    el('span', { text: part.name })) : null));
}

charts.push({
  id: 'time',
  get on() { return onShown('times', 'of'); },
  available: (view) => timeRows(view).length > 0,
  title(view) {
    const rows = timeRows(view), sums = TIME_PARTS.map((_, n) => d3.mean(rows, (it) => it.shares[n]));
    const n = d3.maxIndex(sums);
    return rows.length === 1 ? `Where the time of ${chartName(rows[0].i)} went: the largest part, ${wholePercent(sums[n])}, is ${TIME_PARTS[n].name}`
      : `Where the time went: the largest part, ${wholePercent(sums[n])} on the whole, is ${TIME_PARTS[n].name}`;
  },
  draw: drawTime,
  caption(view) {
    const vendors = view.state.times !== 'share' && timeRows(view).some((it) => vendorOf(view, it));
    return [
      view.state.of === 'solved' ? 'Means over solved trials with their whole limit; contenders solve different tasks, so a shorter bar may come from easier ones.'
        : 'Means over all trials with their whole limit, solved or not.',
      vendors ? 'Dashed: the arithmetic that vendors publish, with the medians measured here: tokens over speed, times to first tokens, tools, network.' : '',
    ].filter(Boolean).join(' ');
  },
  table(view) {
    const rows = timeRows(view), vendors = rows.some((it) => vendorOf(view, it));
    return {
      columns: [{ name: 'Contender' }, { name: 'Total', numeric: true }, ...TIME_PARTS.map((it) => ({ name: it.name, numeric: true })),
        ...(vendors ? [{ name: 'Measured, all trials', numeric: true }, { name: 'Vendors\' arithmetic', numeric: true }, { name: 'Residual', numeric: true }] : [])],
      rows: rows.map((it) => [it.c.name, duration(it.total), ...it.seconds.map((s, n) => `${duration(s)} (${wholePercent(it.shares[n])})`),
        ...(vendors ? [duration(it.c.vendor?.measured), duration(it.c.vendor?.estimated), known(it.c.vendor?.residual) ? (it.c.vendor.residual < 0 ? MINUS : '') + duration(Math.abs(it.c.vendor.residual)) : ABSENT] : [])]),
    };
  },
});

/** One trial's time in parts, to the scale of its limit, as a small picture for a list of trials. */
function partsBar(parts, limit) {
  const width = 180, high = 12, total = d3.sum(parts, (it) => Math.max(0, it ?? 0)), scale = (width - 2) / Math.max(limit ?? 0, total, 1e-9);
  const text = TIME_PARTS.map((part, n) => parts[n] > 0 ? `${part.name} ${duration(parts[n])}` : null).filter(Boolean).join(', ');
  let at = 0;
  return svg('svg', { class: 'parts-bar', width, height: high, viewBox: `0 0 ${width} ${high}`, role: 'img', 'aria-label': text || 'no time recorded' },
    svg('title', { text }),
    limit > 0 ? svg('rect', { x: 0.5, y: 0.5, width: Math.max(0, limit * scale), height: high - 1, fill: 'none', stroke: 'var(--rule)' }) : null,
    TIME_PARTS.map((_, n) => {
      const size = Math.max(0, parts[n] ?? 0) * scale, x = at;
      at += size;
      return size > 0.2 ? svg('rect', { x, y: 1, width: Math.max(0.4, size - (size > 3 ? 0.75 : 0)), height: high - 2, fill: commonFill(n) }) : null;
    }));
}
