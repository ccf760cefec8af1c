// The tasks: which are hard, on which contenders disagree, and the trials of one.

const OUTCOMES = ['solved', 'failed', 'timed out', 'agent error', 'lost'];
const PAGE = 50;
const taskBox = { made: null, most: PAGE, text: '' };

/** A task's name that leads to its trials. */
const taskButton = (task, most = 60) => el('button', { type: 'button', class: 'quiet', 'data-key': `task-${task}`, on: { click: () => view.focus({ task }) } },
  named(view.section.tasks[task].name, most));

const TASK_COLUMNS = [
  { id: 'name', name: 'Task', text: true },
  { id: 'difficulty', name: 'Solved', about: 'share of all contenders’ trials that solved it, in the end' },
  { id: 'disagreement', name: 'Disagreement', about: 'chance that two trials of it come out differently' },
];

function makeTasks() {
  const root = byId('tasks');
  const search = el('input', { type: 'search', placeholder: 'Filter tasks', 'aria-label': 'Filter tasks by text', on: { input: () => {
    taskBox.text = search.value.trim().toLowerCase();
    taskBox.most = PAGE;
    drawTasks();
  } } });
  const count = el('span', { class: 'count' });
  const head = el('thead'), body = el('tbody');
  const more = el('button', { type: 'button', class: 'more', on: { click: () => {
    taskBox.most += 4 * PAGE;
    drawTasks();
  } } });
  const one = el('div', { id: 'task', role: 'region', 'aria-labelledby': 'task-h', hidden: true });
  put(root, el('h2', { id: 'tasks-h', text: 'Tasks' }), el('div', { class: 'tools' }, search, count), one,
    el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'List of tasks' },
      el('table', { class: 'board tasklist' }, el('caption', { class: 'hear', text: 'Tasks, sortable by the buttons in the head' }), head, body)), more);
  root.setAttribute('aria-labelledby', 'tasks-h');
  taskBox.made = { root, count, head, body, more, one, search };
}

function tasksInOrder() {
  const { tasks } = view.section;
  const by = view.state.tsort ?? 'difficulty';
  const text = (task) => [tasks[task].name, ...Object.values(tasks[task].labels ?? {})].filter(Boolean).join(' ').toLowerCase();
  const value = { name: (i) => tasks[i].name.toLowerCase(), difficulty: (i) => tasks[i].solved_share ?? 2, disagreement: (i) => -(tasks[i].disagreement ?? -1) }[by];
  return tasks.map((_, i) => i).filter((i) => !taskBox.text || text(i).includes(taskBox.text))
    .sort((a, b) => value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : a - b);
}

function drawTasks() {
  const { root, count, head, body, more } = taskBox.made;
  const { section } = view;
  root.hidden = !section?.tasks.length;
  if (root.hidden) return;
  const by = view.state.tsort ?? 'difficulty';
  const labels = ['category', 'difficulty', 'repository', 'created'].filter((name) => section.tasks.some((it) => it.labels?.[name]));
  const contenders = view.shown.length <= 8 ? view.shown : [];
  put(head, el('tr', null, TASK_COLUMNS.map((column) => el('th', { scope: 'col', class: column.text ? 'c-name' : 'num', 'aria-sort': by === column.id ? (column.id === 'disagreement' ? 'descending' : 'ascending') : null, title: column.about },
    el('button', { type: 'button', 'data-key': `tsort-${column.id}`, on: { click: () => view.set({ tsort: column.id === 'difficulty' ? null : column.id }) } },
      el('span', { text: column.name }), el('span', { class: `arrow ${by !== column.id ? 'none' : column.id === 'disagreement' ? 'descending' : 'ascending'}`, 'aria-hidden': 'true' })))),
  contenders.map((i) => el('th', { scope: 'col', class: 'num c-who', title: safe(view.contender(i).name).slice(0, 200) }, who(i, 14))),
  labels.map((name) => el('th', { scope: 'col', class: 'c-label', text: name[0].toUpperCase() + name.slice(1) }))));
  const rows = tasksInOrder();
  const solved = view.whole || !section.trials ? section.cells?.solved : solvedWithin(view.t);
  put(body, rows.slice(0, taskBox.most).map((task) => {
    const it = section.tasks[task];
    return el('tr', { class: view.state.task === it.name ? 'picked' : null },
      el('th', { scope: 'row', class: 'c-name' }, taskButton(task)),
      el('td', { class: 'num' }, el('span', { class: 'withbar' }, el('span', { text: wholePercent(it.solved_share) }), bar(it.solved_share))),
      el('td', { class: 'num', text: known(it.disagreement) ? fixed(it.disagreement, 2) : ABSENT }),
      contenders.map((i) => {
        const n = section.cells?.trials?.[i]?.[task] ?? 0, c = solved?.[i]?.[task] ?? 0;
        return el('td', { class: `num cell ${!n ? 'no' : c === n ? 'all' : c ? 'some' : 'none'}`, text: n ? `${c}/${n}` : ABSENT });
      }),
      labels.map((name) => el('td', { class: 'c-label' }, it.labels?.[name] ? named(it.labels[name], 28) : ABSENT)));
  }));
  if (!rows.length) put(body, el('tr', null, el('td', { class: 'empty', colspan: 3 + contenders.length + labels.length, text: 'No task passes the filter.' })));
  count.textContent = `${rows.length === section.tasks.length ? plural(rows.length, 'task') : `${rows.length} of ${section.tasks.length} tasks`}${contenders.length ? `; trials solved ${view.whole || !section.trials ? 'in the end' : view.within} of those that count` : ''}`;
  more.hidden = rows.length <= taskBox.most;
  more.textContent = `Show more (${rows.length - taskBox.most} left)`;
}

/** All trials of the chosen task. */
function drawTask() {
  const { one } = taskBox.made, { section } = view;
  const task = section ? section.tasks.findIndex((it) => it.name === view.state.task) : -1;
  one.hidden = task < 0;
  if (task < 0) return;
  const it = section.tasks[task];
  const facts0 = [...Object.entries(it.labels ?? {}).filter(([, value]) => value), ['solved', `${wholePercent(it.solved_share)} of trials`], ['digest', safe(it.digest).slice(0, 12)]];
  put(one,
    el('div', { class: 'head' }, el('h3', { id: 'task-h' }, named(it.name, 90)),
      el('button', { type: 'button', text: 'Close', 'data-key': 'task-close', on: { click: () => {
        view.set({ task: null });
        afterDraw(() => document.querySelector(`#tasks table [data-key="task-${task}"]`)?.focus());
      } } })),
    el('dl', { class: 'labels' }, facts0.map(([name, value]) => el('div', null, el('dt', { text: name }), el('dd', null, named(value, 60))))),
    section.trials ? trialTable(task) : cellTable(task));
}

function trialTable(task) {
  const { trials } = view.section;
  const rows = [];
  for (let k = 0; k < trials.task.length; k++) if (trials.task[k] === task) rows.push(k);
  const place = new Map(view.order.map((i, at) => [i, at]));
  rows.sort((x, y) => place.get(trials.contender[x]) - place.get(trials.contender[y]) || trials.attempt[x] - trials.attempt[y] || x - y);
  const most = Math.max(1, ...rows.map((k) => trials.seconds[k] ?? 0));
  const many = new Set(rows.map((k) => trials.run[k])).size > 1;
  const drawn = !!trials.parts;
  const flagged = rows.some((k) => trials.flags?.[k]?.length), paged = rows.some((k) => trials.page?.[k]);
  const heads = ['Contender', 'Attempt', 'Outcome', 'Seconds', drawn && 'Where the time went', flagged && 'Flags', many && 'Run', paged && 'Trial'].filter(Boolean);
  const legend = drawn ? partsLegend([{ seconds: TIME_PARTS.map((_, n) => d3.sum(rows, (k) => trials.parts[k]?.[n] ?? 0)) }]) : null;
  return [el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Trials of this task' }, el('table', { class: 'board trials' },
    el('thead', null, el('tr', null, heads.map((name) => el('th', { scope: 'col', class: ['Attempt', 'Seconds'].includes(name) ? 'num' : name === 'Contender' ? 'c-name' : null, text: name })))),
    el('tbody', null, rows.map((k, at) => {
      const i = trials.contender[k], again = at > 0 && trials.contender[rows[at - 1]] === i;
      const parts0 = trials.parts?.[k], page = safeLink(trials.page?.[k]);
      return el('tr', null,
        el('th', { scope: 'row', class: `c-name${again ? ' again' : ''}` }, who(i, 32)),
        el('td', { class: 'num', text: trials.attempt[k] }),
        el('td', null, el('span', { class: `outcome o${trials.outcome[k]}`, text: OUTCOMES[trials.outcome[k]] })),
        el('td', { class: 'num', text: seconds(trials.seconds[k]) }),
        drawn ? el('td', { class: 'parts' }, parts0 ? partsBar(parts0, most) : ABSENT) : null,
        flagged ? el('td', null, (trials.flags?.[k] ?? []).map((name) => el('span', { class: 'mark flag', text: shorten(name, 30).replaceAll('_', ' ') }))) : null,
        many ? el('td', null, named(view.data.runs?.[trials.run[k]]?.id ?? '', 24)) : null,
        paged ? el('td', null, page ? el('a', { href: page, text: 'open', 'aria-label': `Open attempt ${trials.attempt[k]} of ${shorten(view.contender(i).name, 40)}` }) : ABSENT) : null);
    })))), legend];
}

/** Links lead to files beside the page only. */
function safeLink(link) {
  return typeof link === 'string' && /^[\w.%~+-][\w.%~+/-]*(#[\w.%~+-]*)?$/.test(link) && !link.split('/').includes('..') ? link : null;
}

/** Counts where single trials are too many to be on the page. */
function cellTable(task) {
  const { cells } = view.section;
  return [el('p', { class: 'soft', text: 'This page holds counts instead of single trials, as there are so many.' }),
    el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Contenders on this task' }, el('table', { class: 'board' },
      el('thead', null, el('tr', null, ['Contender', 'Solved', 'Median s, solved', 'Median s, all'].map((name, k) => el('th', { scope: 'col', class: k ? 'num' : 'c-name', text: name })))),
      el('tbody', null, view.order.map((i) => el('tr', null, el('th', { scope: 'row', class: 'c-name' }, who(i)),
        el('td', { class: 'num', text: `${cells.solved[i][task] ?? 0}/${cells.trials[i][task] ?? 0}` }),
        el('td', { class: 'num', text: seconds(cells.median?.[i]?.[task]) }), el('td', { class: 'num', text: seconds(cells.median_all?.[i]?.[task]) }))))))];
}

parts.push({ id: 'tasks', lazy: true, on: ['T', 'q', 'mark', 'task', 'tsort'], draw: drawTasks });
parts.push({ id: 'task', on: ['task'], draw: drawTask });
