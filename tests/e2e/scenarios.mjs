// Scenarios in Chromium: five usual shapes stand beside the deal with what each is worth; every figure answers why; heads
// sort; another reader brings another order; the frontier is walked with keys; a shape of one's own is made; a deal is
// taken over as one revision and given back; without an accessibility violation in any theme, and usable on a phone.
//
//   RECOUP=…/recoup node tests/e2e/scenarios.mjs
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
  await page.goto(new URL('/#/scenarios', server.address).href);
  const rows = page.locator('tr[data-scenario]');
  await rows.first().waitFor({ timeout: 120_000 });
  await page.locator('figure.chart .pareto').waitFor({ timeout: 120_000 });
  await settled(page);
  const headline = page.locator('h1');

  await check('five deals stand beside the one there is, with what they are worth', async () => {
    await comes(async () => assert.ok((await rows.count()) >= 3));
    await comes(async () => assert.equal(await page.locator('tr[data-scenario="deal"]').count(), 1));
    await comes(async () => assert.match(await headline.textContent(), /best|better/));
    await comes(async () => assert.ok((await page.locator('td [data-address*=".paths("]').count()) > 5));
  });

  await check('a measure answers why', async () => {
    const figure = page.locator('td button.figure[data-address*=".paths("]').first();
    const address = await figure.getAttribute('data-address');
    await figure.click();
    const panel = page.locator('aside.panel');
    await panel.locator('.derivation-value').waitFor();
    await comes(async () => assert.ok((await panel.textContent()).includes(address)));
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  });

  await check('heads sort, and what is pinned stays above', async () => {
    const first = await keys(page);
    const head = page.locator('th button.scenario-sort', { hasText: 'Deal' });
    await head.focus();
    await page.keyboard.press('Enter');
    await comes(async () => assert.equal(await head.locator('xpath=..').getAttribute('aria-sort'), 'ascending'));
    await page.keyboard.press('Enter');
    await comes(async () => assert.equal(await head.locator('xpath=..').getAttribute('aria-sort'), 'descending'));
    const last = (await keys(page)).at(-1);
    await page.locator(`tr[data-scenario="${last}"] .scenario-pin-button`).focus();
    await page.keyboard.press('Enter');
    await comes(async () => assert.equal((await keys(page))[0], last));
    await page.keyboard.press('Enter');
    await page.locator('th button.scenario-sort', { hasText: 'Rank' }).click();
    await comes(async () => assert.deepEqual(await keys(page), first));
  });

  await check('another reader is told another sentence', async () => {
    const before = await headline.textContent();
    await page.getByRole('radio', { name: 'Lender' }).click();
    await comes(async () => assert.match(await headline.textContent(), /lenders/));
    assert.notEqual(await headline.textContent(), before);
    await comes(async () => assert.equal(await page.locator('.scenario-advice > li').count(), 4));
    await page.getByRole('radio', { name: 'Balanced' }).click();
    await comes(async () => assert.equal(await headline.textContent(), before));
  });

  await check('weights of zero compare nothing, others do', async () => {
    await page.getByRole('button', { name: 'Weights' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    for (const thumb of await dialog.getByRole('slider').all()) {
      await thumb.focus();
      await page.keyboard.press('Home');
    }
    const apply = dialog.getByRole('button', { name: 'Compare by these' });
    await comes(async () => assert.ok(await apply.isDisabled()));
    const equity = dialog.getByRole('slider', { name: 'Equity IRR, P50' });
    await equity.focus();
    await page.keyboard.press('End');
    await apply.click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Weights' }).click();
    await page.getByRole('button', { name: 'Usual weights' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  await check('the plane is walked with arrows, and Enter chooses', async () => {
    const at = page.locator('.pareto-at');
    await at.focus();
    const before = await at.getAttribute('aria-label');
    for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown']) {
      await page.keyboard.press(key);
      if ((await at.getAttribute('aria-label')) !== before) break;
    }
    await comes(async () => assert.notEqual(await at.getAttribute('aria-label'), before));
    const name = (await at.getAttribute('aria-label')).split(',')[0];
    await page.keyboard.press('Enter');
    await comes(async () => assert.equal(await page.locator('tr.selected .scenario-choose').textContent(), name));
    await page.keyboard.press('Space');
    await page.getByText('1 deal marked').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('1 deal marked').waitFor({ state: 'detached' });
  });
  await check('a box around points marks them', async () => {
    const plane = page.locator('.pareto-plane > svg');
    await page.getByRole('button', { name: 'Box', exact: true }).click();
    await plane.scrollIntoViewIfNeeded();
    const box = await plane.boundingBox();
    await page.mouse.move(box.x + 40, box.y + 8);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 6, box.y + box.height - 40, { steps: 4 });
    await page.mouse.up();
    await page.getByText(/deals? marked/).waitFor();
    await page.locator('.pareto-at').focus();
    await page.keyboard.press('Escape');
    await page.getByText(/deals? marked/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Move', exact: true }).click();
  });
  await accessible(page, 'the comparison');

  await check('a deal is taken over as one revision, and given back', async () => {
    const chosen = page.locator('tr[data-scenario]:not([data-scenario="deal"]) .scenario-choose').first();
    await chosen.click();
    await page.locator('.scenario-why').first().waitFor();
    const before = await revision(page);
    await page.getByRole('button', { name: 'Make working copy' }).click();
    await until(async () => (await revision(page)) === before + 1, 60_000);
    await settled(page);
    await page.locator('header').getByRole('button', { name: 'Undo' }).click();
    await until(async () => (await revision(page)) !== before + 1, 60_000);
    await rows.first().waitFor();
    await settled(page);
  });

  await check('a shape of ones own that does not add up is told by how much', async () => {
    await page.getByRole('button', { name: 'Generate' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'A shape of your own' }).click();
    await dialog.getByRole('spinbutton', { name: 'Equity money' }).fill('5');
    await dialog.getByText('30 points missing', { exact: false }).waitFor();
    await comes(async () => assert.ok(await dialog.getByRole('button', { name: 'Make 6 deals' }).isDisabled()));
    await dialog.getByRole('spinbutton', { name: 'Senior loans' }).fill('20');
    await dialog.getByRole('spinbutton', { name: 'Equity money' }).fill('45');
    await dialog.getByRole('button', { name: 'Make 6 deals' }).click();
    await page.locator('tr[data-scenario^="custom:"]').waitFor({ timeout: 60_000 });
    await settled(page);
  });
  await page.getByRole('button', { name: 'Generate' }).click();
  await page.getByRole('dialog').waitFor();
  await accessible(page, 'the choice of deals');
  await page.keyboard.press('Escape');

  await check('on a phone everything stands in one column', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await settled(page);
    const over = await page.evaluate(() => document.getElementById('page').scrollWidth - window.innerWidth);
    assert.ok(over <= 0, `${over} px over`);
  });
  await accessible(page, 'the comparison on a phone');
} finally {
  await browser.close();
  server.stop();
  close();
}

async function keys(page) {
  return page.locator('tr[data-scenario]').evaluateAll((all) => all.map((row) => row.dataset.scenario));
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
