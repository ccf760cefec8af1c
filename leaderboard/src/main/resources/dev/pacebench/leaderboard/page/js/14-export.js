// Files made in the browser from what is shown.

/** Hands a file to the browser. */
function save(name, type, content) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = el('a', { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** A field of a CSV file; a spreadsheet must not take it for a formula. */
function csvField(value) {
  let text = safe(value);
  if (/^[=+\-@|%\t]/.test(text) && !/^[+-]?[\d.]+( %)?$/.test(text)) text = `'${text}`;
  return /[",;'\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const csv = (rows) => rows.map((row) => row.map(csvField).join(',')).join('\r\n') + '\r\n';
const fileName = (what, end) => `pacebench-${safe(setName(view.section)).replace(/[^\w.-]+/g, '-').slice(0, 60)}-${what}.${end}`;
const spelled = (text) => String(text).replaceAll(MINUS, '-');

function tableRows() {
  const columns = columnsOn();
  return { columns, rows: sorted().map((i) => columns.map((column) => spelled(column.text(i)))) };
}

function tableExport() {
  return menu('Export',
    el('button', { type: 'button', text: 'Table as CSV', on: { click: () => {
      const { columns, rows } = tableRows();
      save(fileName('table', 'csv'), 'text/csv', csv([columns.map(columnName), ...rows]));
    } } }),
    el('button', { type: 'button', text: 'Table as JSON', on: { click: () => {
      save(fileName('table', 'json'), 'application/json', JSON.stringify({
        task_set: view.section.task_set, group: view.section.group, budget_seconds: view.whole ? null : view.T,
        contenders: sorted().map((i) => {
          const { curve, ...figures } = view.contender(i);
          return { ...figures, at_budget: view.row(i) };
        }),
      }, null, 1));
    } } }),
    el('button', { type: 'button', text: 'All data as JSON', on: { click: () => save(fileName('data', 'json'), 'application/json', JSON.stringify(view.data)) } }));
}

/** Buttons beneath a chart. */
function chartTools(chart, box) {
  return menu('Export',
    el('button', { type: 'button', text: 'CSV', on: { click: () => {
      const { columns, rows } = chart.table(view);
      save(fileName(chart.id, 'csv'), 'text/csv', csv([columns.map((it) => it.name), ...rows.map((row) => row.map(spelled))]));
    } } }),
    el('button', { type: 'button', text: 'SVG', on: { click: () => save(fileName(chart.id, 'svg'), 'image/svg+xml', picture(chart, box).text) } }),
    el('button', { type: 'button', text: 'PNG', on: { click: () => savePng(chart, box) } }));
}

const RESOLVED = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'fill-opacity', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline', 'paint-order', 'visibility', 'display'];

/** The chart's drawing as a document of its own: every colour resolved, on the page's background. */
function picture(chart, box) {
  const drawn = [...box.plot.querySelectorAll('svg')].map((it) => ({ it, size: it.getBoundingClientRect() }))
    .sort((a, b) => b.size.width * b.size.height - a.size.width * a.size.height)[0];
  const { it: original, size } = drawn;
  const copy = original.cloneNode(true);
  const from = [original, ...original.querySelectorAll('*')], to = [copy, ...copy.querySelectorAll('*')];
  from.forEach((node, k) => {
    const style = getComputedStyle(node);
    if (['style', 'title', 'desc', 'defs'].includes(node.localName)) return;
    for (const name of RESOLVED) to[k].setAttribute(name, style.getPropertyValue(name));
    to[k].removeAttribute('style');
    to[k].removeAttribute('tabindex');
  });
  copy.querySelectorAll('style').forEach((it) => it.remove());
  const paper = getComputedStyle(document.body).backgroundColor, ink = getComputedStyle(document.body).color;
  const width = Math.ceil(size.width), height = Math.ceil(size.height);
  const view0 = copy.getAttribute('viewBox')?.split(/[\s,]+/).map(Number) ?? [0, 0, width, height];
  copy.setAttribute('viewBox', view0.join(' '));
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', width);
  copy.setAttribute('height', height);
  copy.setAttribute('color', ink);
  copy.prepend(svg('title', { text: safe(chart.title(view)) }), svg('rect', { x: view0[0], y: view0[1], width: view0[2], height: view0[3], fill: paper }));
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

function savePng(chart, box) {
  const { text, width, height } = picture(chart, box);
  const image = new Image(), scale = 2;
  image.onload = () => {
    const canvas = el('canvas', { width: width * scale, height: height * scale });
    canvas.getContext('2d').drawImage(image, 0, 0, width * scale, height * scale);
    canvas.toBlob((blob) => save(fileName(chart.id, 'png'), 'image/png', blob));
  };
  image.onerror = () => say('This chart could not be made into a picture.');
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
}
