// Builds the gallery, opens it in Chromium in the three themes and runs axe with real contrast. CHROMIUM names the browser.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const home = fileURLToPath(new URL('..', import.meta.url));
const built = spawnSync(
  'npx',
  ['--no-install', 'vite', 'build', '--config', 'vite.gallery.config.ts', '--logLevel', 'warn'],
  {
    cwd: home,
    stdio: 'inherit',
  },
);
if (built.status !== 0) process.exit(built.status ?? 1);

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};
const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  try {
    const body = readFileSync(join(home, 'dist-gallery', path));
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const shots = process.argv[2];
let failures = 0;
for (const theme of ['light', 'dark', 'contrast']) {
  for (const width of [1280, 390]) {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    await page.goto(`http://127.0.0.1:${server.address().port}/gallery.html?theme=${theme}`);
    await page.waitForSelector('#recoupment-steps svg');
    await page.waitForTimeout(400);
    await page.addScriptTag({ path: join(home, 'node_modules/axe-core/axe.min.js') });
    const { violations } = await page.evaluate(() => window.axe.run(document));
    for (const violation of violations) {
      for (const node of violation.nodes) {
        failures++;
        console.error(`${theme} ${width}: ${violation.id} ${node.html}\n  ${node.failureSummary}`);
      }
    }
    if (shots) await page.screenshot({ path: join(shots, `gallery-${theme}-${width}.png`), fullPage: true });
    console.log(`${theme} at ${width} px: ${violations.length} kinds of violation`);
    await page.close();
  }
}
await browser.close();
server.close();
process.exit(failures === 0 ? 0 : 1);
