// The rule of the time budget in the chart of curves: seen, dragged, moved by keys.

function budgetRule(picture, x, box, grid) {
  const line = svg('line', { y1: box.y0, y2: box.y1, stroke: 'var(--accent)', 'stroke-width': 2 });
  const grip = svg('path', { d: `M-6,${box.y1 + 9}L0,${box.y1}L6,${box.y1 + 9}Z`, fill: 'var(--accent)' });
  const handle = svg('g', { class: 'hit budget', role: 'slider', tabindex: '0', 'data-key': 'curves-budget', 'aria-label': 'Time budget', 'aria-valuemin': 0, 'aria-valuemax': Math.max(0, grid.length - 1) },
    svg('rect', { x: -10, width: 20, y: box.y0, height: box.y1 - box.y0 + 10, fill: 'transparent' }), line, grip);
  const probe = svg('line', { y1: box.y0, y2: box.y1, stroke: 'var(--ink-soft)', 'stroke-width': 0.75, 'stroke-dasharray': '2 2', visibility: 'hidden', 'aria-hidden': 'true' });
  const field = svg('rect', { class: 'field', x: box.x0, y: box.y0, width: Math.max(0, box.x1 - box.x0), height: box.y1 - box.y0 + 22, fill: 'transparent', 'aria-hidden': 'true' });
  picture.append(probe, field, handle);
  const last = grid.length - 1;
  const choose = (g) => view.set({ T: g >= last ? null : grid[Math.max(0, g)] });

  const move = (view) => {
    const at = Math.max(box.x0, Math.min(box.x1, x(view.T)));
    handle.setAttribute('transform', `translate(${at},0)`);
    handle.setAttribute('aria-valuenow', view.t);
    handle.setAttribute('aria-valuetext', view.whole ? 'the whole limit' : duration(view.T));
  };

  /** The budget nearest to a place on the screen. */
  const nearest = (clientX) => {
    const bounds = picture.getBoundingClientRect();
    const at = (clientX - bounds.left) * (picture.viewBox.baseVal.width / bounds.width);
    let best = 0;
    grid.forEach((s, g) => { if (Math.abs(x(s) - at) < Math.abs(x(grid[best]) - at)) best = g; });
    return best;
  };

  const answer = (parts, series) => {
    const lines = (g) => [`Within ${duration(grid[g])}`, ...series
      .map((it) => ({ i: it.i, a: view.contender(it.i).curve.accuracy[g] })).filter((it) => known(it.a))
      .sort((a, b) => b.a - a.a).slice(0, 12).map((it) => `${percent(it.a)}  ${shorten(view.contender(it.i).name, 40)}`)];
    const peek = (event) => {
      const g = nearest(event.clientX), at = x(grid[g]);
      probe.setAttribute('x1', at);
      probe.setAttribute('x2', at);
      probe.setAttribute('visibility', 'visible');
      showTip(parts, probe, lines(g));
    };
    const drag = (event) => { choose(nearest(event.clientX)); peek(event); };
    const release = () => { removeEventListener('pointermove', drag); removeEventListener('pointerup', release); removeEventListener('pointercancel', release); };
    const press = (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      drag(event);
      // On the window: the drawing may be put back in place meanwhile, which would end a capture.
      addEventListener('pointermove', drag);
      addEventListener('pointerup', release);
      addEventListener('pointercancel', release);
    };
    for (const it of [field, handle]) {
      it.addEventListener('pointerdown', press);
      it.addEventListener('pointermove', peek);
      it.addEventListener('pointerleave', () => { probe.setAttribute('visibility', 'hidden'); parts.tip.hidden = true; });
    }
    handle.addEventListener('focus', () => { if (handle.matches(':focus-visible')) showTip(parts, line, lines(view.t)); });
    handle.addEventListener('blur', () => { parts.tip.hidden = true; });
    handle.addEventListener('keydown', (event) => {
      const g = { ArrowRight: view.t + 1, ArrowUp: view.t + 1, ArrowLeft: view.t - 1, ArrowDown: view.t - 1, PageUp: view.t + 8, PageDown: view.t - 8, Home: 0, End: last }[event.key];
      if (g === undefined) return;
      event.preventDefault();
      choose(Math.min(last, Math.max(0, g)));
      afterDraw(() => showTip(parts, line, lines(view.t)));
    });
  };
  return { move, answer };
}

/** Says where the lead changes beyond chance, or that it does not. */
function curvesTitle(view) {
  if (view.shown.length === 1) return `How much ${chartName(view.shown[0])} solves within a time`;
  const sure = turns(view).filter((it) => it.sure);
  if (sure.length) return turnWords(sure[0], 30) + (sure.length > 1 ? `; ${plural(sure.length - 1, 'more such change')}` : '');
  if (!view.shown.some((i) => view.contender(i).curve.lo?.some(known))) return 'How much is solved within a time; too few tasks to say who leads';
  const leads = (view.section.pairs ?? []).filter((it) => view.shown.includes(it.a) && view.shown.includes(it.b) && it.leads?.length);
  if (!leads.length) return 'At no time budget does one contender lead another beyond chance';
  return leads.length === 1
    ? `${chartName(leads[0].leads[0].a ? leads[0].a : leads[0].b)} leads ${chartName(leads[0].leads[0].a ? leads[0].b : leads[0].a)} beyond chance from ${duration(leads[0].leads[0].from)} to ${duration(leads[0].leads[0].to)}`
    : 'Who solves most depends on little but the contender: no lead changes beyond chance';
}

charts.push({
  id: 'curves', on: ['set', 'T', 'q', 'mark', 'zoom', 'vs', 'pick'],
  available: (view) => view.section.grid.length > 1 && view.shown.some((i) => view.contender(i).curve?.accuracy?.some(known)),
  title: curvesTitle, draw: drawCurves,
  caption(view) {
    const { grid } = view.section, end = curvesEnd(view, view.shown);
    const bands = banded(view), all = bands.length === view.shown.length;
    const some = bands.some((i) => view.contender(i).curve.lo?.some(known));
    return [
      end < grid.at(-1) ? `Each line rises when a trial is solved. Drawn up to ${duration(end)}, as nothing changes from there to the limit of ${duration(grid.at(-1))}.` : 'Each line rises when a trial is solved; where it ends, the time limit does.',
      some ? `Bands: 95 % at each time alone${all ? '' : `, drawn for ${listed(bands.map((i) => chartName(i)))} only`}.` : 'There are too few tasks for bands.',
      'A named change of the lead is one where both were ahead beyond chance; a thin mark is a change that chance explains.',
    ].join(' ');
  },
  table(view) {
    const { grid } = view.section, ids = view.order.filter((i) => view.shown.includes(i));
    return {
      columns: [{ name: 'Time budget', numeric: true }, ...ids.map((i) => ({ name: shorten(view.contender(i).name, 40), numeric: true }))],
      rows: grid.map((s, g) => [duration(s), ...ids.map((i) => {
        const k = view.contender(i).curve;
        return percent(k.accuracy[g]) + (known(k.lo?.[g]) ? ` (${interval(k.lo[g], k.hi[g])})` : '');
      })]),
    };
  },
});
