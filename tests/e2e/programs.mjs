// The library of programs and the editor of one's own, as a producer walks through them: look a program up, run an
// example, copy it, change a rate, watch the line, save, claim, find it in the deal, take it back.
//
//   RECOUP=…/recoup node tests/e2e/programs.mjs        RECOUP_ADDRESS=http://… for a server that runs already
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { check, close, comes } from './checks.mjs';
import { launch, openSample, serve, settled } from './served-page.mjs';

const axe = readFileSync(new URL('../../ui/node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const PROGRAM = 'ca-qc-qpstc';
const LARGEST = 5 * 1024 * 1024;

const server = await serve();
const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en', reducedMotion: 'reduce' });
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(server.address);
  await settled(page);
  await openSample(page);
  await library(page);
  await examples(page);
  await editor(page);
  await files(page);
  await check('no page reported an error', () => assert.deepEqual(problems, []));
} finally {
  await browser.close();
  server.stop();
  close();
}

async function go(page, hash) {
  await page.evaluate((to) => (location.hash = to), hash);
  await settled(page);
}

function rows(page) {
  return page.locator('.program-row').count();
}

function chosen(page) {
  return page.locator('.program-row[aria-selected=true] .program-row-name').innerText();
}

function toast(page, text) {
  return page.locator('.toast').filter({ hasText: text }).first();
}

async function library(page) {
  await go(page, '#/programs');
  const all = await rows(page);
  await check('the library lists every program', () => assert.ok(all >= 100, String(all)));
  await check('`/` goes to the search, which narrows as one types and stands in the address', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('quebec');
    await page.waitForFunction((before) => document.querySelectorAll('.program-row').length < before, all);
    assert.match(page.url(), /q=quebec/);
    await comes(async () => assert.ok((await rows(page)) >= 2));
  });
  await check('arrows lead from the search into the list, and the sheet follows', async () => {
    await page.keyboard.press('ArrowDown');
    const first = await chosen(page);
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(
      (before) => document.querySelector('.program-row[aria-selected=true] .program-row-name').textContent !== before,
      first,
    );
    await settled(page);
    await comes(async () => assert.equal(await page.locator('.program-sheet h2').innerText(), await chosen(page)));
  });
  await check('a reload finds the same list', async () => {
    const before = await rows(page);
    await page.reload();
    await settled(page);
    await comes(async () => assert.equal(await rows(page), before));
  });
  await check('an empty list says what to do, and all comes back', async () => {
    await page.locator('.library-search input').fill('no such program');
    await page.locator('main .state').getByRole('button').click();
    await page.waitForFunction((count) => document.querySelectorAll('.program-row').length === count, all);
  });
}

async function examples(page) {
  await go(page, `#/programs?program=${PROGRAM}&tab=examples`);
  await check('a worked example runs, and comes out equal to the last digit', async () => {
    await page.locator('.example-row').first().click();
    await page.locator('.example-run .badge-pass').first().waitFor();
    await comes(async () => assert.equal(await page.locator('.example-run .differs').count(), 0));
    await comes(async () => assert.ok((await page.locator('.example-run .run-line').count()) > 5));
  });
  await check('with another input every line is computed again', async () => {
    await page.locator('.example-run > .button').click();
    const answer = page.locator('.example-run [data-result=payable]');
    await answer.waitFor();
    const before = await answer.innerText();
    const input = page.locator('.example-run [data-input=other_labour]');
    await input.fill('900,000');
    await page.waitForFunction(
      (was) => document.querySelector('.example-run [data-result=payable]').textContent !== was,
      before,
    );
    await input.fill('many');
    await page.locator('.example-run .field-wrong').waitFor();
  });
}

async function editor(page) {
  await go(page, `#/programs?program=${PROGRAM}`);
  const credit = page.locator('.live [data-line=credit] .run-value');
  await check('a copy of a program opens in the editor, with the lines of the open deal beside it', async () => {
    await page.getByRole('button', { name: 'Copy and edit' }).click();
    await credit.waitFor();
    await comes(async () => assert.match(await page.locator('.editor-state').innerText(), /own, unverified/));
  });
  await check('every part of the form is accessible, and none scrolls sideways', async () => {
    for (const tab of await page.locator('.editor-tiles [role=tab]').all()) {
      await tab.click();
      await accessible(page, await tab.innerText());
    }
    await page.getByRole('tab', { name: /^Numbers/ }).click();
  });
  await check('a changed rate changes the credit, and the line says what it was', async () => {
    const before = (await credit.innerText()).trim();
    await page.locator('[data-field="constants[base_rate].value"]').fill('35');
    await page.locator('.live [data-line=credit][data-changed=true] del').waitFor();
    await comes(async () => assert.ok((await credit.innerText()).includes(before)));
  });
  await check('undo takes it back, redo brings it again', async () => {
    await page.keyboard.press('Control+z');
    await page.waitForFunction(() => !document.querySelector('.live [data-changed=true]'));
    await page.keyboard.press('Control+Shift+z');
    await page.locator('.live [data-line=credit][data-changed=true]').waitFor();
  });
  await check('a formula that does not read is told at its place, and the fault leads there', async () => {
    await page.getByRole('tab', { name: /^Lines/ }).click();
    const formula = page.locator('[data-field="lines[credit].formula"]');
    const text = await formula.inputValue();
    await formula.fill(`${text} +`);
    const fault = page.locator('.fault-button').first();
    await fault.waitFor();
    await comes(async () => assert.ok(await page.locator('[data-action=save]').isDisabled()));
    await page.getByRole('tab', { name: /^Sources/ }).click();
    await fault.click();
    await page.waitForFunction(() => document.activeElement?.dataset.field === 'lines[credit].formula');
    await formula.fill(text);
    await page.waitForFunction(() => !document.querySelector('.fault-list-wrong'));
  });
  await check('leaving warns; the draft is kept, offered again, and still changed', async () => {
    await page.locator('nav.rail a[href$="#/budget"]').click();
    await page.getByRole('button', { name: 'Keep the draft' }).click();
    await settled(page);
    await go(page, '#/programs');
    await page.locator('.draft-notice').getByRole('button', { name: 'Go on editing' }).click();
    await page.locator('.live [data-line=credit][data-changed=true]').waitFor();
  });
  await check('saved, it is a program of one’s own, and says so', async () => {
    await page.locator('[data-action=save]').click();
    await toast(page, 'saved as version 1').waitFor();
    await page.getByRole('button', { name: 'Add to the deal' }).waitFor();
  });
  await check('claimed, the deal shows it as own and unverified', async () => {
    await page.getByRole('button', { name: 'Add to the deal' }).click();
    await page.waitForFunction(() => location.hash.startsWith('#/incentives'));
    const claims = await call(page, 'GET', `/deals/${await deal(page)}`);
    assert.ok(claims.document.incentives.some(({ program }) => program.startsWith('own')), 'no own claim');
    await page.locator('.program-card').filter({ hasText: 'own program' }).getByText('unverified').waitFor();
  });
  await check('undo takes the claim out of the deal again', async () => {
    await page.locator('.topbar').getByRole('button', { name: 'Undo', exact: true }).click();
    await page.waitForFunction(async () => {
      const { deals } = await (await fetch('/api/v1/deals')).json();
      const view = await (await fetch(`/api/v1/deals/${deals.at(-1).deal}`)).json();
      return !view.document.incentives.some(({ program }) => program.startsWith('own'));
    });
  });
  await check('a second version is kept beside the first, which can come back', async () => {
    await go(page, '#/programs?origin=own');
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await credit.waitFor();
    await page.locator('[data-field="constants[base_rate].value"]').fill('30');
    await page.keyboard.press('Control+s');
    await toast(page, 'saved as version 2').waitFor();
    await page.getByRole('tab', { name: 'Saved', exact: true }).click();
    await page.locator('.version-list li').nth(1).getByRole('button').click();
    await toast(page, 'Version 1 is back').waitFor();
    await page.getByRole('tab', { name: /^Numbers/ }).click();
    await comes(async () => assert.equal(await page.locator('[data-field="constants[base_rate].value"]').inputValue(), '35'));
  });
  await check('deleted after a question, it can be brought back at once', async () => {
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.locator('.dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await toast(page, 'is deleted').getByRole('button').click();
    await go(page, '#/programs?origin=own');
    await page.locator('.program-row').first().waitFor();
  });
}

async function files(page) {
  await go(page, '#/programs');
  const drop = (name, buffer) =>
    page.locator('.page-actions input[type=file]').setInputFiles({ name, mimeType: 'application/json', buffer });
  await check('a file over 5 MB is refused before it is read', async () => {
    await drop('large.json', Buffer.alloc(LARGEST + 1, 32));
    await toast(page, '5 MB at most').waitFor();
  });
  await check('a file that is no text is refused', async () => {
    await drop('bytes.json', Buffer.from([0xff, 0xfe, 0xfd]));
    await toast(page, 'UTF-8').waitFor();
  });
  await check('a file of a program that is there opens as a change of it', async () => {
    const { programs } = await call(page, 'GET', '/own-programs');
    const { text } = await call(page, 'GET', `/own-programs/${programs[0].own}`);
    const changed = JSON.parse(text);
    changed.constants[0].value = '0.5';
    await drop('shared.json', Buffer.from(JSON.stringify(changed)));
    await toast(page, 'is a change of').waitFor();
    await page.waitForFunction(() => document.querySelector('[data-field="constants[base_rate].value"]')?.value === '50');
    await page.locator('[data-action=save]').click();
    await toast(page, 'saved as version').waitFor();
    await go(page, '#/programs');
  });
  await check('a file with faults opens where they can be mended', async () => {
    await drop('half.json', Buffer.from('{"id": "own-half", "short_name": "Half"}'));
    await page.locator('.fault-button').first().waitFor();
    await comes(async () => assert.ok((await page.locator('.fault-button').count()) >= 1));
    await page.locator('nav.rail a[href$="#/programs"]').click();
    await page.getByRole('button', { name: 'Discard them' }).click();
    await settled(page);
    await comes(async () => assert.equal(await page.locator('.draft-notice').count(), 0));
  });
}

async function accessible(page, title) {
  const violations = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => [id, html.slice(0, 160)].join(' | '))))`);
  assert.deepEqual(violations, [], title);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${title}: ${over} px too wide`);
}

async function deal(page) {
  const { deals } = await call(page, 'GET', '/deals');
  return deals.at(-1).deal;
}

function call(page, method, path) {
  return page.evaluate(
    async ([method, path]) => (await fetch(`/api/v1${path}`, { method })).json(),
    [method, path],
  );
}
