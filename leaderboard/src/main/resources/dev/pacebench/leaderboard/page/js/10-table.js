// The table: one row a contender at the budget, sortable by any column, with columns to choose.

/** Column and direction that rows are sorted by; null while they are ranked. */
function sorting() {
  const [id, way] = (view.state.sort ?? '').split('.');
  const column = COLUMNS.find((it) => it.id === id);
  return column ? { column, down: way === 'desc' } : null;
}

/** Rows as shown: stable, so that equal ones keep their rank; unknown values come last either way. */
function sorted() {
  const by = sorting();
  if (!by) return view.shown;
  const sign = by.down ? -1 : 1;
  return [...view.shown].sort((a, b) => {
    const x = by.column.value(a), y = by.column.value(b);
    if (x == null || y == null) return (x == null) - (y == null);
    return sign * (x < y ? -1 : x > y ? 1 : 0);
  });
}

const table = { made: null, remarks: null };

function makeTable() {
  const section = byId('board');
  const head = el('thead'), body = el('tbody');
  const grid = el('table', { class: 'board' }, el('caption', { class: 'hear', text: 'Contenders, sortable by the buttons in the head' }), head, body);
  const scroll = section.querySelector('.scroll') ?? el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Contenders' });
  const title = section.querySelector('h2');
  scroll.setAttribute('aria-label', 'Table of contenders');
  const notes = el('div', { class: 'notes' });
  // Remarks on all runs, as they were when the page was made.
  table.remarks = document.documentElement.dataset.live ? null : section.querySelector('.notes');
  const sentence = el('p', { class: 'sentence' });
  const tools = el('div', { class: 'tools' });
  put(scroll, grid);
  section.replaceChildren(...[title, sentence, tools, scroll, notes, table.remarks].filter(Boolean));
  table.made = { head, body, notes, sentence, tools, title };
  put(tools, filterTools(), columnMenu(), tableExport());
  return table.made;
}

function drawTable() {
  const box = table.made;
  const columns = columnsOn(), by = sorting(), rows = view.section ? sorted() : [];
  put(box.head, el('tr', null, columns.map((column) => {
    const mine = by?.column === column;
    const way = mine ? (by.down ? 'descending' : 'ascending') : 'none';
    return el('th', { scope: 'col', class: classOf(column), 'aria-sort': mine ? way : null, title: column.about },
      el('button', { type: 'button', 'data-key': `sort-${column.id}`, on: { click: () => sortBy(column) } },
        el('span', { text: columnName(column) }), el('span', { class: `arrow ${way}`, 'aria-hidden': 'true' })));
  })));
  put(box.body, rows.map((i) => {
    const c = view.contender(i);
    const row = el('tr', { class: [c.greyed && 'greyed', view.row(i).frontier && 'frontier', view.state.pick === c.name && 'picked'].filter(Boolean).join(' ') || null });
    for (const column of columns) {
      row.append(el(column.fixed ? 'th' : 'td', { scope: column.fixed ? 'row' : null, class: classOf(column) }, column.cell ? column.cell(i) : column.text(i)));
    }
    return row;
  }));
  if (!rows.length) {
    put(box.body, el('tr', null, el('td', { class: 'empty', colspan: columns.length },
      view.section && view.order.length ? 'No contender passes the filter.' : 'No trial has finished yet.')));
  }
  put(box.notes, notes().map((text) => el('p', null, text)));
}

const classOf = (column) => [`c-${column.id}`, column.numeric && 'num'].filter(Boolean).join(' ');

function sortBy(column) {
  const by = sorting();
  const first = column.up ? 'asc' : 'desc', second = column.up ? 'desc' : 'asc';
  const way = by?.column === column && (by.down ? 'desc' : 'asc') === first ? second : first;
  view.set({ sort: `${column.id}.${way}` });
  say(`Sorted by ${columnName(column)}, ${way === 'asc' ? 'ascending' : 'descending'}.`);
}

/** What a reader must know to read the rows as shown. */
function notes() {
  if (!view.section) return [];
  const all = view.section.contenders, { data } = view, out = [];
  const beyond = view.whole ? [] : view.order.filter((i) => view.row(i).accuracy == null && view.contender(i).accuracy != null);
  const few = all.some((c) => c.ci_absent);
  if (!few && all.length > 1) out.push(`A rank like 1–3 is where the contender stands in 95 % of ${data.replicates?.toLocaleString('en') ?? 'the'} resamples of the tasks.`);
  if (beyond.length) out.push(`No figure within ${duration(view.T)} for ${beyond.length === 1 ? 'a row whose' : 'rows whose'} limits are shorter.`);
  if (all.some((c) => c.greyed)) out.push('Rows in grey lost more than 2 % of their trials; what they lack may not be like what they have, so do not compare them with others.');
  const unknown = all.reduce((sum, c) => sum + (c.times_unknown ?? 0), 0);
  if (unknown) out.push(`${plural(unknown, 'trial')} without a time that can be true: in no median, and solved ones count as solved at their limit.`);
  if (!table.remarks) {
    if (all.some((c) => c.simulated)) out.push('Simulated rows: no model took part. They show how Pacebench works, not how a model does.');
    if (all.some((c) => c.estimated)) out.push('Estimated rows are recorded trials re-timed under another tier; nothing of them was measured.');
    if (few) out.push(`No intervals and no ranks where it says “${ABSENT}”: ${[...new Set(all.map((c) => c.ci_absent).filter(Boolean))].map(safe).join('; ')}.`);
    if (data.done < data.planned) out.push(`${data.planned - data.done} of ${data.planned} trials are pending; figures use the ${data.used} of those tasks and attempts that all contenders have finished.`);
  }
  return out;
}

/** The standings in a sentence. */
function sentence() {
  const able = view.shown.filter((i) => known(view.row(i).accuracy) && !view.contender(i).greyed);
  if (!able.length) return [view.section ? 'Nothing to rank here.' : 'No trial has finished yet.'];
  const out = [el('strong', { text: view.whole ? 'In the end' : `Within ${duration(view.T)}` }), ': '];
  able.slice(0, 3).forEach((i, place) => {
    const row = view.row(i);
    if (place) out.push(place === Math.min(able.length, 3) - 1 && able.length <= 3 ? ' and ' : ', ');
    out.push(named(view.contender(i).name, 28), place ? ' ' : ' solves ', el('span', { class: 'num', text: wholePercent(row.accuracy) }),
      known(row.lo) ? [' ', el('span', { class: 'num', text: `(${place ? '' : '95 %: '}${evenly(100 * clip(row.lo))}–${evenly(100 * clip(row.hi))})` })] : '');
  });
  if (able.length > 3) out.push(`, and ${able.length - 3} more`);
  out.push('.');
  const first = able.filter((i) => view.row(i).best === 1);
  if (first.length > 1) {
    out.push(first.length === able.length && able.length > 2 ? ' Any of them may be the most accurate.' : first.length > 4 ? ` Any of ${first.length} may be the most accurate.` : ' ');
    if (first.length <= 4 && !(first.length === able.length && able.length > 2)) {
      first.forEach((i, place) => out.push(place ? (place === first.length - 1 ? ' or ' : ', ') : '', named(view.contender(i).name, 28)));
      out.push(' may be the most accurate.');
    }
  }
  return out;
}

parts.push({ id: 'table', on: ['T', 'sort', 'cols', 'q', 'mark', 'pick'], draw: drawTable });
parts.push({ id: 'sentence', on: ['T', 'q', 'mark'], draw() {
  const box = table.made;
  const before = box.sentence.textContent;
  put(box.sentence, sentence());
  if (before && before !== box.sentence.textContent) say(box.sentence.textContent);
} });
