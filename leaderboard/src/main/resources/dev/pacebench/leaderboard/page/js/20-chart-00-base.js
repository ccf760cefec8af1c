// What all charts share: axes of time and accuracy, labels that keep clear of each other, targets for
// pointer and keyboard with their tips. Marks and axes are drawn by Plot, all that answers is put on top.

/** Seconds that a time axis may name, and the order in which it does when there is no room for all. */
const NICE_TIMES = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800,
  3600, 7200, 18000, 36000, 86400, 172800, 604800, 2592000,
];
const TIMES_FIRST = [1, 60, 10, 600, 3600, 0.1, 0.01, 0.001, 300, 30, 5, 1800, 36000, 86400];

const FONT = 12;
/** Below this width there are fewer ticks, and labels stand under the chart. */
const narrow = (view) => view.width < 560;

/** A log axis of time that holds all values, from one nice time to another, and its ticks. */
function timeAxis(values, room, apart = 58) {
  const times = values.filter((it) => known(it) && it > 0);
  const least = times.length ? d3.min(times) : 1, most = times.length ? d3.max(times) : 100;
  const lo = NICE_TIMES.findLast((it) => it <= least / 1.02) ?? least / 2;
  let hi = NICE_TIMES.find((it) => it >= most * 1.02) ?? most * 2;
  if (hi <= lo * 1.5) hi = lo * 10;
  const inside = NICE_TIMES.filter((it) => it >= lo && it <= hi);
  const place = (it) => room * Math.log(it / lo) / Math.log(hi / lo);
  const order = [...TIMES_FIRST.filter((it) => inside.includes(it)), ...inside];
  const ticks = [];
  for (const it of order) {
    if (ticks.every((other) => Math.abs(place(other) - place(it)) >= apart)) ticks.push(it);
  }
  return { type: 'log', domain: [lo, hi], ticks: ticks.sort((a, b) => a - b), minor: inside };
}

/** A shared look of the axes; labels are text of our own, as Plot's arrows read badly aloud. */
function timeTicks(axis, { anchor = 'bottom', label = null } = {}) {
  const across = anchor === 'bottom';
  // As `text`, not `tickFormat`: on log axes d3 leaves out labels of its own choice.
  const shared = { ticks: axis.ticks, text: duration, label, labelArrow: 'none', tickSize: 4, fontSize: FONT, anchor };
  return [
    (across ? Plot.gridX : Plot.gridY)(axis.minor, { stroke: 'var(--rule)', strokeOpacity: 1, strokeWidth: 0.75 }),
    (across ? Plot.axisX : Plot.axisY)({ ...shared, labelAnchor: across ? 'center' : 'top', ...(across ? { labelOffset: 38 } : {}) }),
  ];
}

function accuracyTicks(domain, { label = 'Accuracy', room = 300 } = {}) {
  const ticks = d3.ticks(domain[0], domain[1], Math.max(2, Math.min(6, room / 50)));
  const fine = ticks.some((it) => Math.abs(it * 100 - Math.round(it * 100)) > 1e-6);
  return [
    Plot.gridY(ticks, { stroke: 'var(--rule)', strokeOpacity: 1, strokeWidth: 0.75 }),
    Plot.axisY({ ticks, tickFormat: fine ? percent : wholePercent, label, labelArrow: 'none', tickSize: 0, fontSize: FONT }),
  ];
}

/** Plot's SVG, hidden from readers' ears except for what `targets` adds. */
function plotted(options) {
  const drawn = Plot.plot({ className: 'pb-plot', ...options });
  for (const child of drawn.children) {
    if (child.tagName === 'style') continue;
    child.removeAttribute('aria-label');
    child.querySelectorAll('[aria-label]').forEach((it) => it.removeAttribute('aria-label'));
    child.setAttribute('aria-hidden', 'true');
  }
  drawn.removeAttribute('font-family');
  drawn.setAttribute('font-size', FONT);
  drawn.setAttribute('role', 'group');
  return drawn;
}

/** About how wide a text is; measuring in the page would cost a layout. */
function wide(text, size = FONT) {
  let sum = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0);
    sum += code > 0xffff ? 1.4 : code > 0x2e7f ? 1.05 : 'iljtfr.,:;\'|!()[] '.includes(sign) ? 0.33 : 'mwMW@%—'.includes(sign) ? 0.9 : code < 0x61 ? 0.64 : 0.56;
  }
  return sum * size;
}

const overlap = (a, b) => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;

/**
 * Places a label beside each item { x, y, text }, best items first, so that none covers another, a point or
 * an edge. What finds no place keeps `spot` null; one that had to go far away gets a leader line.
 */
function placeLabels(items, box, taken = []) {
  const held = [...taken, ...items.map((it) => ({ x0: it.x - 7, x1: it.x + 7, y0: it.y - 7, y1: it.y + 7 }))];
  for (const it of items) {
    const width = wide(it.text), high = FONT + 3;
    it.spot = null;
    for (const away of [11, 20, 34, 52, 74]) {
      for (const [dx, dy] of [[1, 0], [-1, 0], [0.75, -0.75], [0.75, 0.75], [-0.75, -0.75], [-0.75, 0.75], [0, -1], [0, 1]]) {
        const x = it.x + dx * away, y = it.y + dy * away;
        const x0 = dx > 0 ? x : dx < 0 ? x - width : x - width / 2;
        const spot = { x0, x1: x0 + width, y0: y - high / 2, y1: y + high / 2, far: away > 20 };
        if (spot.x0 < box.x0 || spot.x1 > box.x1 || spot.y0 < box.y0 || spot.y1 > box.y1) continue;
        if (held.some((other) => overlap(other, spot))) continue;
        it.spot = spot;
        break;
      }
      if (it.spot) break;
    }
    if (it.spot) held.push(it.spot);
  }
  return items;
}

/** Moves values apart to at least `gap`, within lo and hi, changing each as little as is simple. */
function spread(values, gap, lo, hi) {
  const order = values.map((value, i) => ({ value, i })).sort((a, b) => a.value - b.value);
  let least = lo;
  for (const it of order) { it.at = Math.max(it.value, least); least = it.at + gap; }
  let most = hi;
  for (const it of order.reverse()) { it.at = Math.min(it.at, most); most = it.at - gap; }
  const out = [];
  for (const it of order) out[it.i] = it.at;
  return out;
}

/** Text in a chart, readable over lines. */
function note(x, y, text, props = {}) {
  return svg('text', {
    x, y, 'text-anchor': 'start', 'dominant-baseline': 'central', fill: 'var(--ink)', stroke: 'var(--paper)',
    'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke', 'aria-hidden': 'true', ...props, text,
  });
}

const SHAPES = {
  circle: d3.symbolCircle, square: d3.symbolSquare, triangle: d3.symbolTriangle, diamond: d3.symbolDiamond,
  cross: d3.symbolCross, star: d3.symbolStar, wye: d3.symbolWye,
};

function glyph(i, x, y, size = 64) {
  const it = look(i);
  return svg('path', { d: d3.symbol(SHAPES[it.symbol] ?? d3.symbolCircle, size)(), transform: `translate(${x},${y})`, fill: it.colour, 'aria-hidden': 'true' });
}

/** Contenders by symbol, colour and dash, under a chart. */
function legend(ids, text = () => null) {
  return el('ul', { class: 'legend' }, ids.map((i) => el('li', null,
    svg('svg', { width: 34, height: 14, viewBox: '0 0 34 14', 'aria-hidden': 'true' },
      svg('line', { x1: 0, x2: 34, y1: 7, y2: 7, stroke: look(i).colour, 'stroke-width': 2, 'stroke-dasharray': look(i).dash }),
      glyph(i, 17, 7, 56)),
    named(view.contender(i).name, 40), text(i) == null ? null : el('span', { class: 'soft', text: text(i) }))));
}

/** Text cut to so many characters and to about so many pixels. */
function fitted(text, most, room = Infinity, size = FONT) {
  let cut = shorten(text, most);
  for (let n = [...cut].length - 1; n > 3 && wide(cut, size) > room; n--) cut = shorten(text, n);
  return cut;
}

/** A contender's name where there is little room; an estimate is one even there. */
function chartName(i, most = 24, room = 220) {
  const c = view.contender(i);
  return c.estimated ? fitted(c.name, Math.max(4, most - 7), room - 42) + ' (est.)' : fitted(c.name, most, room);
}

/** A chart's body: tools, the drawing with its tip, what stands below. */
function chartBody({ tools = [], drawing, below = [] }) {
  const tip = el('div', { class: 'tip', hidden: true, 'aria-hidden': 'true' });
  const stage = el('div', { class: 'stage' }, drawing, tip);
  const body = el('div', { class: 'chart-body' }, tools.length ? el('div', { class: 'chart-tools' }, tools) : null, stage, below);
  stage.addEventListener('keydown', (event) => { if (event.key === 'Escape') tip.hidden = true; });
  return { body, stage, tip };
}

/** Shows lines of text next to a node, inside the stage. The first line is a heading. */
function showTip({ stage, tip }, at, lines) {
  put(tip, lines.map((line, n) => el(n ? 'div' : 'strong', null, el('bdi', { text: shorten(line, 120) }))));
  tip.hidden = false;
  const box = stage.getBoundingClientRect();
  const spot = at.getBoundingClientRect ? at.getBoundingClientRect() : { left: at.x, right: at.x, top: at.y, bottom: at.y };
  const left = spot.right - box.left + 12;
  const x = left + tip.offsetWidth <= box.width ? left : Math.max(0, spot.left - box.left - 12 - tip.offsetWidth);
  const y = Math.max(0, Math.min(box.height - tip.offsetHeight, (spot.top + spot.bottom) / 2 - box.top - tip.offsetHeight / 2));
  tip.style.setProperty('transform', `translate(${Math.round(x)}px,${Math.round(y)}px)`);
}

/**
 * Makes nodes answer pointer, focus and keys. `of(node)` gives { label, lines, act }. One tab stop leads to
 * them, arrows go on, unless `stops` lets Tab reach each. Where there are many, a node is named only when it
 * is reached: names cost more than all of the drawing.
 */
function targets(parts, nodes, of, { stops = nodes.length <= 24 } = {}) {
  const { stage, tip } = parts;
  const place = new Map(nodes.map((node, n) => [node, n]));
  const name = (node) => {
    if (node.hasAttribute('role')) return;
    const { label } = of(node);
    node.setAttribute('role', 'button');
    node.setAttribute('aria-label', label);
  };
  nodes.forEach((node, n) => {
    node.parentNode.removeAttribute('aria-hidden');
    if (stops || n === 0) name(node);
    node.setAttribute('tabindex', stops || n === 0 ? '0' : '-1');
  });
  const found = (event) => place.has(event.target) ? event.target : null;
  const show = (event) => {
    const node = found(event);
    if (!node || (event.type === 'focusin' && !node.matches(':focus-visible'))) return;
    name(node);
    showTip(parts, node, of(node).lines);
  };
  const hide = (event) => { if (found(event)) tip.hidden = true; };
  stage.addEventListener('pointerover', show);
  stage.addEventListener('pointerout', hide);
  stage.addEventListener('focusin', show);
  stage.addEventListener('focusout', hide);
  stage.addEventListener('click', (event) => { const node = found(event); if (node) of(node).act(); });
  stage.addEventListener('keydown', (event) => {
    const node = found(event);
    if (!node) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      of(node).act();
      return;
    }
    const n = place.get(node);
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? nodes.length - 1
      : event.key === 'ArrowRight' || event.key === 'ArrowDown' ? n + 1
      : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? n - 1 : -1;
    if (!nodes[to]) return;
    event.preventDefault();
    name(nodes[to]);
    if (!stops) { node.setAttribute('tabindex', '-1'); nodes[to].setAttribute('tabindex', '0'); }
    nodes[to].focus();
  });
}

/** State keys of what depends on the contenders shown; the budget is one only where the filter asks for the frontier. */
const onShown = (...keys) => view.state.mark === 'frontier' ? ['set', 'q', 'mark', 'T', ...keys] : ['set', 'q', 'mark', ...keys];

/** The contenders shown, most accurate in the end first: an order that stays while the budget moves. */
const settled = (view) => view.section.contenders.map((_, i) => i).filter((i) => view.shown.includes(i))
  .sort((a, b) => (view.contender(b).accuracy ?? -1) - (view.contender(a).accuracy ?? -1));

const chartSwitch = (text, on, act, key) => el('button', { type: 'button', 'aria-pressed': String(!!on), 'data-key': key, text, on: { click: act } });

/** A choice of one among a few, as a labelled select. */
function chartChoice(text, key, options, chosen, act) {
  const box = el('select', { 'data-key': key, on: { change: () => act(box.value) } },
    options.map(([value, name]) => el('option', { value, selected: value === chosen, text: name })));
  return el('label', null, text, ' ', box);
}

/** "A", "A and B", "A, B and C"; at most so many, the rest counted. */
function listed(names, most = 3) {
  const shown = names.length > most ? [...names.slice(0, most - 1), `${names.length - most + 1} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
