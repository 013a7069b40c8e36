// The real window: when it first paints, beside an empty window opened in turn with it; how long an edit takes to the
// pixel; what memory the main process holds at rest. RECOUP_DESKTOP and RECOUP_EMPTY are the two programs.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { amountAt, armEdit, awaitEdit, CELL, EDITS, FIGURE, median, report } from './edit-timing.mjs';
import { Window } from './webdriver.mjs';

const TURNS = 9;
const REST = 5_000;
const folder = mkdtempSync(join(tmpdir(), 'recoup-measure-'));
const started = join(folder, 'started');

/** The program behind a script that notes its process and the moment it begins. */
function noted(name, program) {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho "$$ $(date +%s%3N)" > '${started}'\nexec '${program}' "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

const begun = () => readFileSync(started, 'utf8').trim().split(' ').map(Number);

function open(program) {
  const home = mkdtempSync(join(folder, 'home-'));
  const at = (name) => join(home, name);
  return Window.open(program, {
    HOME: home,
    XDG_DATA_HOME: at('data'),
    XDG_CONFIG_HOME: at('config'),
    XDG_CACHE_HOME: at('cache'),
  });
}

// Whether the page has its heading, and when it was first painted with any content; both in the page's own clock.
const PAINTED = `const [first] = performance.getEntriesByName('first-contentful-paint');
  return [document.querySelector('h1')?.textContent ? performance.timeOrigin + performance.now() : null,
    first ? performance.timeOrigin + first.startTime : null];`;

/** Milliseconds from the start of the process to its first paint, and to the first with the page's heading in it. */
async function paint(program) {
  const window = await open(program);
  try {
    let headed = null;
    // No pause between the questions: what is asked late is measured late.
    for (const end = Date.now() + 60_000; Date.now() < end; ) {
      const [heading, painted] = await window.run(PAINTED);
      headed ??= heading;
      if (headed !== null && painted !== null) return [painted, Math.max(painted, headed)].map((at) => at - begun()[1]);
    }
    throw new Error('the window did not paint');
  } finally {
    await window.close();
  }
}

async function edits(window) {
  const taken = [];
  for (let turn = 0; turn < EDITS; turn += 1) {
    const cell = await window.find(CELL);
    await window.click(cell);
    await window.keys(cell, amountAt(turn));
    await window.run(armEdit);
    await window.keys(await window.find(`${CELL} input`), '\uE007');
    taken.push(await window.run(awaitEdit));
    await sleep(100);
  }
  return taken;
}

/** What the main process holds, in MiB: resident; its share of that, pages shared by several divided among them; its own. */
function held(process) {
  const read = (file) => readFileSync(`/proc/${process}/${file}`, 'utf8');
  const of = (text, line) => Number(text.match(new RegExp(`^${line}:\\s+(\\d+) kB`, 'm'))[1]) / 1024;
  const all = read('smaps_rollup');
  return {
    resident: of(read('status'), 'VmRSS'),
    share: of(all, 'Pss'),
    own: of(all, 'Private_Clean') + of(all, 'Private_Dirty'),
  };
}

function tellHeld(what, { resident, share, own }) {
  const ratio = (resident / 150).toFixed(2);
  const parts = `${share.toFixed(0)} its share, ${own.toFixed(0)} its own`;
  console.log(`${resident.toFixed(0).padStart(8)} MiB  ${ratio} of what is aimed at  ${what} (${parts})`);
}

try {
  const [ours, empty] = [noted('ours', process.env.RECOUP_DESKTOP), noted('empty', process.env.RECOUP_EMPTY)];
  // The first opening of each fills the caches of the system and does not count.
  await paint(ours);
  await paint(empty);
  const paints = { ours: [], empty: [] };
  for (let turn = 0; turn < TURNS; turn += 1) {
    paints.ours.push(await paint(ours));
    paints.empty.push(await paint(empty));
  }
  for (const [at, what] of ['first paint', 'first useful paint'].entries()) {
    const [mine, none] = [paints.ours, paints.empty].map((all) => all.map((one) => one[at]));
    report(`${what} of the window`, mine);
    report(`${what} of an empty window`, none);
    const ratio = median(mine) / median(none);
    console.log(`${ratio.toFixed(2).padStart(8)}     of the empty window; 1.5 is aimed at`);
  }

  const bare = await open(empty);
  try {
    await sleep(REST);
    tellHeld('main process of an empty window', held(begun()[0]));
  } finally {
    await bare.close();
  }
  const window = await open(ours);
  try {
    const [explore] = await window.all('button', 'Explore');
    await window.click(explore);
    await window.find('nav a');
    const [pid] = begun();
    await sleep(REST);
    tellHeld('main process at rest, a deal open', held(pid));
    await window.click(await window.find('nav a[href$="/capital"]'));
    await window.find(FIGURE);
    report('an edit to the pixel, window', await edits(window), 50);
  } finally {
    await window.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
