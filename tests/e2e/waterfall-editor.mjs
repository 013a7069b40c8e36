// The order of recoupment, built, read and changed by mouse and keyboard: taken from a template, reordered with keys and
// by dragging, put side by side, opened by a condition, undone; what is in use stays and says why. Without an
// accessibility violation in any theme, usable on a phone, and with two hundred tiers.
//
//   RECOUP=…/recoup node tests/e2e/waterfall-editor.mjs
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
  await ask(page, 'POST', '/samples/dragons-quest', {});
  await open(page);
  const list = page.getByRole('region', { name: 'Order of recoupment' });
  const line = (tier) => list.locator(`[data-tier-name="${tier}"]`);
  const before = await order(page);

  await check('every term is read back as a sentence', async () => {
    const row = list.locator('[data-tier="equity-premium"]');
    await comes(async () => assert.match(await row.textContent(), /until a premium of 25.% on what was put in under .*9,000,000\) is paid/));
    await comes(async () => assert.match(await row.textContent(), /paid out/));
  });
  await check('a tier moves by keyboard and keeps the keys', async () => {
    await line('gap-loan').focus();
    await page.keyboard.press('Alt+ArrowDown');
    await until(async () => (await order(page)).indexOf('gap-loan') === before.indexOf('gap-loan') + 1);
    await until(async () => (await focused(page)) === 'gap-loan');
    await until(async () => /is now number 6/.test(await list.getByRole('status').textContent()));
  });
  await check('it stands beside the one above, and alone again', async () => {
    await page.keyboard.press('Alt+ArrowRight');
    await until(async () => (await order(page)).includes('mezzanine-loan-together'));
    await until(async () => (await focused(page)) === 'gap-loan');
    const { takes } = (await plan(page)).tiers.find(({ id }) => id === 'mezzanine-loan-together');
    assert.equal(takes.split, 'outstanding');
    await page.keyboard.press('Alt+ArrowLeft');
    await until(async () => (await order(page)).includes('gap-loan'));
  });
  await check('every change is one step back', async () => {
    await line('gap-loan').focus();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('Control+z');
    await until(async () => (await order(page)).join() === before.join());
  });
  await check('a tier is dragged to another place', async () => {
    const grip = list.locator('[data-tier="equity-premium"] .plan-grip');
    const target = list.locator('[data-tier="producer-deferral-claim"]');
    await target.scrollIntoViewIfNeeded();
    const [from, to] = [await grip.boundingBox(), await target.boundingBox()];
    await page.mouse.move(from.x + 5, from.y + 5);
    await page.mouse.down();
    await page.mouse.move(to.x + 80, to.y + to.height / 2, { steps: 4 });
    await page.mouse.move(to.x + 80, to.y + to.height - 4, { steps: 3 });
    await page.mouse.up();
    await until(async () => (await order(page)).indexOf('equity-premium') === before.indexOf('equity-premium') + 1);
    await page.keyboard.press('Control+z');
    await until(async () => (await order(page)).join() === before.join());
  });
  await check('what is spoken of stays and says where', async () => {
    await line('credit-loan-balance').focus();
    await page.keyboard.press('Delete');
    const dialog = page.getByRole('dialog', { name: /is spoken of elsewhere/ });
    await dialog.getByRole('button', { name: 'Residuals reserve' }).waitFor();
    await page.keyboard.press('Escape');
    await comes(async () => assert.deepEqual(await order(page), before));
  });
  await check('a condition is set with the keyboard and said in words', async () => {
    await line('equity-premium').focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: /^Terms of/ });
    await dialog.getByRole('button', { name: 'Add a condition' }).press('Enter');
    const amount = dialog.getByRole('group', { name: 'Conditions' }).getByRole('textbox', { name: 'Amount' });
    await amount.fill('5000000');
    await dialog.getByText('USD 5,000,000', { exact: true }).waitFor();
    await amount.press('Enter');
    await dialog.locator('blockquote').getByText(/once worldwide receipts reach USD.5,000,000/).waitFor();
    const violating = await violations(page, '[role=dialog]');
    assert.deepEqual(violating, []);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await until(async () => !JSON.stringify(await plan(page)).includes('"while"'));
  });
  await check('a usual order takes the place of the present one and is taken back', async () => {
    await list.getByRole('button', { name: 'Add a tier' }).press('Enter');
    await page.getByRole('menuitem', { name: 'From a template…' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Start from a usual order' });
    await dialog.getByRole('region', { name: 'What it comes to' }).getByText('Residuals reserve').waitFor();
    await comes(async () => assert.deepEqual(await violations(page, '[role=dialog]'), []));
    await dialog.getByRole('button', { name: 'Replace the order' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await until(async () => (await order(page)).includes('net-profits') && (await order(page)).includes('equity-premium'));
    await comes(async () => assert.notDeepEqual(await order(page), before));
    await page.keyboard.press('Control+z');
    await until(async () => (await order(page)).join() === before.join());
  });
  for (const theme of ['light', 'dark', 'contrast']) {
    await check(`${theme}: the order is accessible`, async () => {
      await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
      await comes(async () => assert.deepEqual(await violations(page, '.plan'), []));
    });
  }
  await check('two hundred tiers are searched and moved', async () => {
    await replace(page, long(200));
    await open(page);
    await list.getByRole('searchbox').fill('claim 150');
    await until(async () => (await list.locator('[data-tier]').count()) === 1);
    await list.getByRole('searchbox').fill('');
    await line('claim-3').focus();
    const began = Date.now();
    await page.keyboard.press('Alt+ArrowDown');
    await until(async () => (await focused(page)) === 'claim-3' && (await order(page))[3] === 'claim-3');
    console.log(`        moved among 200 tiers in ${Date.now() - began} ms`);
  });
  await check('on a phone nothing scrolls sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    // The page takes a moment to lie as the narrow window wants it.
    await until(async () => (await list.evaluate((box) => box.scrollWidth - box.clientWidth)) <= 0);
  });
} finally {
  await browser.close();
  server.stop();
  close();
}

/** The page of the waterfall, read anew: another document knows of no deal yet. */
async function open(page) {
  await page.goto('about:blank');
  await page.goto(new URL('/#/waterfall', server.address).href);
  await settled(page);
  await page.locator('[data-tier-name]').first().waitFor();
}

function long(count) {
  const tiers = Array.from({ length: count }, (_, at) => ({
    id: `claim-${at + 1}`,
    label: `Claim ${at + 1}`,
    takes: { kind: 'share', payee: 'producer', rate: '0.001' },
    ...(at + 1 < count ? { then: `claim-${at + 2}` } : {}),
  }));
  return { sources: [{ id: 'collections', enters: 'claim-1', receives_others: true }], tiers, residual: 'producer' };
}

async function replace(page, value) {
  const { deal, revision } = await view(page);
  await ask(page, 'PATCH', `/deals/${deal}`, { deal, revision, path: 'recoupment', value });
}

async function violations(page, scope) {
  return page.evaluate(`${axe}; axe.run(document.querySelector('${scope}'), { resultTypes: ['violations'] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ' | ' + html.slice(0, 160))))`);
}

async function ask(page, method, path, body) {
  return page.evaluate(
    async ([method, path, body]) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`/api/v1${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
      return answer.json();
    },
    [method, path, body],
  );
}

async function view(page) {
  const { deals } = await ask(page, 'GET', '/deals');
  return ask(page, 'GET', `/deals/${deals.at(-1).deal}`);
}

async function plan(page) {
  return (await view(page)).document.recoupment;
}

async function order(page) {
  return (await plan(page)).tiers.map(({ id }) => id);
}

async function focused(page) {
  return page.evaluate(() => document.activeElement?.getAttribute('data-tier-name') ?? null);
}
