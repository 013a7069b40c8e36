// A budget's sheet on its way into a deal: chosen, put right by keyboard, taken as one edit, undone, taken again and
// remembered, written and read back; without an accessibility violation in any theme, and usable on a phone.
//
//   RECOUP=…/recoup node tests/e2e/budget-sheets.mjs
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { check, close, comes, until } from './checks.mjs';
import { launch, serve, settled } from './served-page.mjs';

const axe = readFileSync(new URL('../../ui/node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const SHEET = `Acct#,Category Description,Ireland,Total
1100,Story & rights,,"150,000.00"
4300,Animation,"2,000,000","2,000,000.00"
4600,Music,,tbd
,Contingency,,"200,000"
,Grand Total,,"2,350,000.00"
`;
const file = (text, name = 'top sheet.csv') => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

const server = await serve();
const browser = await launch();
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(server.address);
  await ask(page, 'POST', '/samples/tin-orchard', {});
  // From another document: the page that stands knows of no deal yet and would lead back to the start.
  await page.goto('about:blank');
  await page.goto(new URL('/#/budget', server.address).href);
  await settled(page);

  const dialog = page.getByRole('dialog', { name: 'Import top sheet.csv' });
  await check('a sheet is shown with what is wrong at its cell', async () => {
    await choose(page, SHEET);
    await dialog.getByText('1 cell could not be read').waitFor();
    await dialog.getByRole('button', { name: 'top sheet!D4' }).press('Enter');
    await comes(async () => assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), /tbd/));
    await comes(async () => assert.match(await dialog.getByRole('row', { name: /Grand Total/ }).textContent(), /The sheet’s total/));
  });
  for (const theme of ['light', 'dark', 'contrast']) {
    await check(`${theme}: the sheet is accessible`, async () => {
      await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
      await comes(async () => assert.deepEqual(await violations(page), []));
    });
  }
  await check('it is put right and taken with the keyboard alone', async () => {
    const before = await lines(page);
    const meaning = dialog.getByRole('combobox', { name: 'What column C means' });
    await meaning.focus();
    await meaning.selectOption('ignore');
    const account = dialog.getByRole('combobox', { name: 'Standard account of row 4' });
    await account.focus();
    await account.selectOption('sound');
    const row = dialog.getByRole('checkbox', { name: 'Take row 2 as a line' });
    await row.focus();
    await page.keyboard.press('Space');
    await dialog.getByRole('button', { name: 'Replace with 2 lines' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await comes(async () => assert.deepEqual(await lines(page), ['4300-animation', '4600-music']));
    await page.keyboard.press('Control+z');
    await until(async () => (await lines(page)).join() === before.join());
  });
  await check('the next sheet with this header means the same', async () => {
    await choose(page, `Draft two,,,\n${SHEET}`);
    await dialog.getByText('The columns are as you decided for an earlier sheet with this header.').waitFor();
    await comes(async () => assert.equal(await dialog.getByRole('combobox', { name: 'What column C means' }).inputValue(), 'ignore'));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
  await check('a file that is no sheet says so and changes nothing', async () => {
    await page.getByLabel('A budget as XLSX, XLS, ODS or CSV').setInputFiles(file('%PDF-1.7', 'top sheet.csv'));
    await dialog.getByText(/This is a PDF/).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });
  await check('on a phone nothing scrolls sideways but the table', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await choose(page, SHEET);
    const [over, wide] = await dialog.evaluate((box) => [box.scrollWidth - box.clientWidth, box.clientWidth]);
    assert.ok(over <= 0 && wide <= 390, `${over} px over in ${wide}`);
    await dialog.getByRole('button', { name: /^Replace with/ }).scrollIntoViewIfNeeded();
    await comes(async () => assert.deepEqual(await violations(page), []));
  });
} finally {
  await browser.close();
  server.stop();
  close();
}

async function choose(page, text) {
  await page.getByLabel('A budget as XLSX, XLS, ODS or CSV').setInputFiles(file(text));
  await page.locator('.import-sheet[aria-busy=false] tbody tr').first().waitFor();
}

async function violations(page) {
  return page.evaluate(`${axe}; axe.run(document.querySelector('[role=dialog]'), { resultTypes: ['violations'] })
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

async function lines(page) {
  const { deals } = await ask(page, 'GET', '/deals');
  const view = await ask(page, 'GET', `/deals/${deals.at(-1).deal}`);
  return view.document.budget.lines.map(({ id }) => id);
}
