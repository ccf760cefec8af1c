// Tasks by contenders: how many trials were solved, and how long that took.

const HEAT_MOST = 200, HEAT_PAGE = 100;
defineKey('heat', oneOf('disagreement', 'name'));
defineKey('hp', (text) => /^\d{1,4}$/.test(text) && Number(text) > 0 ? Number(text) : null);

/** Solved trials of each cell at the budget: counted where trials are there, else those in the end. */
function heatCounts(view) {
  const { cells, trials, tasks, contenders } = view.section;
  if (view.whole || !trials) return { solved: cells.solved, within: view.whole };
  const solved = contenders.map(() => new Array(tasks.length).fill(0));
  for (let k = 0; k < trials.outcome.length; k++) {
    if (trials.outcome[k] === 0 && trials.seconds[k] <= view.T) solved[trials.contender[k]][trials.task[k]]++;
  }
  return { solved, within: true };
}

let heatOrderHeld = {};

function heatOrder(view) {
  const { section } = view, by = view.state.heat ?? 'difficulty';
  if (heatOrderHeld.section === section && heatOrderHeld.by === by) return heatOrderHeld.order;
  const names = section.tasks.map((it) => it.name), name = (a, b) => names[a] < names[b] ? -1 : 1;
  const value = (it) => by === 'difficulty' ? -(it.solved_share ?? -1) : -(it.disagreement ?? -1);
  const order = names.map((_, n) => n).sort((a, b) => by === 'name' ? name(a, b) : value(section.tasks[a]) - value(section.tasks[b]) || name(a, b));
  heatOrderHeld = { section, by, order };
  return order;
}

/** The tasks of the page that is shown, and the pages there are. */
function heatPage(view) {
  const order = heatOrder(view);
  if (order.length <= HEAT_MOST) return { rows: order, page: 1, pages: 1, total: order.length, from: 1 };
  const pages = Math.ceil(order.length / HEAT_PAGE), page = Math.min(pages, view.state.hp ?? 1), from = (page - 1) * HEAT_PAGE;
  return { rows: order.slice(from, from + HEAT_PAGE), page, pages, total: order.length, from: from + 1 };
}

/** Light to dark in one hue; the dots on it say the same again by their shape. */
const heatColour = (share) => `color-mix(in oklab, var(--accent) ${Math.round(8 + 72 * share)}%, var(--paper))`;

let heatHeld = null;

/** The grid stays while only the budget moves; then what changed is coloured anew. */
function drawHeat(view) {
  const { rows, page } = heatPage(view), ids = view.section.contenders.map((_, i) => i).filter((i) => view.shown.includes(i))
    .sort((a, b) => (view.contender(b).accuracy ?? -1) - (view.contender(a).accuracy ?? -1));
  const key = JSON.stringify([ids, view.state.heat, page, view.width]);
  if (heatHeld?.section !== view.section || heatHeld.key !== key) heatHeld = { section: view.section, key, ...makeHeat(view, rows, ids) };
  heatHeld.paint(view);
  return heatHeld.body;
}

function makeHeat(view, rows, ids) {
  const { tasks, cells } = view.section, small = narrow(view), high = rows.length > 60 ? 15 : 20, nameRoom = small ? 96 : 210;
  const widths = ids.map((i) => wide(chartName(i, 18)));
  const room = view.width - nameRoom - 8, wideCell = Math.max(14, Math.min(110, room / Math.max(1, ids.length)));
  // Names stand upright where a column is narrower than its name.
  const turned = widths.some((it) => it > wideCell - 6), head = turned ? Math.min(150, Math.max(...widths, 20) * 0.72 + 22) : 24;
  const across = nameRoom + wideCell * ids.length, width = Math.max(across + (turned ? 60 : 8), Math.min(view.width, 240)), height = head + high * rows.length + 8;
  const times = ids.flatMap((i) => rows.map((n) => cells.median[i][n])).filter((it) => it > 0);
  const [fast, slow] = times.length ? [d3.min(times), d3.max(times)] : [1, 1];
  const most = Math.min(wideCell, high) / 2 - 2;
  const radius = (s) => !(s > 0) ? most * 0.6 : slow > fast ? 2 + (most - 2) * Math.log(s / fast) / Math.log(slow / fast) : most;
  const cellsOf = [], base = svg('g'), dots = svg('g', { 'aria-hidden': 'true', fill: 'none' }), texts = svg('g', { 'aria-hidden': 'true', 'font-size': 11 });
  const drawing = svg('svg', { class: 'pb-plot heat', width, height, viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': 'Tasks by contenders; arrow keys move between cells', fill: 'currentColor', 'font-size': FONT }, base, dots, texts);
  ids.forEach((i, col) => {
    const x = nameRoom + wideCell * (col + 0.5);
    texts.append(turned ? note(0, 0, chartName(i, 20), { transform: `translate(${x},${head - 18}) rotate(-45)` }) : note(x, head - 18, chartName(i, 18), { 'text-anchor': 'middle' }), glyph(i, x, head - 7, 36));
  });
  rows.forEach((n, row) => {
    const y = head + high * row;
    texts.append(note(nameRoom - 8, y + high / 2, shorten(tasks[n].name, small ? 14 : 32), { 'text-anchor': 'end' }));
    ids.forEach((i, col) => {
      const rect = svg('rect', { class: 'hit', x: nameRoom + wideCell * col + 0.5, y: y + 0.5, width: wideCell - 1, height: high - 1 });
      base.append(rect);
      cellsOf.push({ i, n, rect, x: nameRoom + wideCell * (col + 0.5), y: y + high / 2, r: radius(cells.median[i][n]), level: null });
    });
  });
  // One path for all dots of a kind: thousands of nodes would make the page slow.
  const kinds = { all: svg('path', { fill: 'var(--paper)', stroke: 'var(--ink)', 'stroke-width': 1 }), some: svg('path', { stroke: 'var(--ink)', 'stroke-width': 1.5 }), none: svg('path', { stroke: 'var(--ink-soft)', 'stroke-width': 1.25 }) };
  dots.append(kinds.none, kinds.some, kinds.all);
  const circle = (it, r) => `M${(it.x - r).toFixed(1)},${it.y}a${r.toFixed(1)},${r.toFixed(1)} 0 1,0 ${(2 * r).toFixed(1)},0a${r.toFixed(1)},${r.toFixed(1)} 0 1,0 ${(-2 * r).toFixed(1)},0`;
  let now = heatCounts(view);
  const paint = (at) => {
    now = heatCounts(at);
    const d = { all: [], some: [], none: [] };
    for (const it of cellsOf) {
      const tried = cells.trials[it.i][it.n], done = now.solved[it.i][it.n], level = tried ? Math.round(8 * done / tried) : -1;
      if (level !== it.level) {
        it.level = level;
        it.rect.setAttribute('fill', level < 0 ? 'none' : heatColour(done / tried));
        it.rect.setAttribute('stroke', level < 0 ? 'var(--rule)' : 'none');
      }
      if (!tried) continue;
      if (!done) d.none.push(`M${it.x - 2.5},${it.y - 2.5}l5,5m0,-5l-5,5`);
      else if (done === tried) d.all.push(circle(it, it.r));
      else d.some.push(circle(it, it.r), `M${it.x},${(it.y - it.r).toFixed(1)}v${(2 * it.r).toFixed(1)}`);
    }
    for (const kind of Object.keys(kinds)) kinds[kind].setAttribute('d', d[kind].join(''));
  };
  const { page, pages, total, from } = heatPage(view);
  const turn = (by, text) => el('button', { type: 'button', 'data-key': `heat-${by}`, disabled: page + by < 1 || page + by > pages, text, on: { click: () => view.set({ hp: page + by }) } });
  const parts = chartBody({
    tools: [
      chartChoice('Sort tasks by', 'heat-sort', [['', 'difficulty'], ['disagreement', 'disagreement'], ['name', 'name']], view.state.heat ?? '', (value) => view.set({ heat: value || null, hp: null })),
      pages > 1 ? [el('span', { class: 'soft', text: `Tasks ${from} to ${from + rows.length - 1} of ${total}` }), turn(-1, 'Previous'), turn(1, 'Next')] : null,
      heatKey(),
    ],
    drawing,
  });
  const byRect = new Map(cellsOf.map((it) => [it.rect, it])), count = ids.length;
  heatTargets(parts, cellsOf.map((it) => it.rect), (rect) => {
    const it = byRect.get(rect), tried = cells.trials[it.i][it.n], time = cells.median[it.i][it.n];
    const lines = [tasks[it.n].name, view.contender(it.i).name,
      tried ? `Solved ${now.solved[it.i][it.n]} of ${plural(tried, 'trial')}${now.within ? ` ${view.within}` : ' in the end'}` : 'Not tried',
      time > 0 ? `Median time when solved ${duration(time)}` : null].filter(Boolean);
    return { label: safe(lines.join('. ')), lines, act: () => view.focus({ task: it.n }) };
  }, count);
  return { body: parts.body, paint };
}
