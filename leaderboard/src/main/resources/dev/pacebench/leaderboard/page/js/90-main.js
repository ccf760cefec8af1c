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
  // Its address would take the place of what the reader chose.
  document.querySelector('a.skip')?.addEventListener('click', (event) => {
    event.preventDefault();
    lead(byId('board'));
  });
  addEventListener('beforeprint', drawAll);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => refresh(['theme']));
  new ResizeObserver(() => { if (measure()) refresh(['width']); }).observe(byId('board'));
  listen();
}

start();
