// The table: one row a contender at the budget, sortable by any column, with columns to choose.

/** The mark that a contender has in all charts. */
function key(i) {
  const { symbol, series } = look(i);
  const shape = d3['symbol' + symbol[0].toUpperCase() + symbol.slice(1)];
  return svg('svg', { class: `key s${series}`, viewBox: '-8 -8 16 16', width: 14, height: 14, 'aria-hidden': 'true' },
    svg('path', { d: d3.symbol(shape, 90)() }));
}

/** A contender's mark and name. */
const who = (i, most = 40) => el('span', { class: 'who' }, key(i), named(view.contender(i).name, most));

/** A share as a bar with its interval. */
function bar(share, lo, hi, series) {
  if (!known(share)) return null;
  const box = el('span', { class: `bar${series ? ` s${series}` : ''}`, 'aria-hidden': 'true' },
    el('i', { vars: { '--to': clip(share) } }));
  if (known(lo) && known(hi)) box.append(el('b', { vars: { '--from': clip(lo), '--to': clip(hi) } }));
  return box;
}

const share = (part) => (c) => c.time && c.time.agent > 0 ? c.time[part] / c.time.agent : null;
const last = (list) => Array.isArray(list) && list.length ? list[list.length - 1] : null;

/**
 * `value` sorts, `text` is shown and exported; `cell` where more than text is shown. `up` means that
 * small values are the good ones and come first.
 */
const COLUMNS = [
  { id: 'rank', name: 'Rank', about: 'ranks in 95 % of the resamples', numeric: true, up: true, on: true,
    value: (i) => known(view.row(i).best) ? view.row(i).best + (view.row(i).worst ?? 0) / 1e4 : null,
    text: (i) => rank(view.row(i).best, view.row(i).worst) },
  { id: 'name', name: 'Contender', about: 'agent, model, tier and settings', up: true, on: true, fixed: true,
    value: (i) => view.contender(i).name.toLowerCase(), text: (i) => safe(view.contender(i).name), cell: nameCell },
  { id: 'accuracy', name: 'Accuracy', about: 'solved within the budget / trials that were not lost; the line is the 95 % interval', numeric: true, on: true,
    value: (i) => view.row(i).accuracy, text: (i) => percent(view.row(i).accuracy),
    cell: (i) => {
      const row = view.row(i);
      return el('span', { class: 'withbar' }, el('span', { text: percent(row.accuracy) }), bar(row.accuracy, row.lo, row.hi, look(i).series));
    } },
  { id: 'ci', name: '95 %', about: 'interval of the accuracy, for the question “and on other tasks of this kind?”', numeric: true, on: true,
    value: (i) => view.row(i).lo, text: (i) => interval(view.row(i).lo, view.row(i).hi) },
  { id: 'end', name: 'In the end', about: 'accuracy with each trial’s whole limit', numeric: true, budget: true,
    ...ofRow((c) => c.accuracy, percent) },
  { id: 'solved', final: true, name: 'Solved', about: 'solved trials of those that were not lost, in the end', numeric: true, on: true,
    ...ofRow((c) => c.solved), text: (i) => `${view.contender(i).solved}/${view.contender(i).trials - view.contender(i).lost}` },
  { id: 'failed', final: true, name: 'Failed', about: 'trials whose result was wrong', numeric: true, up: true, ...count('failed') },
  { id: 'timed_out', final: true, name: 'Timed out', about: 'trials that reached their limit', numeric: true, up: true, ...count('timed_out') },
  { id: 'agent_error', final: true, name: 'Agent error', about: 'trials whose agent broke', numeric: true, up: true, ...count('agent_error') },
  { id: 'lost', name: 'Lost', about: 'trials in which no fair attempt was possible; not in the accuracy', numeric: true, up: true, on: true, ...count('lost') },
  { id: 'if_failed', final: true, name: 'If failed', about: 'accuracy if every lost trial had failed', numeric: true, ...ofRow((c) => c.accuracy_if_lost_failed, percent) },
  { id: 'median', name: 'Median s', about: 'median seconds of the trials solved within the budget', numeric: true, up: true, on: true,
    value: (i) => view.row(i).median, text: (i) => seconds(view.row(i).median) },
  { id: 'half', final: true, name: 'Middle half s', about: '25th to 75th percentile of the seconds of solved trials, in the end', numeric: true, up: true,
    ...ofRow((c) => c.p25_seconds), text: (i) => known(view.contender(i).p25_seconds) ? `${seconds(view.contender(i).p25_seconds)}–${seconds(view.contender(i).p75_seconds)}` : ABSENT },
  { id: 'p90', final: true, name: 'P90 s', about: '90th percentile of the seconds of solved trials, in the end', numeric: true, up: true, on: true, ...ofRow((c) => c.p90_seconds, seconds) },
  { id: 'mean', final: true, name: 'Mean s', about: 'mean seconds of solved trials, in the end', numeric: true, up: true, ...ofRow((c) => c.mean_seconds, seconds) },
  { id: 'median_all', name: 'Median s, all', about: 'median seconds of all trials, unsolved ones too', numeric: true, up: true, ...ofRow((c) => c.median_seconds_all, seconds) },
  { id: 'p90_all', name: 'P90 s, all', about: '90th percentile of the seconds of all trials', numeric: true, up: true, ...ofRow((c) => c.p90_seconds_all, seconds) },
  { id: 'par2', final: true, name: 'PAR-2 s', about: 'mean seconds, an unsolved trial counting twice its limit', numeric: true, up: true, on: true, ...ofRow((c) => c.par2_seconds, seconds) },
  { id: 'area', final: true, name: 'Area', about: 'area under accuracy over the logarithm of time', numeric: true, ...ofRow((c) => c.area, percent) },
  { id: 'pass', final: true, name: 'pass@k', about: 'at least one of k attempts solves', numeric: true, ...atK('pass_at_k') },
  { id: 'hat', final: true, name: 'pass^k', about: 'all of k attempts solve', numeric: true, ...atK('pass_hat_k') },
  { id: 'frontier', name: 'On frontier', about: 'no other contender is as accurate and as fast; in the end as a share of the resamples', numeric: true, on: true,
    value: (i) => view.whole && known(view.contender(i).frontier_share) ? view.contender(i).frontier_share : Number(view.row(i).frontier),
    text: (i) => view.whole && known(view.contender(i).frontier_share) ? wholePercent(view.contender(i).frontier_share) : view.row(i).frontier ? 'yes' : 'no' },
  { id: 'flaky', final: true, name: 'Flaky', about: 'share of tasks that are solved sometimes, not always', numeric: true, up: true, ...ofRow((c) => c.flaky_share, percent) },
  { id: 'se', final: true, name: 'SE points', about: 'standard error of the accuracy', numeric: true, up: true, ...ofRow((c) => c.standard_error, plainPoints) },
  { id: 'detectable', name: 'Detectable', about: 'least difference in accuracy, in points, that this design sees in 4 of 5 cases', numeric: true, up: true, ...ofRow((c) => c.detectable, plainPoints) },
  { id: 'waiting', name: 'Waiting', about: 'share of the agent’s time spent waiting for the model', numeric: true, up: true, ...ofRow(share('model_waiting'), wholePercent) },
  { id: 'generating', name: 'Generating', about: 'share of the agent’s time in which the model wrote', numeric: true, up: true, ...ofRow(share('generating'), wholePercent) },
  { id: 'tools', name: 'Tools', about: 'share of the agent’s time in commands', numeric: true, up: true, ...ofRow(share('tools'), wholePercent) },
  { id: 'overhead', name: 'Overhead', about: 'share of the agent’s time between calls and commands', numeric: true, up: true, ...ofRow(share('overhead'), wholePercent) },
  { id: 'limits', name: 'Limits', about: 'share of the agent’s time in rate limits and retries', numeric: true, up: true, ...ofRow(share('limits_and_retries'), wholePercent) },
  { id: 'cost', name: 'Cost', about: 'sum over trials', numeric: true, up: true, ...ofRow((c) => c.cost, seconds) },
  { id: 'trials', name: 'Trials', about: 'finished trials, lost ones included', numeric: true, ...count('trials') },
  { id: 'tasks', name: 'Tasks', about: 'tasks attempted', numeric: true, ...count('tasks') },
  { id: 'agent', name: 'Agent', up: true, about: 'the agent', ...words('agent') },
  { id: 'model', name: 'Model', up: true, about: 'the model', ...words('model') },
  { id: 'tier', name: 'Tier', up: true, about: 'how the model is served', ...words('tier') },
  { id: 'started', name: 'Started', up: true, about: 'when the first trial began', ...words('first_started'), text: (i) => moment(view.contender(i).first_started) },
];

function ofRow(value, show = String) {
  return { value: (i) => value(view.contender(i)) ?? null, text: (i) => known(value(view.contender(i))) ? show(value(view.contender(i))) : ABSENT };
}
function count(name) {
  return ofRow((c) => c[name]);
}
function words(name) {
  return {
    value: (i) => view.contender(i)[name]?.toLowerCase() ?? null, text: (i) => safe(view.contender(i)[name] ?? ABSENT),
    cell: (i) => view.contender(i)[name] == null ? ABSENT : named(view.contender(i)[name], 28),
  };
}
function atK(name) {
  return {
    value: (i) => last(view.contender(i)[name]),
    text: (i) => known(last(view.contender(i)[name])) ? `${percent(last(view.contender(i)[name]))} k=${view.contender(i)[name].length}` : ABSENT,
  };
}
function plainPoints(value) {
  return fixed(100 * value, 1);
}

/** Words that must not be missed beside a name: [class, word, meaning]. */
function marksOf(c) {
  return [
    c.simulated && ['simulated', 'simulated', 'No model took part: this shows how Pacebench works, not how a model does.'],
    c.estimated && ['estimated', 'estimated', 'Recorded trials re-timed under another tier; not measured.'],
    c.imported && ['imported', 'imported', 'Measured elsewhere and imported.'],
    c.greyed && ['greyed', 'many lost', 'More than 2 % of its trials were lost: do not compare this row with others.'],
    ...Object.entries(c.flags ?? {}).filter(([name]) => name !== 'imported').map(([name, n]) => ['flag', `${n} ${safe(name).replaceAll('_', ' ')}`, `${plural(n, 'trial')} with the flag ${safe(name)}`]),
  ].filter(Boolean);
}

function nameCell(i) {
  const c = view.contender(i);
  const marks = marksOf(c);
  const picked = view.state.pick === c.name;
  return el('span', { class: 'namecell' },
    el('button', { type: 'button', class: 'plain-name', 'data-key': `pick-${i}`, 'aria-pressed': picked ? 'true' : 'false', title: 'Highlight in the charts', on: { click: () => view.set({ pick: picked ? null : c.name }) } }, who(i)),
    marks.length ? el('span', { class: 'marks' }, marks.map(([kind, word, about]) => el('span', { class: `mark ${kind}`, title: about, text: word }))) : null,
    c.differs ? el('span', { class: 'differs' }, named(c.differs, 90)) : null);
}

/** At a budget, figures of the end stay out of the way. */
const usual = (column) => view.whole ? column.on : column.budget || (column.on && !column.final);
const isOn = (column) => {
  if (column.fixed) return true;
  const { cols } = view.state;
  return cols ? cols.includes(column.id) : usual(column);
};
const columnsOn = () => COLUMNS.filter(isOn);
function columnName(column) {
  if (view.whole) return column.name;
  return column.id === 'accuracy' ? `Within ${duration(view.T)}` : column.final ? `${column.name}, end` : column.name;
}

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
