// The same interface, served on 127.0.0.1 and opened in Chromium.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { check, close, comes } from './checks.mjs';

const { chromium } = createRequire(new URL('../../ui/package.json', import.meta.url))('playwright-core');
const pictures = process.env.RECOUP_PICTURES;
mkdirSync(pictures, { recursive: true });
const home = mkdtempSync(join(tmpdir(), 'recoup-served-'));
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

const server = spawn(process.env.RECOUP, ['serve', '--port', '0'], {
  env: { ...process.env, HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config') },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let browser;
try {
  const address = await printed(/http:\/\/127\.0\.0\.1:\d+\/enter\?token=[0-9a-f]{64}/);
  const { origin } = new URL(address);
  await check('a stranger is refused', async () => {
    const answer = await fetch(`${origin}/api/v1/about`);
    assert.equal(answer.status, 401);
    assert.equal(answer.headers.get('x-frame-options'), 'DENY');
  });
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await check('the printed address opens the first page', async () => {
    await page.goto(address);
    await page.locator('h1').first().waitFor({ timeout: 10_000 });
    await comes(async () => assert.notEqual((await page.locator('h1').first().innerText()).trim(), ''));
  });
  await check('the address lets nobody else in', async () => {
    assert.equal((await fetch(address, { redirect: 'manual' })).status, 401);
  });
  await check('the page reaches the use cases', async () => {
    const product = await page.evaluate(async () => (await fetch('/api/v1/about')).json());
    assert.equal(product.name, 'Recoup');
  });
  await check('the page reports no error', () => assert.deepEqual(problems, []));
  await page.screenshot({ path: join(pictures, 'served.png') });
} finally {
  await browser?.close();
  server.kill();
  rmSync(home, { recursive: true, force: true });
  close();
}

async function printed(pattern) {
  for await (const line of createInterface({ input: server.stdout })) {
    const [found] = line.match(pattern) ?? [];
    if (found) return found;
  }
  throw new Error('the server printed no address');
}
