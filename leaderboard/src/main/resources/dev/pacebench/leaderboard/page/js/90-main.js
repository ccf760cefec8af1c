// Puts the parts together: reads the data, draws what a change touches, and keeps the address up to date.

const stale = new Set();
const waiting = [];
/** What no chart depends on unless it says so. */
const LOOKS_ONLY = ['theme', 'sort', 'cols', 'task', 'tsort'];
let frame = 0, idle = 0, written = 0;

/** Runs once the next drawing is done. */
function afterDraw(run) {
  waiting.push(run);
  schedule();
}

/** Takes note of what changed: state keys, or 'data', 'theme', 'width'. */
function refresh(changed) {
  lookUp();
  const all = changed.includes('data') || changed.includes('set');
  for (const part of [...parts, ...charts]) {
    if (all || changed.some((key) => depends(part, key))) stale.add(part);
  }
  if (changed.includes('theme')) dress();
  clearTimeout(written);
  written = setTimeout(keep, 150);
  schedule();
}

function depends(part, key) {
  if (part.on?.includes(key)) return true;
  return charts.includes(part) && (key === 'width' || (!part.on && !LOOKS_ONLY.includes(key)));
}

function keep() {
  const hash = writeState(view.state, location.hash);
  if (hash !== location.hash) history.replaceState(null, '', hash || location.pathname + location.search);
}

function schedule() {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    for (const part of [...parts, ...charts]) {
      if (stale.has(part) && (inSight.has(part.id) || (!part.lazy && parts.includes(part)))) draw(part);
    }
    if (waiting.length) drawAll();
    waiting.splice(0).forEach((run) => run());
    clearTimeout(idle);
    idle = setTimeout(drawNext, 120);
  });
}

/** What is out of sight comes one at a time, when nothing else is to be done. */
function drawNext() {
  const [part] = stale;
  if (!part) return;
  draw(part);
  idle = setTimeout(drawNext, 0);
}

function drawAll() {
  [...stale].forEach(draw);
}

/** Draws anew; what had the focus has it again when it is still there. */
function draw(part) {
  stale.delete(part);
  const held = document.activeElement?.getAttribute('data-key'), around = document.activeElement?.closest('figure, section, nav');
  try {
    if (parts.includes(part)) part.draw(view);
    else drawChart(part);
  } catch (error) {
    // The others are worth seeing all the same.
    reportError(error);
  }
  if (held && !document.activeElement?.hasAttribute('data-key')) {
    around?.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  }
}

// Charts.

const inSight = new Set();
const frames = new Map();
const watcher = new IntersectionObserver((entries) => {
  for (const it of entries) {
    const id = it.target.id.replace('chart-', '');
    if (it.isIntersecting) inSight.add(id); else inSight.delete(id);
  }
  if (stale.size) schedule();
}, { rootMargin: '300px' });

/** The figure of a chart, its parts made once. */
function frameOf(chart) {
  const held = frames.get(chart.id);
  if (held) return held;
  const section = byId('charts');
  const figure = byId(`chart-${chart.id}`) ?? el('figure', { id: `chart-${chart.id}` });
  const title = el('h3', { id: `chart-${chart.id}-h` });
  const plot = el('div', { class: 'plot' });
  const caption = el('figcaption');
  const table = el('div', { class: 'scroll' });
  const details = el('details', { class: 'data' }, el('summary', { text: 'Show data table' }), table);
  const tools = el('div', { class: 'tools' });
  figure.classList.add('chart');
  figure.setAttribute('aria-labelledby', title.id);
  put(figure, title, plot, caption, el('div', { class: 'under' }, details, tools));
  section.append(figure);
  watcher.observe(figure);
  const made = { figure, title, plot, caption, table, details, tools };
  details.addEventListener('toggle', () => { if (details.open) fillData(chart, made); });
  put(tools, chartTools(chart, made));
  frames.set(chart.id, made);
  return made;
}

function drawChart(chart) {
  const box = frameOf(chart);
  const there = !!view.section && chart.available(view);
  box.figure.hidden = !there;
  byId('charts').hidden = charts.every((it) => frames.get(it.id)?.figure.hidden);
  if (!there) return;
  box.title.textContent = chart.title(view);
  put(box.plot, chart.draw(view));
  box.caption.textContent = chart.caption(view);
  if (box.details.open) fillData(chart, box);
}

function fillData(chart, box) {
  const { columns, rows } = chart.table(view);
  put(box.table, el('table', { class: 'plain' },
    el('thead', null, el('tr', null, columns.map((it) => el('th', { scope: 'col', class: it.numeric ? 'num' : null, text: it.name })))),
    el('tbody', null, rows.map((row) => el('tr', null, row.map((text, i) =>
      el(i ? 'td' : 'th', { scope: i ? null : 'row', class: columns[i]?.numeric ? 'num' : null }, el('bdi', { text: safe(text) }))))))));
}

// Beginning.

function dress() {
  const root = document.documentElement, { theme } = view.state;
  if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
  view.dark = theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

function measure() {
  const width = Math.max(240, Math.round(byId('board').clientWidth));
  if (width === view.width) return false;
  view.width = width;
  return true;
}

// While runs go on.

/** New data keep what the reader chose, the focus and the place on the page. */
function renew(data) {
  const at = scrollY, chosen = view.section && view.state.vs?.map((i) => view.section.contenders[i]?.name);
  view.data = data;
  view.section = null;
  refresh(['data']);
  // Places in the list have changed where a contender has come.
  const vs = chosen?.map((name) => view.section?.contenders.findIndex((it) => it.name === name) ?? -1);
  if (vs?.every((i) => i >= 0)) view.set({ vs });
  afterDraw(() => {
    if (Math.abs(scrollY - at) > 1) scrollTo(0, at);
  });
  retell();
}

/** What the page said of the results when it was made. */
function retell() {
  const { data, section } = view;
  const lead0 = document.querySelector('#top .lead'), pending = document.querySelector('#top .mark.unfinished');
  if (lead0 && section) lead0.textContent = `${plural(section.contenders.length, 'contender')}, ${plural(section.tasks.length, 'task')}, ${plural(data.used, 'trial')}.`;
  const marks = document.querySelector('#top .marks');
  if (section?.contenders.some((it) => it.simulated) && marks && !marks.querySelector('.simulated')) {
    marks.append(el('span', { class: 'mark simulated', text: 'Simulated: no model took part. This shows how Pacebench works, not how a model does' }));
  }
  if (pending) {
    pending.hidden = data.done >= data.planned;
    pending.textContent = `Unfinished: ${data.planned - data.done} of ${data.planned} trials are pending`;
  }
}

/** Trials that somebody works on, beneath the table. */
function showRunning(runs) {
  const box = controls.made.running ??= byId('board').appendChild(el('div', { class: 'running', hidden: true }));
  const all = runs.flatMap((run) => run.running ?? []);
  box.hidden = !all.length;
  const ages = all.slice(0, 12).map((it) => ({ since: Date.parse(it.since), age: el('span', { class: 'num', 'aria-hidden': 'true' }) }));
  put(box, el('h3', { text: `Running now: ${plural(all.length, 'trial')}` }), el('ul', { class: 'list' }, all.slice(0, 12).map((it, k) =>
    el('li', null, el('span', null, named(it.contender, 32), ' on ', named(it.task, 40), `, attempt ${Number(it.attempt)}`), ages[k].age))),
  all.length > 12 ? el('p', { class: 'soft', text: `and ${all.length - 12} more` }) : null);
  const tick = () => ages.forEach(({ since, age }) => { age.textContent = known(since) ? duration(Math.max(0, Math.round((Date.now() - since) / 1000))) : ''; });
  clearInterval(box.ticking);
  if (all.length) box.ticking = setInterval(tick, 1000);
  tick();
}

function listen() {
  const { live, url } = document.documentElement.dataset;
  if (!live || typeof EventSource === 'undefined') return;
  const shown = controls.made.live;
  const tell = (text, broken) => {
    shown.hidden = false;
    shown.textContent = text;
    shown.classList.toggle('broken', broken);
  };
  let asking = false, again = false, now = 'live';
  const fetchData = async () => {
    again = asking;
    if (asking || !url) return;
    asking = true;
    try {
      const answer = await fetch(url, { cache: 'no-store' });
      if (!answer.ok) throw new Error(String(answer.status));
      renew(await answer.json());
      tell(now, false);
    } catch {
      tell('no answer, trying again', true);
      setTimeout(fetchData, 5000);
    }
    asking = false;
    if (again) fetchData();
  };
  const source = new EventSource(live);
  const on = (type, take) => source.addEventListener(type, (event) => {
    let told = null;
    try {
      told = JSON.parse(event.data);
    } catch {
      return;
    }
    take(told);
  });
  const figures = (told) => {
    if (told?.sections) renew(told);
    else if (told?.changed) fetchData();
  };
  source.addEventListener('open', () => tell(now, false));
  source.addEventListener('error', () => tell('not connected, trying again', true));
  on('data', figures);
  on('message', figures);
  on('progress', (told) => {
    const runs = Array.isArray(told?.runs) ? told.runs : [];
    const sum = (name) => runs.reduce((all, run) => all + (Number(run[name]) || 0), 0);
    now = runs.length ? `live, ${sum('done')} of ${sum('planned')} done` : 'live';
    tell(told?.trouble ? 'the results cannot be read at the moment' : now, !!told?.trouble);
    showRunning(runs);
  });
}

function start() {
  view.data = JSON.parse(byId('data').textContent);
  view.state = readState(location.hash);
  view.still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  document.documentElement.classList.add('js');
  dress();
  measure();
  document.querySelectorAll('#charts .static-set, #board .static-set').forEach((it) => it.remove());
  makeControls();
  makeTable();
  makeCompare();
  makeTasks();
  charts.forEach(frameOf);
  parts.filter((it) => it.lazy).forEach((it) => watcher.observe(byId(it.id)));
  refresh(['data']);
  addEventListener('hashchange', () => {
    view.state = readState(location.hash);
    refresh(['data', 'theme']);
  });
  addEventListener('beforeprint', drawAll);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => refresh(['theme']));
  new ResizeObserver(() => { if (measure()) refresh(['width']); }).observe(byId('board'));
  listen();
}

start();
