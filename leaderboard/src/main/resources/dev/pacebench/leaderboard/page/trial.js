(() => {
  'use strict';
  const steps = document.getElementById('steps');
  const folded = steps ? Array.from(steps.querySelectorAll('details')) : [];

  function button(text, action) {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = text;
    made.addEventListener('click', action);
    return made;
  }

  if (steps && folded.length > 1) {
    const bar = document.createElement('div');
    bar.className = 'tools-bar';
    bar.append(
      button('Open all', () => folded.forEach((one) => { one.open = true; })),
      button('Close all', () => folded.forEach((one) => { one.open = false; })));
    steps.querySelector('h2').after(bar);
  }

  // Paper cannot be opened.
  addEventListener('beforeprint', () => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
})();
