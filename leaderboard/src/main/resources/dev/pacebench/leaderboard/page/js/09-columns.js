// What the table can show of a contender, each column with its meaning, value and text.

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
