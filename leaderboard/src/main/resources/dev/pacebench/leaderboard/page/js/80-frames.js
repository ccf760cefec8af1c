// What every chart has around it: title, caption, data table, export; and which charts are in sight.

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
