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

/** The grid stays while only the budget moves; then it is coloured anew. */
function drawHeat(view) {
  const { rows, page } = heatPage(view), ids = settled(view);
  const key = JSON.stringify([ids, view.state.heat, page, view.width]);
  if (heatHeld?.section !== view.section || heatHeld.key !== key) heatHeld = { section: view.section, key, ...makeHeat(view, rows, ids) };
  heatHeld.paint(view);
  return heatHeld.body;
}

/** Where everything is. Names stand aslant where a column is narrower than its name. */
function heatPlan(view, rows, ids) {
  const small = narrow(view), high = rows.length > 60 ? 15 : 20, left = small ? 96 : 210;
  const names = ids.map((i) => chartName(i, 18, 120)), widths = names.map((it) => wide(it));
  const across = Math.max(14, Math.min(Math.max(90, ...widths.map((it) => it + 12)), (view.width - left - 8) / Math.max(1, ids.length)));
  const aslant = widths.some((it) => it > across - 6), top = aslant ? Math.max(...widths, 20) * 0.72 + 26 : 24;
  return { small, high, left, names, across, aslant, top, width: left + across * ids.length + (aslant ? 60 : 8), height: top + high * rows.length + 8 };
}

function makeHeat(view, rows, ids) {
  const { tasks, cells } = view.section, plan = heatPlan(view, rows, ids), { high, left, across, top, width, height } = plan;
  const times = ids.flatMap((i) => rows.map((n) => cells.median[i][n])).filter((it) => it > 0);
  const fast = d3.min(times) ?? 1, slow = d3.max(times) ?? 1, most = Math.min(across, high) / 2 - 2;
  const radius = (s) => !(s > 0) ? most * 0.6 : slow > fast ? 3 + (most - 3) * Math.log(s / fast) / Math.log(slow / fast) : most;
  const texts = svg('g', { 'aria-hidden': 'true', 'font-size': 11 });
  ids.forEach((i, col) => {
    const x = left + across * (col + 0.5);
    texts.append(plan.aslant ? note(0, 0, plan.names[col], { transform: `translate(${x},${top - 18}) rotate(-45)` }) : note(x, top - 18, plan.names[col], { 'text-anchor': 'middle' }), glyph(i, x, top - 7, 36));
  });
  rows.forEach((n, row) => texts.append(note(left - 8, top + high * (row + 0.5), fitted(tasks[n].name, plan.small ? 14 : 32, left - 14), { 'text-anchor': 'end' })));
  // One path for all cells of a shade and all dots of a kind: thousands of nodes would make the page slow.
  const shades = d3.range(9).map((it) => svg('path', { fill: heatColour(it / 8) }));
  const kinds = { all: svg('path', { fill: 'var(--paper)', stroke: 'var(--ink)', 'stroke-width': 1 }), some: svg('path', { stroke: 'var(--ink)', 'stroke-width': 1.5 }), none: svg('path', { stroke: 'var(--ink-soft)', 'stroke-width': 1.25 }) };
  const drawing = svg('svg', { class: 'pb-plot heat', width, height, viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': 'Tasks by contenders; arrow keys move between cells', fill: 'currentColor', 'font-size': FONT },
    svg('g', { 'aria-hidden': 'true' }, shades), svg('g', { 'aria-hidden': 'true', fill: 'none' }, Object.values(kinds)), texts);
  const tenth = (value) => Math.round(value * 10) / 10;
  const circle = (x, y, r) => `M${tenth(x - r)},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
  let now = heatCounts(view);
  const paint = (at) => {
    now = heatCounts(at);
    const filled = shades.map(() => []), dots = { all: [], some: [], none: [] };
    ids.forEach((i, col) => rows.forEach((n, row) => {
      const tried = cells.trials[i][n], done = now.solved[i][n];
      if (!tried) return;
      const x = tenth(left + across * (col + 0.5)), y = tenth(top + high * (row + 0.5)), r = tenth(radius(cells.median[i][n]));
      filled[Math.round(8 * done / tried)].push(`M${tenth(left + across * col + 0.5)},${tenth(top + high * row + 0.5)}h${tenth(across - 1)}v${high - 1}h${-tenth(across - 1)}z`);
      if (!done) dots.none.push(`M${x - 2.5},${y - 2.5}l5,5m0,-5l-5,5`);
      else if (done === tried) dots.all.push(circle(x, y, r));
      else dots.some.push(circle(x, y, r), `M${x},${tenth(y - r)}v${2 * r}`);
    }));
    shades.forEach((path, n) => path.setAttribute('d', filled[n].join('')));
    for (const kind of Object.keys(kinds)) kinds[kind].setAttribute('d', dots[kind].join(''));
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
  heatCells(parts, drawing, { ...plan, columns: ids.length, lines: rows.length }, (row, col) => {
    const i = ids[col], n = rows[row], tried = cells.trials[i][n], time = cells.median[i][n];
    const lines = [tasks[n].name, view.contender(i).name,
      tried ? `Solved ${now.solved[i][n]} of ${plural(tried, 'trial')} ${now.within ? view.within : 'in the end'}` : 'Not tried',
      time > 0 ? `Median time of solved trials ${now.within && !view.whole ? 'in the end ' : ''}${duration(time)}` : null].filter(Boolean);
    return { label: safe(lines.join('. ')), lines, act: () => view.focus({ task: n }) };
  });
  return { body: parts.body, paint };
}
