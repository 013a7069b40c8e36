// The real desktop program in a real window: opened, looked at, photographed, closed.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
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
};

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
  }
} finally {
  if (window) await check('the window closes', () => window.close());
  rmSync(home, { recursive: true, force: true });
  close();
}
