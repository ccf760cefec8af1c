// What a reader chooses: task set, time budget, filter, columns, theme.

const TICKS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18000, 36000];
const controls = { made: null };

function makeControls() {
  const nav = byId('controls');
  const slider = el('input', { type: 'range', id: 'budget', min: 0, step: 1, 'data-key': 'budget', on: { input: () => choose(Number(slider.value)) } });
  const typed = el('input', {
    type: 'text', id: 'budget-text', size: 7, placeholder: '300, 5m', autocomplete: 'off', spellcheck: 'false', inputmode: 'text', 'aria-label': 'Time budget, such as 300 or 5m',
    on: { change: () => chooseTyped(typed), keydown: (event) => { if (event.key === 'Enter') chooseTyped(typed); } },
  });
  const whole = el('button', { type: 'button', class: 'toggle', text: 'Whole limit', on: { click: () => view.set({ T: null }) } });
  const ticks = el('div', { class: 'ticks', 'aria-hidden': 'true' });
  const set = el('select', { id: 'set', on: { change: () => view.set({ set: set.value, T: view.state.T, task: null, vs: null, pick: null }) } });
  const setBox = el('label', { class: 'field' }, el('span', { text: 'Task set' }), set);
  const live = el('span', { class: 'live', hidden: true });
  put(nav,
    el('div', { class: 'inner' },
      setBox,
      el('div', { class: 'budget' },
        el('label', { for: 'budget', text: 'Time budget' }),
        el('div', { class: 'track' }, slider, ticks), typed, whole),
      live));
  byId('top').append(themeChoice());
  nav.setAttribute('aria-label', 'What is shown');
  nav.hidden = false;
  controls.made = { nav, slider, typed, whole, ticks, set, setBox, live };
  return controls.made;
}

/** A place on the slider: the grid's times, then the whole limit. */
function choose(place) {
  const { grid } = view.section;
  view.set({ T: place >= grid.length ? null : grid[place] });
}

function chooseTyped(input) {
  const text = input.value.trim();
  if (!text || /^(whole|whole limit|all|end|in the end)$/i.test(text)) return view.set({ T: null });
  const wanted = readDuration(text);
  input.setAttribute('aria-invalid', wanted == null);
  if (wanted == null) return say('Not a length of time. Try 300, 90 s or 5m.');
  const { grid } = view.section;
  const T = grid[snap(grid, wanted)];
  input.value = duration(T);
  view.set({ T });
  if (Math.abs(T - wanted) > wanted / 1000) say(`${duration(wanted)} lies between two times that were computed; shown is ${duration(T)}.`);
}

function drawControls() {
  const box = controls.made;
  const { section, data } = view;
  const sets = data.sections.map(setName);
  box.setBox.hidden = sets.length < 2;
  if (box.sets !== sets.join('\n')) {
    put(box.set, sets.map((name) => el('option', { value: name, text: shorten(name, 48) })));
    box.sets = sets.join('\n');
  }
  if (section) box.set.value = setName(section);
  const grid = section?.grid ?? [];
  box.nav.classList.toggle('nothing', !grid.length);
  if (!grid.length) return;
  const room = view.width < 700 ? view.width : view.width * 0.55;
  if (box.grid !== grid || box.room !== room) {
    Object.assign(box, { grid, room });
    box.slider.max = grid.length;
    const places = TICKS.filter((s) => s >= grid[0] && s <= grid[grid.length - 1]);
    const far = [];
    for (const s of places) {
      const x = snap(grid, s) / grid.length;
      if (x < 1 - 36 / room && (!far.length || x - far[far.length - 1].x > 46 / room)) far.push({ x, s });
    }
    put(box.ticks, far.map(({ x, s }) => el('span', { vars: { '--x': x }, text: duration(s) })), el('span', { vars: { '--x': 1 }, text: 'all' }));
  }
  const place = view.whole ? grid.length : view.t;
  if (Number(box.slider.value) !== place) box.slider.value = place;
  box.slider.setAttribute('aria-valuetext', view.whole ? 'whole limit' : `within ${duration(view.T)}`);
  box.slider.style.setProperty('--at', place / grid.length);
  box.typed.value = view.whole ? '' : duration(view.T);
  box.typed.removeAttribute('aria-invalid');
  box.whole.setAttribute('aria-pressed', view.whole);
}

parts.unshift({ id: 'controls', on: ['T', 'width'], draw: drawControls });

function themeChoice() {
  const group = el('fieldset', { class: 'segments' }, el('legend', { class: 'hear', text: 'Theme' }));
  for (const [value, word] of [['', 'System'], ['light', 'Light'], ['dark', 'Dark']]) {
    const input = el('input', { type: 'radio', name: 'theme', value, on: { change: () => view.set({ theme: value || null }) } });
    group.append(el('label', null, input, el('span', { text: word })));
  }
  parts.push({ id: 'theme', on: ['theme'], draw() {
    group.querySelectorAll('input').forEach((it) => { it.checked = it.value === (view.state.theme ?? ''); });
  } });
  return group;
}

const FILTERS = [['', 'All contenders'], ['frontier', 'On the frontier'], ['measured', 'Measured only'], ['simulated', 'Simulated'], ['estimated', 'Estimated'], ['imported', 'Imported'], ['greyed', 'Many lost']];

/** Text and marks that rows, and with them charts, must have. */
function filterTools() {
  const text = el('input', { type: 'search', placeholder: 'Filter contenders', 'aria-label': 'Filter contenders by text', on: { input: () => view.set({ q: text.value.trim() || null }) } });
  const mark = el('select', { 'aria-label': 'Filter contenders by mark', on: { change: () => view.set({ mark: mark.value || null }) } });
  const count = el('span', { class: 'count' });
  parts.push({ id: 'filter', on: ['q', 'mark', 'T'], draw() {
    if (document.activeElement !== text) text.value = view.state.q ?? '';
    const all = view.section?.contenders ?? [];
    const there = FILTERS.filter(([id]) => !id || id === 'frontier' || id === view.state.mark || (all.some(MARKS[id]) && !all.every(MARKS[id])));
    const ids = there.map(([id]) => id).join();
    if (mark.dataset.ids !== ids) {
      put(mark, there.map(([id, word]) => el('option', { value: id, text: word })));
      mark.dataset.ids = ids;
    }
    mark.value = view.state.mark ?? '';
    count.textContent = view.shown.length === all.length ? '' : `${view.shown.length} of ${all.length}`;
    text.hidden = mark.hidden = all.length < 2;
  } });
  return [text, mark, count];
}

/** A menu that closes on Escape and on a click elsewhere. */
function menu(word, ...children) {
  const box = el('details', { class: 'menu' }, el('summary', { text: word }), el('div', { class: 'sheet' }, children));
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && box.open) {
      box.open = false;
      box.firstChild.focus();
    }
  });
  document.addEventListener('click', (event) => { if (box.open && !box.contains(event.target)) box.open = false; });
  return box;
}

function columnMenu() {
  const boxes = COLUMNS.filter((it) => !it.fixed).map((column) => {
    const input = el('input', { type: 'checkbox', on: { change: () => switchColumn(column, input.checked) } });
    return { column, input, label: el('label', { title: column.about }, input, el('span', { text: column.name })) };
  });
  parts.push({ id: 'columns', on: ['cols', 'T'], draw() {
    boxes.forEach(({ column, input }) => { input.checked = !!isOn(column); });
  } });
  return menu('Columns', el('div', { class: 'columns' }, boxes.map((it) => it.label)),
    el('button', { type: 'button', text: 'Usual columns', on: { click: () => view.set({ cols: null }) } }));
}

function switchColumn(column, on) {
  const ids = COLUMNS.filter((it) => !it.fixed && (it === column ? on : isOn(it))).map((it) => it.id);
  const ordinary = COLUMNS.filter((it) => !it.fixed && usual(it)).map((it) => it.id);
  view.set({ cols: ids.join() === ordinary.join() ? null : ids.length ? ids : ['rank'] });
}
