// The waterfall in Chromium: quarters scrubbed and played by keyboard, streams asked why, the plan searched as a
// graph, views switched; without an accessibility violation in any theme, and usable on a phone.
//
//   RECOUP=…/recoup node tests/e2e/waterfall.mjs
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
  await page.goto(new URL('/#/waterfall', server.address).href);
  await page.locator('.flow-view').waitFor();
  await settled(page);

  const slider = page.getByRole('slider', { name: 'Period' });
  const headline = page.locator('h1');
  await check('the keys of the line of time step through the quarters, and the headline follows', async () => {
    await slider.focus();
    await page.keyboard.press('Home');
    await until(async () => (await slider.getAttribute('aria-valuenow')) === '1');
    const first = await headline.textContent();
    const paid = await total(page, 'Paid');
    for (let at = 0; at < 3; at++) await page.keyboard.press('ArrowRight');
    await until(async () => (await slider.getAttribute('aria-valuenow')) === '4');
    await comes(async () => assert.notEqual(await headline.textContent(), first));
    await comes(async () => assert.notEqual(await total(page, 'Paid'), paid));
    await page.keyboard.press('End');
    await until(async () => /every fixed claim is paid/.test(await headline.textContent()));
  });
  await check('a blank plays the quarters and stops them', async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Stop playing' }).waitFor();
    await until(async () => Number(await slider.getAttribute('aria-valuenow')) > 2);
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Play the periods' }).waitFor();
    await page.keyboard.press('End');
  });
  await check('what is held grows and is given back: received is paid and held in every quarter', async () => {
    const last = Number(await slider.getAttribute('aria-valuemax'));
    await page.keyboard.press('Home');
    for (let at = 1; at <= last; at++) {
      await until(async () => Number(await slider.getAttribute('aria-valuenow')) === at);
      const [received, paid, held] = await Promise.all(['Received', 'Paid', 'Held'].map((word) => total(page, word)));
      assert.ok(Math.abs(received - paid - held) <= 1, `${received} is not ${paid} and ${held}`);
      await page.keyboard.press('ArrowRight');
    }
  });
  await check('arrows follow the money from a tier to a person, and Enter opens why', async () => {
    await page.locator('[data-station-mark="tier:gap-loan"]').focus();
    await page.keyboard.press('ArrowRight');
    await comes(async () => assert.match(await focused(page), /Gap loan.* to Gap lender/));
    await page.locator('.flow-card').getByText('Gap lender').first().waitFor();
    await page.keyboard.press('Enter');
    const panel = page.locator('aside.panel');
    await panel.locator('.derivation-value').waitFor();
    await comes(async () => assert.match(await panel.textContent(), /flow\(\d{4}-\d{2}\)\.tier:gap-loan>party:gap-lender/));
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  });
  await check('what is told together is told apart on request', async () => {
    const before = await page.locator('[data-station-mark]').count();
    await page.getByRole('button', { name: /^Open Other sources/ }).click();
    await until(async () => (await page.locator('[data-station-mark]').count()) > before + 5);
    await page.getByRole('button', { name: 'Close what is opened' }).click();
    await until(async () => (await page.locator('[data-station-mark]').count()) === before);
  });
  await accessible(page, 'the flow');

  await check('the view is part of the address, and the graph finds a payee', async () => {
    await page.getByRole('radio', { name: 'Graph' }).click();
    await page.locator('.plan-graph').waitFor();
    assert.match(page.url(), /view=graph/);
    await page.locator('[data-plan="equity-principal"]').focus();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('mezzanine kicker');
    await until(async () => (await page.locator('.plan-found[data-plan]').count()) === 1);
    await comes(async () => assert.match(await page.locator('.plan-found[data-plan]').textContent(), /Mezzanine kicker/i));
    await page.keyboard.press('Escape');
  });
  await check('arrows walk the plan and a blank closes a group', async () => {
    await page.locator('[data-plan="producer-deferral-claim"]').focus();
    await page.keyboard.press('ArrowDown');
    await comes(async () => assert.match(await focused(page), /^Net profits/));
    const before = await page.locator('[data-plan]').count();
    await page.keyboard.press(' ');
    await until(async () => (await page.locator('[data-plan]').count()) < before);
    await page.keyboard.press(' ');
    await until(async () => (await page.locator('[data-plan]').count()) === before);
  });
  await accessible(page, 'the graph');

  await check('the palette leads to a tier in the graph', async () => {
    await page.getByRole('radio', { name: 'Flow' }).click();
    await page.locator('.flow-view').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Mezzanine kicker');
    await page.getByRole('option', { name: /Mezzanine kicker/ }).first().click();
    await page.locator('.plan-found[data-plan="profit-mezzanine"], .plan-found').first().waitFor();
    assert.match(page.url(), /view=graph/);
  });
  await check('on a phone the way to the account and the way from it stand under each other', async () => {
    await page.getByRole('radio', { name: 'Flow' }).click();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator('.flow-view').waitFor();
    await settled(page);
    await comes(async () => assert.equal(await page.locator('[data-station-mark="account"]').count(), 2));
    const over = await page.evaluate(() => document.getElementById('page').scrollWidth - window.innerWidth);
    assert.ok(over <= 0, `${over} px over`);
  });
  await accessible(page, 'the flow on a phone');
} finally {
  await browser.close();
  server.stop();
  close();
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

/** A sum under the drawing; a dash is nothing. */
async function total(page, word) {
  const text = await page.locator('.flow-sums > div', { hasText: word }).locator('dd').textContent();
  return Number(text.replace(/[^\d]/g, '') || '0');
}

async function focused(page) {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
}
