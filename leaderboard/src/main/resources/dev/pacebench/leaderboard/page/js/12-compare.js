// Two contenders on the tasks that both attempted: what can be told, and how surely.

const duel = { made: null };

/** Those two that are compared: as in the chart of the two, whatever the budget, else the first two. */
function chosenPair() {
  const n = view.section?.contenders.length ?? 0;
  const { vs } = view.state;
  if (vs && vs[0] < n && vs[1] < n) return vs;
  return n < 2 ? null : duelPair(view) ?? [0, 1];
}

const turned = (range) => range == null ? null : [range[1] == null ? null : -range[1], range[0] == null ? null : -range[0]];
const under1 = (x) => known(x) && x > 0 ? 1 / x : null;

/** The figures of A against B; turning the two round turns every figure round. */
function pairOf(a, b) {
  const pairs = view.section.pairs ?? [];
  const straight = pairs.find((it) => it.a === a && it.b === b);
  if (straight) return { ...straight, turned: false };
  const it = pairs.find((other) => other.a === b && other.b === a);
  if (!it) return null;
  const minus = (list) => list?.map((x) => x == null ? null : -x);
  const gap = it.gap && { d: minus(it.gap.d), lo: minus(it.gap.hi), hi: minus(it.gap.lo), band_lo: minus(it.gap.band_hi), band_hi: minus(it.gap.band_lo) };
  const ratio0 = it.time_ratio;
  return {
    ...it, a, b, turned: true, difference: it.difference == null ? null : -it.difference, ci: turned(it.ci), gap,
    mcnemar: it.mcnemar && { ...it.mcnemar, only_a: it.mcnemar.only_b, only_b: it.mcnemar.only_a },
    leads: it.leads?.map((x) => ({ ...x, a: !x.a })), crossings: it.crossings?.map((x) => ({ ...x, to_a: !x.to_a })),
    time_ratio: ratio0 && { ...ratio0, ratio: under1(ratio0.ratio), lo: under1(ratio0.hi), hi: under1(ratio0.lo), of_sums: under1(ratio0.of_sums) },
    equal_accuracy: it.equal_accuracy?.map((x) => ({ ...x, speed_up: under1(x.speed_up), lo: under1(x.hi), hi: under1(x.lo) })),
    cascade_a_b: it.cascade_b_a ?? null, cascade_b_a: it.cascade_a_b ?? null,
  };
}

function makeCompare() {
  const root = byId('compare');
  const choice = (word, place) => el('select', { 'aria-label': word, 'data-key': `vs-${place}`, on: { change: (event) => choosePair(place, Number(event.target.value)) } });
  const first = choice('First contender', 0), second = choice('Second contender', 1);
  const swap = el('button', { type: 'button', text: 'Swap', on: { click: () => {
    const pair = chosenPair();
    if (pair) view.set({ vs: [pair[1], pair[0]] });
  } } });
  const body = el('div');
  put(root, el('h2', { id: 'compare-h', text: 'Compare two' }),
    el('div', { class: 'pick' }, first, el('span', { class: 'soft', text: 'against' }), second, swap), body);
  root.setAttribute('aria-labelledby', 'compare-h');
  duel.made = { root, first, second, body };
}

/** Whoever is chosen twice changes places. */
function choosePair(place, i) {
  const pair = [...chosenPair()];
  if (pair[1 - place] === i) pair[1 - place] = pair[place];
  pair[place] = i;
  view.set({ vs: pair });
  say(`Comparing ${shorten(view.contender(pair[0]).name, 40)} against ${shorten(view.contender(pair[1]).name, 40)}.`);
}

const fact = (name, figure, about) => el('div', null, el('dt', { text: name }),
  el('dd', null, el('div', { class: 'figure', text: figure }), about ? el('div', { class: 'about' }, about) : null));

const pointsOf = (d) => known(d) ? `${points(d)} points` : ABSENT;
const ofInterval = (lo, hi) => known(lo) && known(hi) ? `95 %: ${between(lo, hi)}` : 'no interval: too few tasks';

function drawCompare() {
  const { root, first, second, body } = duel.made;
  const pair = view.section ? chosenPair() : null;
  root.hidden = !pair;
  if (!pair) return;
  const [a, b] = pair;
  const names = view.section.contenders.map((c) => c.name);
  const signature = names.join('\n');
  if (duel.names !== signature) {
    for (const select of [first, second]) put(select, names.map((name, i) => el('option', { value: i, text: shorten(name, 44) })));
    duel.names = signature;
  }
  first.value = a;
  second.value = b;
  const it = pairOf(a, b);
  if (!it) {
    put(body, el('p', { class: 'soft', text: 'These two have no task in common.' }));
    return;
  }
  put(body, el('p', { class: 'verdict' }, el('bdi', { text: safe(it.verdict ?? '') })), facts(it), halves(it), wonAndLost(it), allPairs(a, b));
}

const MOST_IN_MATRIX = 12;

/** Everybody against everybody; what cannot be told apart from chance steps back. */
function allPairs(a, b) {
  const these = view.shown.slice(0, MOST_IN_MATRIX);
  if (these.length < 3) return null;
  const cell = (i, j) => {
    if (i === j) return el('td', { class: 'num soft', text: '·' });
    const it = pairOf(i, j), t = view.t;
    const d = it && (view.whole ? it.difference : it.gap?.d?.[t]);
    if (!known(d)) return el('td', { class: 'num soft', text: ABSENT });
    const sure = view.whole ? known(it.holm) && it.holm < 0.05 : it.gap.band_lo?.[t] > 0 || it.gap.band_hi?.[t] < 0;
    const about = view.whole ? `95 %: ${between(it.ci?.[0], it.ci?.[1])}; Holm’s p ${pValue(it.holm)}` : `at all budgets at once: ${between(it.gap.band_lo?.[t], it.gap.band_hi?.[t])}`;
    return el('td', { class: `num${sure ? ' sure' : ''}${(i === a && j === b) ? ' now' : ''}` }, el('button', {
      type: 'button', class: 'plain-name', 'data-key': `pair-${i}-${j}`, title: about, on: { click: () => view.set({ vs: [i, j] }) },
      'aria-label': `${shorten(view.contender(i).name, 40)} minus ${shorten(view.contender(j).name, 40)}: ${points(d)} points${sure ? ', beyond chance' : ''}`, text: points(d) }));
  };
  return el('div', { class: 'matrix' }, el('h3', { text: `All pairs ${view.within}` }),
    el('p', { class: 'soft', text: `Points by which a row solves more than a column. In bold: beyond chance, ${view.whole ? 'p below 0.05 after Holm’s adjustment for all pairs' : 'by the band that holds at all budgets at once'}.` }),
    el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'All pairs' }, el('table', { class: 'board' },
      el('thead', null, el('tr', null, el('td', { class: 'c-name' }), these.map((i) => el('th', { scope: 'col', class: 'num' }, who(i, 14))))),
      el('tbody', null, these.map((i) => el('tr', null, el('th', { scope: 'row', class: 'c-name' }, who(i, 32)), these.map((j) => cell(i, j))))))),
    view.shown.length > these.length ? el('p', { class: 'note', text: `The first ${these.length} of ${view.shown.length}; filter to see others.` }) : null);
}

function facts(it) {
  const A = () => named(view.contender(it.a).name, 26), B = () => named(view.contender(it.b).name, 26);
  const t = view.t, gap = it.gap ?? {};
  const out = [];
  if (!view.whole) {
    out.push(fact(`Solved within ${duration(view.T)}, difference`, pointsOf(gap.d?.[t]),
      [ofInterval(gap.lo?.[t], gap.hi?.[t]), known(gap.band_lo?.[t]) ? `; at all budgets at once: ${between(gap.band_lo[t], gap.band_hi[t])}` : '']));
  }
  out.push(fact('Solved in the end, difference', pointsOf(it.difference), [ofInterval(it.ci?.[0], it.ci?.[1]), `; ${plural(it.tasks, 'task')} in common`]));
  if (known(it.p)) {
    out.push(fact('Chance of such a difference, if there were none', `p = ${pValue(it.p)}`.replace('= <', '<'),
      [`for this pair alone; ${pValue(it.holm)} when all pairs of this set are tested (Holm)`]));
  }
  if (it.mcnemar) {
    out.push(fact('Tasks that only one solves', `${it.mcnemar.only_a} : ${it.mcnemar.only_b}`, [it.mcnemar.majority ? 'in most of its trials; ' : '', `McNemar’s exact p = ${pValue(it.mcnemar.p)}`.replace('= <', '<')]));
  }
  const r = it.time_ratio;
  out.push(r ? fact('Time on tasks that both solve', ratio(r.ratio), [
    A(), known(r.lo) ? ` takes ${ratio(r.lo)} to ${ratio(r.hi)} the time of ` : ' against ', B(), ` (${plural(r.tasks, 'task')}${known(r.lo) ? ', 95 %' : ', too few for an interval'}${known(r.of_sums) ? `; of the sums ${ratio(r.of_sums)}` : ''})`])
    : fact('Time on tasks that both solve', ABSENT, ['no task that both solve']));
  if (it.cascade_a_b || it.cascade_b_a) out.push(cascade(it, A, B));
  if (known(it.detectable)) out.push(fact('What this design can see', `${fixed(100 * it.detectable, 1)} points`, ['a difference this large would have shown in 8 of 10 repetitions; smaller ones stay unseen more often']));
  return el('dl', { class: 'facts' }, out);
}

/** The better order of trying the two. */
function cascade(it, A, B) {
  const both = [[it.cascade_a_b, A, B], [it.cascade_b_a, B, A]].filter(([c]) => c).sort((x, y) => x[0].seconds - y[0].seconds);
  const [c, first, second] = both[0];
  return fact('One first, the other where it fails', duration(c.seconds), [
    first(), ', then ', second(), `: mean time of a task, solving ${percent(c.solved)}`,
    known(c.seconds_alone) ? ['; ', second(), ` alone takes ${duration(c.seconds_alone)}`] : '', '. Takes a judge that knows a solution at once.']);
}

function halves(it) {
  const A = () => named(view.contender(it.a).name, 26), B = () => named(view.contender(it.b).name, 26);
  const of = (isA) => isA ? A() : B();
  const left = el('div', null, el('h3', { text: 'Who leads within which budget' }));
  const leads = it.leads ?? [];
  if (leads.length) {
    left.append(el('ul', null, leads.map((x) => el('li', null, of(x.a),
      x.from === x.to ? ` is ahead beyond chance within ${duration(x.from)}.` : ` is ahead beyond chance within ${duration(x.from)} to ${duration(x.to)}.`))));
  } else {
    left.append(el('p', { text: known(it.gap?.band_lo?.[view.t]) ? 'At no budget is one ahead beyond chance.' : 'Too few tasks to tell chance from a lead.' }));
  }
  const turns0 = it.crossings ?? [];
  if (turns0.length) {
    left.append(el('p', { class: 'soft' }, 'The plain curves change the leader ',
      turns0.slice(0, 5).map((x, k) => [k ? ', ' : '', `at ${duration(x.seconds)} to `, of(x.to_a)]), turns0.length > 5 ? ` and ${turns0.length - 5} times more` : '', '; that alone says nothing of chance.'));
  }
  const equal = (it.equal_accuracy ?? []).filter((x) => x.identified !== false || known(x.speed_up));
  const right = el('div', null, el('h3', { text: 'Speed-up at equal accuracy' }));
  if (equal.length) {
    right.append(el('p', { class: 'soft' }, 'How many times sooner ', A(), ' solves as large a share as ', B(), ' does; below 1× it is later.'),
      el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Speed-up at equal accuracy' }, el('table', { class: 'plain' },
        el('thead', null, el('tr', null, ['Share solved', 'Speed-up', '95 %'].map((name) => el('th', { scope: 'col', class: 'num', text: name })))),
        el('tbody', null, equal.map((x) => el('tr', null, el('th', { scope: 'row', class: 'num', text: wholePercent(x.accuracy) }),
          el('td', { class: 'num', text: ratio(x.speed_up) }),
          el('td', { class: 'num', text: x.identified === false || !known(x.lo) ? 'not identified' : `${ratio(x.lo)} to ${ratio(x.hi)}` })))))));
  } else {
    right.append(el('p', { text: 'Not identified: there is no share, in steps of a tenth, that both reach.' }));
  }
  return el('div', { class: 'halves' }, left, right);
}

/** Shares of a task's trials that a contender solved within the budget, counted; null where it has none. */
function sharesOf(i) {
  const { cells } = view.section;
  const trials = cells?.trials?.[i] ?? [];
  const solved = view.whole || !view.section.trials ? cells?.solved?.[i] ?? [] : solvedWithin(view.t)[i];
  return trials.map((n, task) => n ? solved[task] / n : null);
}

/** Counts solved trials per contender and task within a budget; without a time, one was solved at its limit. */
function solvedWithin(t) {
  const { trials, contenders, tasks, grid } = view.section;
  const counts = contenders.map(() => new Uint32Array(tasks.length)), T = grid[t], most = grid[grid.length - 1];
  for (let k = 0; k < trials.outcome.length; k++) {
    if (trials.outcome[k] === 0 && (trials.seconds[k] ?? most) <= T) counts[trials.contender[k]][trials.task[k]]++;
  }
  return counts;
}

function wonAndLost(it) {
  const a = sharesOf(it.a), b = sharesOf(it.b);
  const differing = a.map((x, task) => ({ task, d: x == null || b[task] == null ? 0 : x - b[task] })).filter((x) => Math.abs(x.d) > 1e-9);
  const counted = view.whole || view.section.trials ? view.within : 'in the end';
  const list = (title, rows) => {
    rows.sort((x, y) => Math.abs(y.d) - Math.abs(x.d) || x.task - y.task);
    return el('div', null, el('h3', null, named(view.contender(title).name, 26), ` solves more ${counted} (${plural(rows.length, 'task')})`),
      rows.length ? taskList(rows) : el('p', { class: 'soft', text: 'None.' }));
  };
  return el('div', { class: 'halves' }, list(it.a, differing.filter((x) => x.d > 0)), list(it.b, differing.filter((x) => x.d < 0)));
}

function taskList(rows, most = 24) {
  const item = ({ task, d }) => el('li', null, taskButton(task, 34), el('span', { class: 'num', text: `${fixed(100 * Math.abs(d), 0)} points` }));
  const list = el('ul', { class: 'list' }, rows.slice(0, most).map(item));
  if (rows.length <= most) return list;
  const more = el('button', { type: 'button', class: 'more', text: `Show ${rows.length - most} more`, on: { click: () => {
    append(list, rows.slice(most).map(item));
    more.remove();
  } } });
  return [list, more];
}

parts.push({ id: 'compare', lazy: true, on: ['T', 'vs', 'q', 'mark'], draw: drawCompare });
