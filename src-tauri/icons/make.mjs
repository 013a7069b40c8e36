// Draws every icon a package needs from the mark of the interface: `node src-tauri/icons/make.mjs`.
// PNG for Linux, and the same PNGs inside the containers Windows (.ico) and macOS (.icns) ask for.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { chromium } = createRequire(new URL('../../ui/package.json', import.meta.url))('playwright-core');
const here = (name) => new URL(name, import.meta.url);
const mark = readFileSync(here('../../ui/src/design/mark.svg'), 'utf8');
const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
async function drawn(size) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${mark}`);
  const png = await page.screenshot({ omitBackground: true });
  await page.close();
  return png;
}
const sizes = new Map();
for (const size of [16, 32, 48, 64, 128, 256, 512]) sizes.set(size, await drawn(size));
await browser.close();

writeFileSync(here('32x32.png'), sizes.get(32));
writeFileSync(here('icon.png'), sizes.get(128));
writeFileSync(here('128x128@2x.png'), sizes.get(256));
writeFileSync(here('icon.ico'), ico([16, 32, 48, 256]));
writeFileSync(here('icon.icns'), icns({ ic11: 32, ic12: 64, ic07: 128, ic08: 256, ic09: 512 }));

// A directory of 16 bytes for each picture, then the pictures. A side of 256 is written as 0.
function ico(wanted) {
  const head = Buffer.alloc(6 + 16 * wanted.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(wanted.length, 4);
  let at = head.length;
  wanted.forEach((size, index) => {
    const entry = 6 + 16 * index;
    const png = sizes.get(size);
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(at, entry + 12);
    at += png.length;
  });
  return Buffer.concat([head, ...wanted.map((size) => sizes.get(size))]);
}

// Each picture after its kind and its length, all after the length of the whole.
function icns(kinds) {
  const parts = Object.entries(kinds).map(([kind, size]) => part(kind, sizes.get(size)));
  return part('icns', Buffer.concat(parts));
}

function part(kind, body) {
  const head = Buffer.alloc(8);
  head.write(kind, 0, 'latin1');
  head.writeUInt32BE(8 + body.length, 4);
  return Buffer.concat([head, body]);
}
