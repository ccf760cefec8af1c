// Elements are made from text alone: nothing here or elsewhere reads HTML from a string.

/**
 * Makes an element. Of the props, `class`, `text`, `on` (listeners) and `vars` (CSS properties) are
 * special; `true` sets an empty attribute, null and false leave it out.
 */
function el(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** The same for SVG. */
function svg(tag, props, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), props, children);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value == null || value === false) continue;
    if (name === 'text') node.textContent = String(value);
    else if (name === 'class') node.setAttribute('class', value);
    else if (name === 'on') Object.entries(value).forEach(([type, run]) => node.addEventListener(type, run));
    else if (name === 'vars') Object.entries(value).forEach(([key, it]) => node.style.setProperty(key, it));
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child != null && child !== false) node.append(child);
  }
}

/** Replaces all that a node holds. */
function put(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

const byId = (id) => document.getElementById(id);

/** Text that others chose, with what could hide or reorder it shown as a replacement character. */
function safe(text) {
  return String(text ?? '')
    .slice(0, 20000)
    .normalize('NFC')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .replace(/[\p{Zs}\t\n\r]/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}

/** At most so many characters, with an ellipsis where something was cut. */
function shorten(text, most = 32) {
  const points = [...safe(text).slice(0, most * 4 + 16)];
  return points.length <= most ? points.join('') : points.slice(0, most - 1).join('').trimEnd() + '…';
}

/** A name on the page: isolated from its surroundings, cut, whole in its title. */
function named(text, most = 48) {
  const whole = safe(text);
  const cut = shorten(whole, most);
  return el('bdi', { text: cut, title: cut === whole ? null : whole.slice(0, 2000), class: 'name' });
}

/** Says something to people who listen instead of looking; the last of several within a moment counts. */
const say = (() => {
  let region, later;
  return (text) => {
    region ??= document.body.appendChild(el('div', { class: 'hear', role: 'status', 'aria-live': 'polite' }));
    clearTimeout(later);
    later = setTimeout(() => { region.textContent = text; }, 400);
  };
})();
