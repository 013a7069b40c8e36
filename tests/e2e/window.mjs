// The real desktop program in a real window: opened, looked at, photographed, closed.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, close } from './checks.mjs';
import { until, Window } from './webdriver.mjs';

const binary = process.env.RECOUP_DESKTOP;
const pictures = process.env.RECOUP_PICTURES;
mkdirSync(pictures, { recursive: true });

// A home of its own, so that no test reads or writes what belongs to the person running it.
const home = mkdtempSync(join(tmpdir(), 'recoup-window-'));
const env = {
  HOME: home,
  XDG_DATA_HOME: join(home, 'data'),
  XDG_CONFIG_HOME: join(home, 'config'),
  XDG_CACHE_HOME: join(home, 'cache'),
  // No keychain: the one of the person running this is none of the test's business.
  DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere',
};
const PASSPHRASE = 'walrus paints seven lanterns';

let window;
try {
  await check('the window opens', async () => {
    window = await Window.open(binary, env);
  });
  if (window) {
    await check('the first page has its heading', async () => {
      assert.notEqual((await window.text('h1')).trim(), '');
    });
    await check('the product describes itself to the page', async () => {
      const answer = await window.run(
        'return window.__TAURI_INTERNALS__.invoke("describe_product", { request: {} })',
      );
      assert.equal(answer.name, 'Recoup');
    });
    await check('a command without a grant is refused', async () => {
      const answer = await window.run(
        'return window.__TAURI_INTERNALS__.invoke("plugin:window|close").then(() => "closed", (e) => String(e))',
      );
      assert.match(answer, /not allowed/);
    });
    await check('a picture of it shows the page', async () => {
      const path = join(pictures, 'window.png');
      // The page is in the document before it is on the screen; an empty screen compresses to very little.
      await until(async () => {
        await window.screenshot(path);
        return statSync(path).size > 20_000;
      }, 'the page to be painted');
    });
    await check('the sample deal opens', async () => {
      const [explore] = await window.all('button', 'Explore');
      await window.click(explore);
      await window.find('nav a');
      assert.notEqual((await window.text('h1')).trim(), '');
    });
    const pages = await window.run(
      'return [...document.querySelectorAll("nav a[href]")].map((a) => a.getAttribute("href"))',
    );
    await check('the navigation has pages', () => assert.ok(pages.length >= 3, pages.join(', ')));
    // The place of a refusal is there before the refusal.
    const alerts = () =>
      window.run('return [...document.querySelectorAll("[role=alert]")].filter((e) => e.textContent.trim()).length');
    // A page that is still being computed moves its buttons from under a click. What lies far below is drawn when
    // somebody comes near it.
    const waiting =
      'return document.querySelectorAll("main :not([data-later]) > .skeleton, main [aria-busy=true]").length';
    const still = (what = 'the page') =>
      until(async () => (await window.run(waiting)) === 0, `${what} to be computed`, 60_000);
    for (const page of pages) {
      await check(`page ${page} shows itself and no error`, async () => {
        await window.click(await window.find(`nav a[href="${page}"]`));
        await until(async () => (await window.text('main h1, h1')).trim() !== '', `the heading of ${page}`);
        await still(page);
        assert.equal(await alerts(), 0);
        await window.screenshot(join(pictures, `page-${page.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.png`));
      });
    }
    const go = async (page) => {
      const href = pages.find((one) => one.toLowerCase().includes(page));
      await window.click(await window.find(`nav a[href="${href}"]`));
      await until(async () => (await window.run('return location.hash')).includes(page), `the page ${page}`);
      await still();
    };
    const figure = (address) => window.text(`main button.figure[data-address="${address}"]`);
    await check('a figure on the overview opens its derivation', async () => {
      await go('overview');
      await window.click(await window.find('main button.figure[data-address="closing.difference"]'));
      await until(async () => (await window.text('aside.panel')).includes('closing.') || (await window.text('aside.panel')).length > 80, 'the derivation');
      await window.screenshot(join(pictures, 'derivation.png'));
      await window.keys(await window.find('aside.panel h2'), '\uE00C');
    });
    await check('an amount typed into the budget moves the closing on the overview', async () => {
      const before = await figure('closing.difference');
      const uses = await figure('closing.uses_cash');
      await go('budget');
      const cell = await window.find('[data-path="budget.lines[voices].amount"], [data-path^="budget.lines["][data-path$="].amount"]');
      await window.click(cell);
      // Typing opens the cell, Enter keeps what was typed.
      await window.keys(cell, '2345678\uE007');
      await go('overview');
      await until(async () => (await figure('closing.difference')) !== before, 'the closing to follow');
      assert.notEqual(await figure('closing.uses_cash'), uses);
      const [undo] = await window.all('button', 'Undo');
      await window.click(undo);
      await until(async () => (await figure('closing.difference')) === before, 'the closing to come back');
    });
    await check('the pack is written as a PDF and a workbook', async () => {
      await go('packs');
      const [button] = await window.all('button', 'Export pack');
      await window.click(button);
      const made = () => readdirSync(join(home, 'Downloads'));
      await until(() => made().length === 2, 'two files', 60_000);
      assert.deepEqual(made().map((name) => name.split('.').pop()).sort(), ['pdf', 'xlsx']);
      await window.screenshot(join(pictures, 'pack-written.png'));
    });
    await check('an edit is kept, undone and redone by the use cases the page calls', async () => {
      const call = (name, request) =>
        window.run('return window.__TAURI_INTERNALS__.invoke(arguments[0], { request: arguments[1] })', name, request);
      const { deals } = await call('list_open_deals', {});
      const before = await call('view_deal', { deal: deals[0].deal });
      const edit = { deal: before.deal, revision: before.revision, path: 'name', value: 'Another title' };
      const after = await call('edit_deal', edit);
      assert.equal(after.name, 'Another title');
      assert.equal((await call('undo_edit', { deal: before.deal })).name, before.name);
      assert.equal((await call('redo_edit', { deal: before.deal })).name, 'Another title');
    });
    const type = async (label, text) => window.type(await window.field(label), text);
    const saved = () =>
      until(async () => (await window.text('.topbar-saved-text')) === 'All changes saved', 'the edit to be saved');
    await check('the deal is kept under a profile and a passphrase', async () => {
      await go('budget');
      const [keep] = await window.all('button', 'Keep');
      await window.click(keep);
      await type('Name', 'A Producer');
      const [create] = await window.all('[role=dialog] button[type=submit]', 'Create profile and keep');
      await window.click(create);
      await type('Passphrase', PASSPHRASE);
      await type('The passphrase again', PASSPHRASE);
      await until(async () => window.run('return !document.querySelector("[role=dialog] button[type=submit]").disabled'), 'the passphrase to be good enough');
      await window.screenshot(join(pictures, 'keep.png'));
      await window.click(create);
      await until(async () => (await window.text('.topbar-saved-text')) === 'All changes saved', 'the deal to be kept', 30_000);
    });
    await check('what was typed is there after the program is killed', async () => {
      const first = '[data-path^="budget.lines["][data-path$=".amount"]';
      await window.find(first);
      const path = await window.run('return document.querySelector(arguments[0]).dataset.path', first);
      const amount = `[data-path="${path}"]`;
      const cell = await window.find(amount);
      await window.click(cell);
      await window.keys(cell, '3456789\uE007');
      await until(async () => (await window.text(amount)).includes('3,456,789'), 'the amount to stand there');
      await saved();
      await window.kill(binary, home);
      window = await Window.open(binary, env);
      await type('Passphrase', 'walrus paints six lanterns\uE007');
      await until(async () => (await alerts()) === 1, 'the refusal', 30_000);
      await window.screenshot(join(pictures, 'unlock.png'));
      await type('Passphrase', `${PASSPHRASE}\uE007`);
      await until(async () => (await window.run('return location.hash')).includes('overview'), 'the deal that was open', 30_000);
      await go('projects');
      await window.screenshot(join(pictures, 'projects.png'));
      const [project] = await window.all('main table button, main table a', 'Another title');
      await window.click(project);
      await go('budget');
      await until(async () => (await window.text(amount)).includes('3,456,789'), 'the amount to be there again');
      const [undo] = await window.all('button', 'Undo');
      await window.click(undo);
      await until(async () => !(await window.text(amount)).includes('3,456,789'), 'undo to reach behind the restart');
    });
  }
} finally {
  if (window) await check('the window closes', () => window.close());
  rmSync(home, { recursive: true, force: true });
  close();
}
