// What is looked at: one task set at one time budget. Every figure is looked up, none computed.

/** Charts; see 20-chart-*. `on` names the state keys that one depends on besides the task set; all when absent. */
const charts = [];
/** The page's other parts: { id, on, draw(view) }. */
const parts = [];

const SYMBOLS = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star', 'wye'];
const DASHES = [null, '6 3', '2 2', '8 3 2 3', '12 4'];

const view = {
  data: null, section: null, state: readState(''),
  /** Index into the grid; the last one at the whole limit. */
  t: 0,
  /** Seconds of the budget. */
  T: 0,
  /** Whether trials may use their whole limit, so that figures are those in the end. */
  whole: true,
  /** Pixels that a chart may be wide. */
  width: 960,
  dark: false, still: false,
  /** Indices of contenders: ranked at the budget, and those of them that the filter lets through. */
  order: [], shown: [],
  rows: [], looks: [],

  contender(i) { return this.section.contenders[i]; },
  /** Figures of a contender at the budget: accuracy, lo, hi, best, worst, median, frontier; null where unknown. */
  row(i) { return this.rows[i]; },
  /** The budget in words. */
  get within() { return this.whole ? 'in the end' : `within ${duration(this.T)}`; },
  set(changes) {
    const changed = Object.keys(changes).filter((key) => this.state[key] !== changes[key]);
    if (!changed.length) return;
    Object.assign(this.state, changes);
    refresh(changed);
  },
  /** Leads to a contender's row ({contender: i}) or a task's trials ({task: index}). */
  focus({ contender, task }) {
    if (contender != null) {
      this.set({ pick: this.contender(contender).name });
      afterDraw(() => lead(document.querySelector('#board tr.picked button')));
    } else if (task != null) {
      this.set({ task: this.section.tasks[task].name });
      afterDraw(() => lead(byId('task')));
    }
  },
};

function lead(node) {
  if (!node) return;
  if (!node.hasAttribute('tabindex')) node.setAttribute('tabindex', '-1');
  node.scrollIntoView({ block: 'center', behavior: view.still ? 'auto' : 'smooth' });
  node.focus({ preventScroll: true });
}

/** Colour, symbol and dash of a contender, the same in all charts whatever its rank. */
function look(i) {
  return view.looks[i];
}

function looksOf(section) {
  const names = section.contenders.map((it) => it.name);
  const places = names.map((_, i) => i).sort((a, b) => names[a] < names[b] ? -1 : names[a] > names[b] ? 1 : a - b);
  const looks = [];
  places.forEach((i, place) => {
    looks[i] = {
      colour: `var(--series-${place % 8 + 1})`, series: place % 8 + 1,
      symbol: SYMBOLS[place % SYMBOLS.length], dash: DASHES[place % DASHES.length],
    };
  });
  return looks;
}

/** What a set of tasks is called in the address and in the choice. */
const setName = (section) => section.group ? `${section.task_set} · ${section.group}` : section.task_set;

/** The grid's largest time that is not above the one asked for; the first where all are above. */
function snap(grid, seconds) {
  let at = 0;
  while (at + 1 < grid.length && grid[at + 1] <= seconds * 1.0005) at++;
  return at;
}

function rowAt(contender, t, whole) {
  const c = contender.curve ?? {};
  if (whole) {
    return {
      accuracy: contender.accuracy ?? null, lo: contender.ci?.[0] ?? null, hi: contender.ci?.[1] ?? null,
      best: contender.ranks?.[0] ?? null, worst: contender.ranks?.[1] ?? null,
      median: contender.median_seconds ?? null, frontier: !!contender.on_frontier,
      p25: contender.p25_seconds ?? null, p75: contender.p75_seconds ?? null,
    };
  }
  const at = (name) => c[name]?.[t] ?? null;
  return {
    accuracy: at('accuracy'), lo: at('lo'), hi: at('hi'), best: at('best'), worst: at('worst'),
    median: at('median'), frontier: !!at('frontier'), p25: null, p75: null,
  };
}

/** Most accurate first; equal ones as in the data: by accuracy and median in the end, then by name. */
function ranked(rows) {
  const key = (i) => rows[i].accuracy ?? -1;
  return rows.map((_, i) => i).sort((a, b) => key(b) - key(a));
}

const MARKS = {
  measured: (c) => !c.simulated && !c.estimated && !c.imported,
  simulated: (c) => c.simulated, estimated: (c) => c.estimated, imported: (c) => c.imported,
  greyed: (c) => c.greyed,
};

function passes(i) {
  const c = view.contender(i), { q, mark } = view.state;
  if (mark === 'frontier' ? !view.row(i).frontier : mark && !MARKS[mark](c)) return false;
  if (!q) return true;
  const text = [c.name, c.agent, c.model, c.tier, c.family].filter(Boolean).join(' ').toLowerCase();
  return q.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** Looks all up anew after the data or the state have changed. */
function lookUp() {
  const { data, state } = view;
  const section = data.sections.find((it) => setName(it) === state.set) ?? data.sections[0] ?? null;
  if (view.section !== section) {
    view.section = section;
    view.looks = section ? looksOf(section) : [];
  }
  if (!section) {
    Object.assign(view, { t: 0, T: 0, whole: true, rows: [], order: [], shown: [] });
    return;
  }
  const last = section.grid.length - 1;
  view.whole = state.T == null || last < 0;
  view.t = view.whole ? last : snap(section.grid, state.T);
  view.T = section.grid[view.t] ?? 0;
  view.rows = section.contenders.map((it) => rowAt(it, view.t, view.whole));
  view.order = ranked(view.rows);
  view.shown = view.order.filter(passes);
}
