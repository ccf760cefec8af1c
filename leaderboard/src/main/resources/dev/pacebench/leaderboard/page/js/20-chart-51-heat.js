// The heat map's key and its cells for pointer and keyboard, and its place among the charts.

function heatKey() {
  const cell = (share, path, props) => svg('svg', { width: 18, height: 18, viewBox: '0 0 18 18', 'aria-hidden': 'true' },
    svg('rect', { width: 18, height: 18, fill: heatColour(share) }), svg('path', { d: path, fill: 'none', ...props }));
  const ring = 'M4,9a5,5 0 1,0 10,0a5,5 0 1,0 -10,0';
  return el('ul', { class: 'legend' },
    el('li', null, cell(1, ring, { fill: 'var(--paper)', stroke: 'var(--ink)' }), 'all solved'),
    el('li', null, cell(0.5, ring + 'M9,4v10', { stroke: 'var(--ink)', 'stroke-width': 1.5 }), 'some'),
    el('li', null, cell(0, 'M6.5,6.5l5,5m0,-5l-5,5', { stroke: 'var(--ink-soft)', 'stroke-width': 1.25 }), 'none'),
    el('li', null, svg('svg', { width: 34, height: 18, viewBox: '0 0 34 18', 'aria-hidden': 'true' }, svg('circle', { cx: 6, cy: 9, r: 2.5, fill: 'none', stroke: 'var(--ink)' }), svg('circle', { cx: 23, cy: 9, r: 7, fill: 'none', stroke: 'var(--ink)' })), 'quick to slow'));
}

/** As `targets`, with names given when a cell is reached: there may be thousands. */
function heatTargets(parts, nodes, of, columns) {
  const { stage, tip } = parts;
  const place = new Map(nodes.map((node, n) => [node, n]));
  let stop = nodes[0];
  const name = (node) => {
    node.setAttribute('role', 'button');
    node.setAttribute('aria-label', of(node).label);
  };
  const reach = (node) => {
    stop?.setAttribute('tabindex', '-1');
    stop = node;
    name(node);
    node.setAttribute('tabindex', '0');
    node.setAttribute('data-key', 'heat-cell');
  };
  if (stop) reach(stop);
  const at = (event) => place.has(event.target) ? event.target : null;
  stage.addEventListener('pointerover', (event) => { const node = at(event); if (node) showTip(parts, node, of(node).lines); });
  stage.addEventListener('pointerout', () => { tip.hidden = true; });
  stage.addEventListener('focusin', (event) => { const node = at(event); if (node) { name(node); if (node.matches(':focus-visible')) showTip(parts, node, of(node).lines); } });
  stage.addEventListener('focusout', () => { tip.hidden = true; });
  stage.addEventListener('click', (event) => { const node = at(event); if (node) of(node).act(); });
  stage.addEventListener('keydown', (event) => {
    const node = at(event);
    if (!node) return;
    const n = place.get(node), row = n - n % columns;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      of(node).act();
      return;
    }
    const to = {
      ArrowRight: n % columns + 1 < columns ? n + 1 : n, ArrowLeft: n % columns ? n - 1 : n, ArrowDown: n + columns, ArrowUp: n - columns,
      Home: event.ctrlKey ? 0 : row, End: event.ctrlKey ? nodes.length - 1 : row + columns - 1, PageDown: Math.min(n + 10 * columns, nodes.length - columns + n % columns), PageUp: Math.max(n % columns, n - 10 * columns),
    }[event.key];
    if (to === undefined || !nodes[to]) return;
    event.preventDefault();
    stop?.removeAttribute('data-key');
    reach(nodes[to]);
    nodes[to].focus();
  });
}

charts.push({
  id: 'heat', on: ['set', 'T', 'q', 'mark', 'heat', 'hp'],
  available: (view) => !!view.section.cells && view.section.tasks.length > 0 && view.shown.length > 0,
  title(view) {
    const { tasks } = view.section;
    const all = tasks.filter((it) => it.solved_share === 1).length, none = tasks.filter((it) => it.solved_share === 0).length;
    return `Of ${plural(tasks.length, 'task')}, ${none} ${none === 1 ? 'is' : 'are'} never solved and ${all} always`;
  },
  draw: drawHeat,
  caption(view) {
    const counted = view.whole || view.section.trials;
    return `A cell is the share of one contender's trials at a task that were solved ${counted ? view.within : 'in the end, as single trials are not in this page'}; darker is more. `
      + 'The size of a dot is the median time of solved trials with their whole limit.'
      + (view.section.tasks.length > HEAT_MOST ? ` There are ${view.section.tasks.length} tasks, shown ${HEAT_PAGE} at a time.` : '');
  },
  table(view) {
    const { tasks, cells } = view.section, ids = view.shown, { solved } = heatCounts(view), { rows, from, total } = heatPage(view);
    return {
      columns: [{ name: rows.length < total ? `Tasks ${from} to ${from + rows.length - 1} of ${total}` : 'Task' }, ...ids.map((i) => ({ name: shorten(view.contender(i).name, 40), numeric: true }))],
      rows: rows.map((n) => [tasks[n].name, ...ids.map((i) => cells.trials[i][n] ? `${solved[i][n]} of ${cells.trials[i][n]}${cells.median[i][n] > 0 ? `, ${duration(cells.median[i][n])}` : ''}` : ABSENT)]),
    };
  },
});
