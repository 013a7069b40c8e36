// How long an edit takes to reach the screen, measured in the page itself: from the key that commits it to the end of
// the frame that shows the changed figure. The texts are run in the page by whatever drives it.

export const CELL = 'main [data-path^="instruments["][data-path$="].amount.fixed"]';
export const FIGURE = 'main [data-address="closing.sources_cash"]';
export const EDITS = 20;

/** Watches for the next Enter and for the figure to follow it; `awaitEdit` returns the milliseconds between. */
export const armEdit = `
  const before = document.querySelector(${JSON.stringify(FIGURE)}).textContent;
  window.recoupEdit = new Promise((done) => {
    let start;
    const key = (event) => {
      if (event.key !== 'Enter') return;
      start = performance.now();
      removeEventListener('keydown', key, true);
    };
    addEventListener('keydown', key, true);
    const watch = new MutationObserver(() => {
      const figure = document.querySelector(${JSON.stringify(FIGURE)});
      if (start === undefined || !figure || figure.textContent === before) return;
      watch.disconnect();
      requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => done(performance.now() - start);
        painted.port2.postMessage(null);
      });
    });
    watch.observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true });
  });`;

export const awaitEdit = `return Promise.race([window.recoupEdit,
  new Promise((_, late) => setTimeout(() => late(new Error('the figure did not follow')), 10000))]);`;

/** The amount typed at each turn: always another one, so that the figure always changes. */
export const amountAt = (turn) => String(4_000_000 + 1_000 * turn);

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** One line: the median, the slowest, and the ratio to what is aimed at. */
export function report(name, values, aim, unit = 'ms') {
  const [middle, worst] = [median(values), Math.max(...values)];
  const ratio = aim ? `  ${(middle / aim).toFixed(2)} of what is aimed at` : '';
  console.log(`${middle.toFixed(1).padStart(8)} ${unit}  (most ${worst.toFixed(1)}, n ${values.length})${ratio}  ${name}`);
}
