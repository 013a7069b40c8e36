// Jobs: a simulation that is killed with the program again and again ends in the same bytes; the drawer and the top bar
// in Chromium, by keyboard, without an accessibility violation in any theme, and usable on a phone.
//
//   RECOUP=…/recoup node tests/e2e/jobs.mjs
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { check, close, comes } from './checks.mjs';
import { launch, settled } from './served-page.mjs';

const PASSPHRASE = 'heron lantern quarry mosaic';
/** How long the simulation that is killed would take without it. */
const SECONDS = 15;
/** A run that nobody could wait for: it is paused, cancelled and looked at on the way. */
const ENDLESS = 900_000_000;
const KILLS = 4;
const axe = readFileSync(new URL('../../ui/node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const pictures = process.env.RECOUP_PICTURES;
if (pictures) mkdirSync(pictures, { recursive: true });

try {
  await killed();
  await drawer();
} finally {
  close();
}

/** The same simulation in two homes: one that nobody disturbs, one whose program is killed at moments from a seed. */
async function killed() {
  const quiet = await inHome(async (home) => {
    const host = await opened(home, [], true);
    const paths = Math.max(20_000, Math.round((await pace(host)) * SECONDS));
    const job = await simulated(host, paths);
    await ended(host, job);
    const result = await told(host, job);
    await check('asked again, the finished simulation is found and not run again', async () => {
      const again = await host.ask('POST', '/deals/d1/simulations', { paths, seed: '7', limit_seconds: 3600 });
      assert.equal(again.how, 'reused');
      assert.equal(again.job.job, job);
    });
    host.kill();
    return { paths, result };
  });
  await inHome(async (home) => {
    let host = await opened(home, [], true);
    const job = await simulated(host, quiet.paths);
    const random = drawn(20261123);
    let [kills, kept, before] = [0, 0, 0];
    for (; kills < KILLS; kills += 1) {
      const seen = await until(host, job, ({ state, done }) => state === 'completed' || done > before);
      await pause(300 + random() * 2_500);
      host.kill();
      if (seen.state === 'completed') break;
      // One processor, then all of them, in turn.
      host = await opened(home, kills % 2 === 0 && existsSync('/usr/bin/taskset') ? ['taskset', '-c', '0'] : []);
      const found = await host.ask('GET', `/jobs/${job}`);
      console.log(`        killed: goes on at ${found.done} of ${found.total} paths`);
      if (found.done > before) kept += 1;
      before = found.done;
    }
    await check(`killed ${kills} times, it goes on from what it had kept`, () => {
      assert.ok(kills >= 2 && kept >= 1, `${kept} of ${kills}`);
    });
    await ended(host, job);
    const result = await told(host, job);
    await check('and ends in the same bytes as a run that nobody disturbed', () => {
      assert.match(result, /^[0-9a-f]{64}$/);
      assert.equal(result, quiet.result);
    });
    host.kill();
  });
}

/** Paths a second on this machine. */
async function pace(host) {
  const { job } = (await host.ask('POST', '/deals/d1/simulations', { paths: ENDLESS, seed: '1' })).job;
  const from = await until(host, job, ({ done }) => done > 0);
  const began = Date.now();
  const to = await until(host, job, ({ done }) => done > from.done && Date.now() - began > 3_000);
  await host.ask('POST', `/jobs/${job}/cancel`);
  return ((to.done - from.done) / (Date.now() - began)) * 1_000;
}

async function drawer() {
  const browser = await launch();
  await inHome(async (home) => {
    const host = await started(home, []);
    try {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', locale: 'en' });
      const page = await context.newPage();
      await page.goto(host.address);
      const ask = (method, path, body) =>
        page.evaluate(
          async ([how, where, what]) => {
            const headers = { 'content-type': 'application/json' };
            const answer = await fetch(`/api/v1${where}`, { method: how, headers, ...(what ? { body: JSON.stringify(what) } : {}) });
            return answer.json();
          },
          [method, path, body],
        );
      await ask('POST', '/samples/dragons-quest', {});
      await page.goto('about:blank');
      await page.goto(new URL('/#/overview', host.address).href);
      await settled(page);
      await page.getByRole('button', { name: 'Jobs' }).focus();
      await page.keyboard.press('Enter');
      const jobs = page.getByRole('dialog', { name: 'Jobs' });
      await check('with nothing computed the drawer says where to begin', async () => {
        await jobs.getByText('Nothing runs, and nothing ran yet').waitFor();
        await picture(page, 'jobs-empty');
      });
      await accessible(page, 'the empty drawer');
      await page.keyboard.press('Escape');
      await jobs.waitFor({ state: 'detached' });

      await ask('POST', '/deals/d1/simulations', { paths: 2_000, seed: '1' });
      const { job } = (await ask('POST', '/deals/d1/simulations', { paths: ENDLESS, seed: '2' })).job;
      await ask('POST', '/deals/d1/simulations', { paths: 50_000_000, seed: '3' });
      await page.reload();
      await settled(page);
      await check('the top bar says how much, how far and how long', async () => {
        await page.locator('.jobs-now-text', { hasText: /900,000,000 paths, \d+ %, .* left/ }).waitFor();
        await picture(page, 'jobs-top');
      });
      await page.keyboard.press('Control+k');
      await page.keyboard.type('show the jobs');
      await page.keyboard.press('Enter');
      await jobs.waitFor();
      await check('what runs, what waits and what ended stand under their names', async () => {
        for (const name of ['Running', 'Waiting', 'Ended']) await jobs.getByRole('heading', { name }).waitFor();
        await picture(page, 'jobs-drawer');
      });
      await accessible(page, 'the drawer');
      const row = jobs.locator(`[data-job="${job}"]`);
      await check('paused, it keeps what it has done and the next one goes first', async () => {
        await row.getByRole('button', { name: 'Pause' }).click();
        await row.locator('[role=progressbar]').waitFor();
        await jobs.locator(`[data-job="${job}"][data-state=paused]`).waitFor();
        await jobs.locator('[data-state=running]').first().waitFor();
        await picture(page, 'jobs-paused');
      });
      await check('cancelling asks back, and the answer under the hand is to keep it', async () => {
        await row.getByRole('button', { name: 'Cancel' }).click();
        await page.keyboard.press('Enter');
        await row.getByRole('button', { name: 'Cancel' }).click();
        await row.getByRole('button', { name: 'Cancel the job' }).click();
        await jobs.locator(`[data-job="${job}"][data-state=cancelled]`).waitFor();
      });
      await page.setViewportSize({ width: 390, height: 844 });
      await picture(page, 'jobs-phone');
      await check('on a phone nothing lies beside the window', async () => {
        const over = await jobs.evaluate((element) => element.scrollWidth - window.innerWidth);
        assert.ok(over <= 0, `${over} px over`);
      });
      await accessible(page, 'the drawer on a phone');
      await context.close();
    } finally {
      host.kill();
      await browser.close();
    }
  });
}

/** Starts a simulation of the sample and answers its job. */
async function simulated(host, paths) {
  const { how, job } = await host.ask('POST', '/deals/d1/simulations', { paths, seed: '7', limit_seconds: 3600 });
  assert.equal(how, 'new');
  return job.job;
}

async function ended(host, job) {
  const view = await until(host, job, ({ state }) => state !== 'running' && state !== 'waiting', 600_000);
  assert.equal(view.state, 'completed', JSON.stringify(view.fault));
}

/** The checksum of the stored result, byte for byte. */
async function told(host, job) {
  const { result, checksum } = await host.ask('GET', `/jobs/${job}/result`);
  assert.ok(result.finished && result.parties.length > 0);
  return checksum;
}

async function until(host, job, holds, patience = 60_000) {
  const ends = Date.now() + patience;
  for (;;) {
    const view = await host.ask('GET', `/jobs/${job}`);
    if (holds(view)) return view;
    if (Date.now() > ends) throw new Error(`it never came about: ${JSON.stringify(view)}`);
    await pause(50);
  }
}

/** A program over this home with the sample kept in its database: made the first time, unlocked after that. */
async function opened(home, before, isFirst = false) {
  const host = await started(home, before);
  if (isFirst) {
    await host.ask('POST', '/library', { full_name: 'A Producer', passphrase: PASSPHRASE });
    await host.ask('POST', '/samples/dragons-quest', {});
    await host.ask('POST', '/deals/d1/keep', {});
  } else {
    await host.ask('POST', '/library/unlock', { passphrase: PASSPHRASE });
  }
  return host;
}

async function started(home, before) {
  const { DISPLAY, WAYLAND_DISPLAY, ...inherited } = process.env;
  const [program, ...rest] = [...before, process.env.RECOUP, 'serve', '--port', '0'];
  const server = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...inherited,
      HOME: home,
      XDG_DATA_HOME: join(home, 'data'),
      XDG_CONFIG_HOME: join(home, 'config'),
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere',
    },
  });
  const kill = () => server.kill('SIGKILL');
  for await (const line of createInterface({ input: server.stdout })) {
    const [address] = line.match(/http:\/\/127\.0\.0\.1:\d+\/enter\?token=[0-9a-f]{64}/) ?? [];
    if (address) return { address, kill, ...client(address) };
  }
  kill();
  throw new Error('the server printed no address');
}

/** Asks as a browser would that has exchanged the token, which it does when it is first needed. */
function client(address) {
  let cookie = null;
  const send = async (method, path, body) => {
    if (cookie === null) {
      const entered = await fetch(address, { redirect: 'manual' });
      cookie = entered.headers.get('set-cookie').split(';')[0];
    }
    const answer = await fetch(new URL(`/api/v1${path}`, address), {
      method,
      headers: { cookie, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
    return text;
  };
  return {
    ask: async (method, path, body) => JSON.parse(await send(method, path, body)),
  };
}

async function inHome(run) {
  const home = mkdtempSync(join(tmpdir(), 'recoup-jobs-'));
  try {
    return await run(home);
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function accessible(page, what) {
  for (const theme of ['light', 'dark', 'contrast']) {
    await check(`${theme}: ${what} is accessible`, async () => {
      await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
      await pause(100);
      if (theme === 'dark') await picture(page, `dark-${what.replaceAll(' ', '-')}`);
      await comes(async () => assert.deepEqual(await violations(page), []));
    });
  }
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'));
}

async function violations(page) {
  return page.evaluate(`${axe}; axe.run(document, { resultTypes: ['violations'] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ' | ' + html.slice(0, 200))))`);
}

async function picture(page, name) {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
}

function pause(milliseconds) {
  return new Promise((later) => setTimeout(later, milliseconds));
}

/** Numbers from 0 to 1 that are the same every time. */
function drawn(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
