// While runs go on: new figures in the place of old ones, and what is running now.

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
  let asking = false, again = false, waiting = 0, now = 'live';
  const fetchData = async () => {
    again = asking;
    if (asking || !url) return;
    asking = true;
    try {
      const answer = await fetch(url, { cache: 'no-cache' });
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
  // Many pages hear of new figures at the same moment; the server says over how long they spread.
  const fetchWithin = (millis) => {
    if (waiting) return;
    const most = Math.min(60000, Math.max(0, Number(millis) || 0));
    waiting = setTimeout(() => {
      waiting = 0;
      fetchData();
    }, Math.random() * most);
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
    else if (told?.changed) fetchWithin(told.within);
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
