// Every page of the sample deal, as a person meets it: no accessibility violation, nothing to scroll sideways, and no
// number that cannot say where it comes from.
//
//   node tests/e2e/pages.mjs [--every] [PAGE…]      RECOUP=…/recoup, or RECOUP_ADDRESS=http://… of a running server
//
// Without PAGE all pages, e.g. `overview capital`. Without --every: light, 1440 × 900, English. With it: the three
// themes, 390 px, 200 % and French too. Offenders are printed under the check that failed, one a line:
// the number, the text it stands in, the element. To make a number accountable see numbers.mjs.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { check, close } from './checks.mjs';
import { unaccounted, wordsOf } from './numbers.mjs';
import { launch, sampleButton, serve, settled } from './served-page.mjs';

const axe = readFileSync(new URL('../../ui/node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const every = process.argv.includes('--every');
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));

const name = (href) => href.replace(/^.*?#\//, '').replace(/^\/$/, '') || 'welcome';
const included = (href) => wanted.length === 0 || wanted.includes(name(href));

const DESK = { width: 1440, height: 900 };
const LOOKS = [
  { name: 'light', theme: 'light', language: 'en', viewport: DESK, numbers: true },
  { name: 'French', theme: 'light', language: 'fr', viewport: DESK, numbers: true, long: true },
  { name: 'dark', theme: 'dark', language: 'en', viewport: DESK, long: true },
  { name: 'contrast', theme: 'contrast', language: 'en', viewport: DESK, long: true },
  { name: '390 px', theme: 'light', language: 'en', viewport: { width: 390, height: 844 }, long: true },
  // What 1440 × 900 at 200 % leaves of the page.
  { name: '200 %', theme: 'light', language: 'en', viewport: { width: 720, height: 450 }, scale: 2, long: true },
];

const PASSPHRASE = 'heron lantern quarry mosaic';
// Pages that stand in no navigation.
const PROGRAM = 'ca-qc-qpstc';
const SHEET = ['computation', 'conditions', 'cash', 'examples', 'interactions', 'versions', 'sources'];
const VIEWS = ['graph', 'order', 'statements', 'actuals'];
const BESIDE = [
  ...VIEWS.map((view) => `#/waterfall?view=${view}`),
  '#/projects/new',
  '#/setup/1',
  '#/setup/2',
  '#/setup/3',
  '#/setup/4',
  ...SHEET.map((tab) => `#/programs?program=${PROGRAM}&tab=${tab}`),
];

const server = await serve();
const browser = await launch();
let session;
try {
  await check('a number without an address would be seen', selfTest);
  const looks = LOOKS.filter((one) => every || !one.long);
  // First as somebody meets the program who keeps nothing in it yet, then with a library and a deal in it.
  for (const look of looks) await inside(look, (page) => start(page, look));
  for (const look of looks) await inside(look, (page) => walk(page, look));
} finally {
  await browser.close();
  server.stop();
  close();
}

/** A browser in this look, with the session of the first; what goes wrong in it is a failure of its own. */
async function inside(look, run) {
  const context = await browser.newContext({
    viewport: look.viewport,
    deviceScaleFactor: look.scale ?? 1,
    reducedMotion: 'reduce',
    locale: look.language,
    ...(session ? { storageState: session } : {}),
  });
  await context.addInitScript(
    (preferences) => localStorage.setItem('recoup.preferences', JSON.stringify(preferences)),
    { theme: look.theme, textSize: 'normal', language: look.language },
  );
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  try {
    await page.goto(session ? new URL('/', server.address).href : server.address);
    await settled(page);
    session ??= await context.storageState();
    await run(page);
    await check(`${look.name}: no page reported an error`, () => assert.deepEqual(problems, []));
  } finally {
    await context.close();
  }
}

/** The first page while there is no library. */
async function start(page, look) {
  if ((await call(page, 'GET', '/library')).state !== 'absent' || !included('/')) return;
  await sampleButton(page).waitFor();
  await held(page, look, 'welcome', { addresses: [], words: wordsOf(catalogs()) });
}

/** A library with the sample deal in it, once. */
async function keep(page) {
  const { state } = await call(page, 'GET', '/library');
  if (state === 'absent') {
    const person = { full_name: 'A Producer', organization: null, email: null, passphrase: PASSPHRASE };
    await call(page, 'POST', '/library', person);
  }
  if (state === 'locked') await call(page, 'POST', '/library/unlock', { passphrase: PASSPHRASE });
  const { deals } = await call(page, 'GET', '/deals');
  if (deals.length > 0) return;
  const { samples } = await call(page, 'GET', '/samples');
  const { deal } = await call(page, 'POST', `/samples/${samples[0].sample}`, {});
  await call(page, 'POST', `/deals/${deal}/keep`, { name: null });
}

/** Every page of the navigation, those beside it, a derivation, and the page that asks for the passphrase. */
async function walk(page, look) {
  await keep(page);
  await page.goto(new URL('/#/overview', server.address).href);
  await page.reload();
  await page.locator('nav.rail a').first().waitFor({ state: 'attached' });
  await settled(page);
  const source = look.numbers ? await sourceOf(page) : null;
  const pages = await page.$$eval('nav.rail a[href]', (links) => links.map((link) => link.getAttribute('href')));
  await check(`${look.name}: the navigation has pages`, () => assert.ok(pages.length >= 3, pages.join(', ')));
  for (const href of [...pages, ...BESIDE].filter(included)) {
    const hash = href.slice(href.indexOf('#'));
    let there = false;
    await check(`${look.name}: ${name(href)} is computed`, async () => {
      await turn(page, hash);
      await settled(page);
      assert.equal(await page.evaluate(() => location.hash), hash);
      there = true;
    });
    if (there) await held(page, look, name(href), source);
  }
  if (wanted.length > 0) return;
  if (look.numbers) {
    await accounts(page, look, 'the frame around them', { ...source, scope: '.topbar, .rail, .statusbar' });
  }
  await derivation(page, look, source, pages[0]);
  await call(page, 'POST', '/library/lock', {});
  await page.goto(new URL('/', server.address).href);
  await page.reload();
  await settled(page);
  await held(page, look, 'unlock', { addresses: [], words: wordsOf(catalogs()) });
}

/** Goes to a page, until the one before it is gone. Steps and tabs of one page keep its heading. */
async function turn(page, hash) {
  await page.evaluate((to) => {
    const page = (place) => place.split(/[/?]/)[1];
    if (page(location.hash) !== page(to)) document.querySelector('main h1')?.setAttribute('data-before', '');
    location.hash = to;
  }, hash);
  await page.waitForFunction(() => !document.querySelector('main h1[data-before]'));
}

/** The three things asked of every page. */
async function held(page, look, title, source) {
  await check(`${look.name}: ${title} is accessible`, async () => {
    const violations = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
        [id, html.slice(0, 160), failureSummary.replace(/\\s+/g, ' ').slice(0, 240)].join(' | '))))`);
    none(violations);
  });
  await check(`${look.name}: ${title} does not scroll sideways`, async () => {
    const over = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return [];
      const wide = [...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > clientWidth + 1);
      return [`${scrollWidth} px in ${clientWidth}`, ...wide.slice(0, 6).map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute('class') ?? ''}`)];
    });
    none(over);
  });
  if (look.numbers) await accounts(page, look, title, { ...source, scope: 'main' });
}

async function accounts(page, look, title, { deal, ...source }) {
  await check(`${look.name}: ${title} can account for its numbers`, async () => {
    // A simulation is drawn finer while it is read: figures that came meanwhile are asked why as well.
    for (let left = 4; ; left--) {
      const asked = deal ? await supposed(page, deal) : [];
      const addresses = [...source.addresses, ...asked];
      const { found, accounted } = await page.evaluate(unaccounted, { locale: look.language, ...source, addresses });
      const came = (await supposedOn(page)).filter((address) => !asked.includes(address));
      if (deal && came.length > 0 && left > 0) continue;
      console.log(`        ${accounted} accounted for`);
      none(grouped(found));
      return;
    }
  });
}

/** Figures of a deal that is only supposed, such as `in(IE).incentives.net`: a dozen over the page are really asked why. */
async function supposed(page, deal) {
  const found = await supposedOn(page);
  const step = Math.max(1, Math.floor(found.length / 12));
  for (const address of found.filter((_, place) => place % step === 0)) {
    const tree = await call(page, 'GET', `/deals/${deal}/explanation?address=${encodeURIComponent(address)}`);
    assert.equal(tree.address, address);
  }
  return found;
}

async function supposedOn(page) {
  return page.evaluate(() => {
    const named = [...document.querySelectorAll('[data-address]')].flatMap((one) => one.dataset.address.split(' '));
    return [...new Set(named.filter((address) => /^[a-z]+\(/.test(address)))];
  });
}

/** One line for each place: a column of a table is one thing to mend. */
function grouped(found) {
  const places = new Map();
  for (const one of found) places.set(one.where, [...(places.get(one.where) ?? []), one]);
  return [...places].flatMap(([where, all]) =>
    all.length > 3
      ? [`${all.length} numbers (${all.slice(0, 3).map(({ number }) => number).join('; ')} …)  at ${where}`]
      : all.map(({ number, text }) => `${number}  in "${text}"  at ${where}`),
  );
}

function none(lines) {
  if (lines.length === 0) return;
  // The lines say everything; a trace of this script would only stand between them.
  throw Object.assign(new Error(), { stack: `        ${lines.length}:\n${lines.map((line) => `        ${line}`).join('\n')}` });
}

/** The panel is part of every page: its own look is asked once, over the first page. */
async function derivation(page, look, source, first) {
  await page.evaluate((to) => (location.hash = to.slice(to.indexOf('#'))), first);
  await settled(page);
  await page.locator('main button.figure').first().click();
  await page.locator('aside.panel .derivation').waitFor();
  await settled(page);
  await held(page, { ...look, numbers: false }, 'a derivation', source);
}

/** A use case over the session of the page. */
function call(page, method, path, body) {
  return page.evaluate(
    async ([method, path, body]) => {
      const answer = await fetch(`/api/v1${path}`, {
        method,
        ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
      return answer.json();
    },
    [method, path, body],
  );
}

/** Which addresses the book knows, and what the deal, its projects and the law say in words. */
async function sourceOf(page) {
  const get = (path) => call(page, 'GET', path);
  const { deals } = await get('/deals');
  const deal = deals.at(-1).deal;
  const { programs } = await get('/incentives');
  const law = await Promise.all(
    programs.flatMap(({ program }) => ['en', 'fr'].map((language) => get(`/incentives/${program}?language=${language}`))),
  );
  // The page that lays two versions beside each other also says what the earlier one said.
  const { versions } = law.find(({ entry }) => entry.program === PROGRAM);
  const pair = `from=${versions.at(-2)}&to=${versions.at(-1)}`;
  const changed = await Promise.all(
    ['en', 'fr'].map((language) => get(`/incentives/${PROGRAM}/comparison?${pair}&language=${language}`)),
  );
  const [view, { figures }, claims] = await Promise.all(
    [`/deals/${deal}`, `/deals/${deal}/figures`, `/deals/${deal}/incentives`].map(get),
  );
  const texts = [view, law, changed];
  // Of the claims only what the law calls its lines and conditions: their values are figures.
  const named = wordsOf(claims, [], ['label', 'clause', 'name', 'title']);
  // A number of the law is accounted for by the clause and source that stand with it in its form.
  const numbers = law.flatMap(({ entry, numbers, tax }) => [
    ...numbers.filter(({ clause, source }) => clause && source).map(({ id }) => `${entry.program}:${id}`),
    ...(tax.rate && tax.ground ? [`${entry.program}:tax.rate`] : []),
  ]);
  const addresses = figures.map(({ address }) => address);
  return { deal, addresses, law: numbers, words: [...wordsOf([texts, catalogs()]), ...named] };
}

/** What the product itself says, in every language; a text with a hole in it says nothing exactly. */
function catalogs() {
  const locales = new URL('../../ui/src/i18n/locales/', import.meta.url);
  const read = (file) => JSON.parse(readFileSync(new URL(file, locales), 'utf8'));
  return ['en', 'fr'].flatMap((language) =>
    readdirSync(new URL(language, locales)).map((file) => read(`${language}/${file}`)),
  );
}

/** The crawl over a page made for it: what it must find, and what it must let pass. */
async function selfTest() {
  const page = await browser.newPage();
  await page.setContent(`
    <p id="no1">The plan is CAD 1,250,000 short</p><p id="no2">at 12.5&#8201;%</p><p id="no3">1.37&#8201;×</p>
    <table><tr><td class="num" id="no4">900</td><td class="num" id="no5">(80,000)</td></tr></table>
    <b data-address="made.up"><i id="no6">7,000</i></b><figure class="chart"><svg><text id="no7">4.3</text></svg></figure>
    <p>12 tiers, 1 Mar 2029, Q1 2029, 2027-01-15, version 0.1.0, s. 125(4), s.23698.1, § 12.5</p><p>Line 12.5 of the Act</p>
    <b data-law="a-credit:rate">25.5 %</b><b data-law="a-credit:hearsay" id="no8">26.5 %</b>
    <button data-address="closing.uses_cash">1,250,000</button><b data-path="budget.lines[a].amount">5,000</b>
    <figure class="chart"><svg><text class="tick">2.5</text><g data-address="closing.uses_cash" aria-label="uses 1.3"></g></svg>
      <table><tr><td>1.3</td></tr></table></figure>
    <figure class="chart"><h2>Peak 9.9</h2><table><tr><th>May</th><td data-address="closing.uses_cash">9.9</td></tr></table></figure>
    <figure class="chart"><h2>Peak 8.8</h2><table><tr><td data-address="closing.uses_cash">9.9</td></tr>
      <tr><td>8.8</td></tr></table></figure>`);
  const source = { locale: 'en', scope: 'body', addresses: ['closing.uses_cash'], words: ['Line 12.5 of the Act'], law: ['a-credit:rate'] };
  const { found, accounted } = await page.evaluate(unaccounted, source);
  assert.deepEqual(found.map(({ number }) => number), ['CAD 1,250,000', '12.5 %', '1.37 ×', '900', '(80,000)', '7,000', '4.3', '26.5 %', '8.8', '8.8']);
  assert.equal(accounted, 9);
  await page.setContent('<p>1\u202f250\u202f000</p><p>12,5\u2009%</p><p>3 paliers, 1er mars 2029</p>');
  const french = await page.evaluate(unaccounted, { locale: 'fr', scope: 'body', addresses: [], words: [] });
  assert.deepEqual(french.found.map(({ number }) => number), ['1 250 000', '12,5 %']);
  await page.close();
}
