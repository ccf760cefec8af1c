// Where the figures come from is written by what made the page; here commands become easy to copy.

function copyButton(text, about) {
  const button = el('button', { type: 'button', class: 'copy', text: 'Copy', 'aria-label': about, on: { click: async () => {
    const done = await copied(text());
    button.textContent = done ? 'Copied' : 'Select and copy';
    say(done ? 'Copied.' : 'Could not be copied.');
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  } } });
  return button;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.body.appendChild(el('textarea', { class: 'hear', 'aria-hidden': 'true' }));
    area.value = text;
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

function dressProvenance() {
  const root = byId('provenance');
  if (!root) return;
  root.querySelectorAll('pre, code').forEach((node) => {
    if (node.closest('pre') !== node && node.closest('pre')) return;
    if (node.nextElementSibling?.classList.contains('copy') || !/\s/.test(node.textContent.trim())) return;
    node.after(copyButton(() => node.textContent.trim(), 'Copy this command'));
  });
  if (root.querySelector('.link')) return;
  root.append(el('p', { class: 'link tools' }, el('span', { class: 'soft', text: 'The address holds what you chose: set, budget, sorting, filter.' }), copyButton(() => location.href, 'Copy a link to this view')));
}

parts.push({ id: 'provenance', on: [], draw: dressProvenance });
