// Risk in Chromium: the page opens with numbers, a handle that is dragged moves the returns without an edit and becomes
// one revision when it is let go, a bar of the tornado opens its input, a path is run again; without an accessibility
// violation in any theme, and usable on a phone. Printed: how long a picture takes from the pointer's move to the frame.
//
//   RECOUP=…/recoup node tests/e2e/risk.mjs
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { check, close, comes, until } from './checks.mjs';
import { launch, serve, settled } from './served-page.mjs';

const axe = readFileSync(new URL('../../ui/node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const server = await serve();
const browser = await launch();
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(server.address);
  await page.evaluate(() =>
    fetch('/api/v1/samples/dragons-quest', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    }),
  );
  await page.goto('about:blank');
  await page.goto(new URL('/#/risk', server.address).href);
  await page.locator('.risk-gain').first().waitFor({ timeout: 60_000 });
  await settled(page);

  const headline = page.locator('h1');
  const histogram = page.locator('figure.chart').filter({ has: page.locator('.risk-gain, .risk-loss') }).first();
  await check('the page opens with a sentence, percentiles and chances', async () => {
    await comes(async () => assert.match(await headline.textContent(), /made whole|a year or more/));
    const marked = await histogram.locator('.risk-percentile').allTextContents();
    assert.equal(marked.length, 5);
    for (const mark of marked) assert.match(mark, /^P\d+\(?[\d.,]+\)?$/);
    await comes(async () => assert.ok((await page.locator('.chance-track').count()) > 0));
    await page.locator('.tornado-row').first().waitFor();
  });

  const handle = page.locator('[data-driver="box-office"] [data-handle="mode"]');
  await check('a handle that is dragged moves the median, and nothing is saved while it is held', async () => {
    const before = { median: await median(histogram), revision: await revision(page) };
    const box = await handle.locator('.distribution-dot').boundingBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let step = 1; step <= 12; step++) await page.mouse.move(x + step * 4, y);
    await until(async () => (await median(histogram)) !== before.median);
    await comes(async () => assert.equal(await revision(page), before.revision));
    await page.mouse.up();
    await until(async () => (await revision(page)) === before.revision + 1);
    await settled(page);
    await comes(async () => assert.notEqual(await median(histogram), before.median));
    await page.getByRole('button', { name: 'Undo' }).click();
    await until(async () => (await median(histogram)) === before.median);
  });
  await check('Escape while it is held gives the number back', async () => {
    const before = { text: await handle.getAttribute('aria-valuetext'), revision: await revision(page) };
    await handle.focus();
    await page.keyboard.press('PageUp');
    await until(async () => (await handle.getAttribute('aria-valuetext')) !== before.text);
    await page.keyboard.press('Escape');
    await until(async () => (await handle.getAttribute('aria-valuetext')) === before.text);
    await comes(async () => assert.equal(await revision(page), before.revision));
  });
  await check('arrow keys move a handle, and Enter keeps it', async () => {
    const before = await revision(page);
    await handle.focus();
    for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await until(async () => (await revision(page)) > before);
    await settled(page);
  });
  await check('once the hand rests more paths are run', async () => {
    await until(async () => /100,\d{3} paths|10\d,\d{3} paths/.test(await page.locator('.risk-how').textContent()), 120_000);
  });
  await check('a percentile answers why', async () => {
    const figure = page.locator('.risk-line-item button.figure').first();
    const address = await figure.getAttribute('data-address');
    await figure.click();
    const panel = page.locator('aside.panel');
    await panel.locator('.derivation-value').waitFor();
    await comes(async () => assert.ok((await panel.textContent()).includes(address)));
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  });
  await check('a bar of the tornado opens its input', async () => {
    const bar = page.locator('figure.chart [data-mark]', { has: page.locator('.tornado-row') }).first();
    await bar.focus();
    await page.keyboard.press('Enter');
    await page.locator('.risk-driver-chosen .risk-form').waitFor();
    await page.locator('.risk-driver-chosen .risk-driver-name').click();
  });
  await accessible(page, 'the outlook');

  await check('two numbers move together, and the matrix says so', async () => {
    await page.getByRole('radio', { name: 'Correlations' }).click();
    const before = await revision(page);
    const cell = page.locator('.chart [data-mark][data-path^="risk.correlations"]').first();
    await cell.focus();
    for (let step = 0; step < 10; step++) await page.keyboard.press('+');
    await until(async () => (await revision(page)) === before + 1);
    await comes(async () => assert.match(await cell.getAttribute('aria-label'), /0\.50$/));
  });
  await accessible(page, 'the correlations');

  await check('what explains the uncertainty is drawn, and two inputs at once', async () => {
    await page.getByRole('radio', { name: 'Sensitivity' }).click();
    await page.locator('.index-total').first().waitFor({ timeout: 60_000 });
    await page.locator('[class^="mark-shape heat-"]').first().waitFor({ timeout: 60_000 });
    await page.locator('.spider-line').first().waitFor();
  });
  await accessible(page, 'the sensitivity');

  await check('a path behind a bar is run again exactly', async () => {
    await page.getByRole('radio', { name: 'Paths' }).click();
    await page.locator('.risk-sample').first().waitFor();
    await page.locator('.risk-replay tbody tr').first().waitFor({ timeout: 60_000 });
    await comes(async () => assert.match(await page.locator('main').textContent(), /Path [\d,]+, run again exactly/));
  });
  await accessible(page, 'a path');

  await check('a picture follows the hand', async () => {
    await page.getByRole('radio', { name: 'Outlook' }).click();
    await page.locator('.risk-gain').first().waitFor();
    await settled(page);
    const times = await dragged(page, handle);
    const middle = times[Math.floor(times.length / 2)];
    const worst = times[Math.floor(times.length * 0.9)];
    console.log(`        ${times.length} pictures, from the move to the frame: median ${middle} ms, nine of ten within ${worst} ms`);
    assert.ok(times.length >= 10, `${times.length} pictures`);
  });

  await check('on a phone everything stands in one column', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await settled(page);
    const over = await page.evaluate(() => document.getElementById('page').scrollWidth - window.innerWidth);
    assert.ok(over <= 0, `${over} px over`);
    await comes(async () => assert.ok(await handle.isVisible()));
  });
  await accessible(page, 'the outlook on a phone');
} finally {
  await browser.close();
  server.stop();
  close();
}

/**
 * Milliseconds from a move of the pointer until the frame is painted in which the histogram reads otherwise, in order. Moves
 * come from outside as a hand's do; the page notes when each was dispatched and when the drawing had changed.
 */
async function dragged(page, handle) {
  const box = await handle.locator('.distribution-dot').boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(() => {
    const marks = () => [...document.querySelectorAll('.risk-percentile, .risk-gain, .risk-loss')].map((one) => one.outerHTML).join();
    const times = [];
    let moved = null;
    let last = marks();
    window.addEventListener('pointermove', (event) => (moved ??= event.timeStamp), true);
    const look = () => {
      const now = marks();
      if (now !== last && moved !== null) {
        const since = moved;
        // What is seen before a frame is painted is in that frame; a message is read right after it is painted.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => times.push(performance.now() - since);
        port2.postMessage(null);
        moved = null;
      }
      last = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    window.pictures = times;
  });
  for (let step = 0; step < 60; step++) {
    await page.mouse.move(x + 40 * Math.sin(step / 5), y);
    await new Promise((later) => setTimeout(later, 120));
  }
  await page.keyboard.press('Escape');
  await page.mouse.up();
  const times = await page.evaluate(() => window.pictures);
  return times.map((time) => Math.round(time)).sort((a, b) => a - b);
}

async function median(histogram) {
  return histogram.locator('.risk-percentile').nth(2).textContent();
}

async function revision(page) {
  return Number((await page.locator('.topbar-revision').textContent()).replace(/[^\d]/g, ''));
}

async function accessible(page, what) {
  for (const theme of ['light', 'dark', 'contrast']) {
    await check(`${theme}: ${what} is accessible`, async () => {
      await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
      await settled(page);
      await comes(async () => assert.deepEqual(await violations(page), []));
    });
  }
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'));
}

async function violations(page) {
  return page.evaluate(`${axe}; axe.run(document, { resultTypes: ['violations'] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ' | ' + html.slice(0, 200))))`);
}
