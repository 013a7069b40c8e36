// The served interface in Chromium, for scripts that walk it. RECOUP is the program to serve with; RECOUP_ADDRESS,
// where it is given, is the address of one that runs already.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const { chromium } = createRequire(new URL('../../ui/package.json', import.meta.url))('playwright-core');
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function launch() {
  return chromium.launch({
    executablePath: BROWSERS.find((path) => existsSync(path)),
    args: ['--no-sandbox', '--disable-gpu'],
  });
}

/** A server with a home of its own: { address, stop }. The printed address is good for one browser context. */
export async function serve() {
  if (process.env.RECOUP_ADDRESS) return { address: process.env.RECOUP_ADDRESS, stop: () => {} };
  const home = mkdtempSync(join(tmpdir(), 'recoup-served-'));
  const server = spawn(process.env.RECOUP, ['serve', '--port', '0'], {
    env: { ...process.env, HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = () => {
    server.kill();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  for await (const line of createInterface({ input: server.stdout })) {
    const [address] = line.match(/http:\/\/127\.0\.0\.1:\d+\/enter\?token=[0-9a-f]{64}/) ?? [];
    if (address) return { address, stop };
  }
  stop();
  throw new Error('the server printed no address');
}

/** What opens a sample deal, in either language. */
export function sampleButton(page) {
  return page.locator('main').getByRole('button', { name: /explor|parcour/i }).first();
}

/** Opens the first sample deal from the first page and waits for its first page. */
export async function openSample(page) {
  await sampleButton(page).click();
  await page.locator('nav.rail a').first().waitFor({ state: 'attached' });
  await settled(page);
}

/** Goes to every part of the page that is drawn only when somebody comes near it, and back to its head. */
async function drawn(page) {
  const parts = page.locator('main [data-later]');
  for (let left = await parts.count(); left > 0; left = await parts.count()) {
    await parts.first().evaluate((part) => part.scrollIntoView());
    await page.waitForFunction((before) => document.querySelectorAll('main [data-later]').length < before, left);
  }
  await page.evaluate(() => document.querySelector('main h1')?.scrollIntoView());
}

/** Until what is on the page is computed and stands still. */
export async function settled(page) {
  const ends = Date.now() + 60_000;
  for (;;) {
    // What lies far below stands in the page only once the page itself is computed.
    await page.waitForFunction(
      () =>
        document.querySelector('main h1') &&
        !document.querySelector('main :not([data-later]) > .skeleton, main [aria-busy=true]'),
      undefined,
      { timeout: 60_000 },
    );
    await drawn(page);
    // The page before may still have been in sight: then the one asked for comes only now.
    const stands = () => !document.querySelector('main .skeleton, main [aria-busy=true]');
    const isDone = await page.waitForFunction(stands, undefined, { timeout: 3_000 }).then(
      () => true,
      () => false,
    );
    if (isDone) break;
    if (Date.now() > ends) throw new Error(`${page.url()} is not computed within a minute`);
  }
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {})));
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
  });
}
