// An edit in the served interface, from the key to the painted figure. RECOUP is the program to serve with.
import { amountAt, armEdit, awaitEdit, CELL, EDITS, FIGURE, report } from './edit-timing.mjs';
import { launch, openSample, serve, settled } from './served-page.mjs';

const server = await serve();
const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(server.address);
  await openSample(page);
  await page.evaluate(() => (location.hash = '#/capital'));
  await page.locator(FIGURE).first().waitFor();
  await settled(page);
  const taken = [];
  for (let turn = 0; turn < EDITS; turn += 1) {
    await page.locator(CELL).first().focus();
    await page.keyboard.type(amountAt(turn));
    await page.evaluate(`(() => { ${armEdit} })()`);
    await page.keyboard.press('Enter');
    taken.push(await page.evaluate(`(() => { ${awaitEdit} })()`));
    await settled(page);
  }
  report('an edit to the pixel, Chromium', taken, 50);
} finally {
  await browser.close();
  server.stop();
}
