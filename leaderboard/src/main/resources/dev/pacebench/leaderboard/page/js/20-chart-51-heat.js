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

/**
 * Cells for pointer and keyboard. Two frames stand for all of them: focus goes from one to the other with
 * every step, so that a screen reader says the new cell, and there are no thousands of nodes.
 */
function heatCells(parts, drawing, { left, top, across, high, columns, lines }, of) {
  const frame = () => svg('rect', { class: 'hit', width: across, height: high, fill: 'transparent', role: 'button', tabindex: '-1' });
  let here = frame(), there = frame(), row = 0, col = 0, over = null;
  const spare = (node) => {
    node.setAttribute('tabindex', '-1');
    node.setAttribute('aria-hidden', 'true');
    node.setAttribute('visibility', 'hidden');
    node.removeAttribute('data-key');
  };
  const settle = (node, r, c) => {
    [row, col] = [r, c];
    node.setAttribute('x', left + across * c);
    node.setAttribute('y', top + high * r);
    node.setAttribute('tabindex', '0');
    node.setAttribute('data-key', 'heat-cell');
    node.setAttribute('aria-label', of(r, c).label);
    node.removeAttribute('aria-hidden');
    node.removeAttribute('visibility');
  };
  const go = (r, c) => {
    if (r < 0 || c < 0 || r >= lines || c >= columns) return;
    [here, there] = [there, here];
    settle(here, r, c);
    here.focus();
    spare(there);
  };
  if (lines && columns) settle(here, 0, 0);
  spare(there);
  const field = svg('rect', { class: 'cells', x: left, y: top, width: across * columns, height: high * lines, fill: 'transparent', 'aria-hidden': 'true' });
  drawing.append(field, here, there);
  const at = (event) => {
    const bounds = drawing.getBoundingClientRect(), scale = drawing.viewBox.baseVal.width / bounds.width;
    const c = Math.floor(((event.clientX - bounds.left) * scale - left) / across), r = Math.floor(((event.clientY - bounds.top) * scale - top) / high);
    return r >= 0 && c >= 0 && r < lines && c < columns ? { r, c } : null;
  };
  drawing.addEventListener('pointermove', (event) => {
    const cell = at(event);
    const key = cell && `${cell.r},${cell.c}`;
    if (key === over) return;
    over = key;
    if (cell) showTip(parts, { x: event.clientX, y: event.clientY }, of(cell.r, cell.c).lines);
    else parts.tip.hidden = true;
  });
  drawing.addEventListener('pointerleave', () => { over = null; parts.tip.hidden = true; });
  drawing.addEventListener('click', (event) => { const cell = at(event); if (cell) of(cell.r, cell.c).act(); });
  for (const node of [here, there]) {
    node.addEventListener('focus', () => {
      // Named anew, as the budget may have moved since.
      node.setAttribute('aria-label', of(row, col).label);
      if (node.matches(':focus-visible')) showTip(parts, node, of(row, col).lines);
    });
    node.addEventListener('blur', () => { parts.tip.hidden = true; });
    node.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        of(row, col).act();
        return;
      }
      const to = {
        ArrowRight: [row, col + 1], ArrowLeft: [row, col - 1], ArrowDown: [row + 1, col], ArrowUp: [row - 1, col],
        Home: [event.ctrlKey ? 0 : row, 0], End: [event.ctrlKey ? lines - 1 : row, columns - 1],
        PageDown: [Math.min(lines - 1, row + 10), col], PageUp: [Math.max(0, row - 10), col],
      }[event.key];
      if (!to) return;
      event.preventDefault();
      go(...to);
    });
  }
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
    return `A cell is the share of one contender's trials at a task that were solved ${counted ? view.within : 'in the end, as single trials are not in this page'}; the stronger the colour, the more. `
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
