// Runs in a page, before anything of its own: when each frame of the board came, when the page had changed, when that was
// painted, and which tasks were long. Instants are of the wall clock, so that two pages of a browser can be compared.
export function watchPage() {
  const now = () => performance.timeOrigin + performance.now();
  const bench = { arrived: 0, changes: [], longTasks: [], waiting: null };
  window.bench = bench;

  const { addEventListener } = WebSocket.prototype;
  WebSocket.prototype.addEventListener = function (kind, listener, ...rest) {
    const heard = (event) => {
      if (String(event.data).includes('board.delta')) bench.arrived ||= now();
      listener.call(this, event);
    };
    return addEventListener.call(this, kind, kind === 'message' ? heard : listener, ...rest);
  };

  new MutationObserver((records) => {
    const isPlace = ({ target }) => target.nodeType === 1 && target.matches('[data-look], [data-look] *');
    if (
      !bench.arrived ||
      !records.some(({ target, type }) =>
        isPlace(type === 'characterData' ? { target: target.parentNode } : { target }),
      )
    )
      return;
    const change = { arrived: bench.arrived, changed: now() };
    bench.arrived = 0;
    // After the frame in which it is shown.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        change.painted = now();
        bench.changes.push(change);
        bench.waiting?.(change);
      };
      port2.postMessage(0);
    });
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });

  new PerformanceObserver((list) => bench.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe(
    {
      entryTypes: ['longtask'],
    },
  );

  bench.next = () => new Promise((resolve) => (bench.waiting = resolve));
  window.addEventListener('click', () => (bench.tapped = now()), true);
}
