// What the machine may do to a producer: a keychain that answers, one that is locked, a disk that is full, a database
// of a newer program. Each in Chromium on the served interface, with a home of its own.
//
//   RECOUP=…/recoup node tests/e2e/trouble.mjs
//
// A full disk is stood in for by the limit on the size of a file, which refuses the same writes in the same place.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { check, close, comes } from './checks.mjs';
import { launch, openSample, settled } from './served-page.mjs';

const PASSPHRASE = 'heron lantern quarry mosaic';
const AMOUNT = 'main [data-path^="budget.lines["][data-path$=".amount"]';
const pictures = process.env.RECOUP_PICTURES;
if (pictures) mkdirSync(pictures, { recursive: true });

const browser = await launch();
try {
  await anOpenKeychain();
  await aLockedKeychain();
  await aFullDisk();
  await aNewerDatabase();
} finally {
  await browser.close();
  close();
}

async function anOpenKeychain() {
  await inHome(async (home) => {
    await visit(home, { keychain: 'open' }, async (page) => {
      await check('a keychain that answers keeps the key: no passphrase is asked', async () => {
        await keep(page);
        await saved(page);
        await comes(async () => assert.equal(await page.getByLabel('Passphrase', { exact: true }).count(), 0));
        await type(page, '2345678');
        await saved(page);
      });
    });
    await visit(home, { keychain: 'open' }, async (page) => {
      await check('started again, the database opens by the keychain alone', async () => {
        await openKept(page);
        await comes(async () => assert.match(await first(page).innerText(), /2,345,678/));
      });
      await check('the settings say that only the keychain opens it', async () => {
        await page.evaluate(() => (location.hash = '#/settings'));
        await settled(page);
        await page.getByText('Not set; only the keychain opens it').waitFor();
        await picture(page, 'keychain-settings');
      });
    });
    await visit(home, { keychain: 'none' }, async (page) => {
      await check('without the keychain that has the key, a sentence says what to do', async () => {
        await page.getByRole('alert').filter({ hasText: 'holds the only key' }).first().waitFor();
        await picture(page, 'keychain-gone');
      });
    });
  });
}

async function aLockedKeychain() {
  await inHome(async (home) => {
    await visit(home, { keychain: 'locked' }, async (page) => {
      await check('a locked keychain: a passphrase is asked for within five seconds, and nothing typed is lost', async () => {
        await keep(page);
        await page.getByLabel('Passphrase', { exact: true }).waitFor({ timeout: 5_000 });
        await comes(async () => assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'A Producer'));
        await picture(page, 'keychain-locked');
        await withPassphrase(page);
        await saved(page);
      });
    });
    await visit(home, { keychain: 'locked' }, async (page) => {
      await check('started again, the passphrase opens it', async () => {
        await unlock(page);
        await openKept(page);
      });
    });
  });
}

async function aFullDisk() {
  await inHome(async (home) => {
    await visit(home, { keychain: 'none' }, async (page) => {
      await keep(page);
      await withPassphrase(page);
      await saved(page);
    });
    let kept = '';
    await visit(home, { keychain: 'none', room: 96 }, async (page) => {
      await check('a full disk: the edit is refused with what to do, and what was kept stands', async () => {
        await unlock(page);
        await openKept(page);
        const refusal = page.getByText(/no room left to save/i).first();
        for (let amount = 3_000_001; !(await refusal.isVisible()); amount += 1) {
          assert.ok(amount < 3_000_200, 'the disk never filled');
          kept = await first(page).innerText();
          await type(page, String(amount));
          await page.waitForFunction(
            () =>
              document.querySelector('.topbar-saved-text')?.textContent.trim() === 'All changes saved' ||
              /no room left to save/i.test(document.body.textContent),
          );
        }
        await picture(page, 'disk-full');
      });
    });
    await visit(home, { keychain: 'none' }, async (page) => {
      await check('with room again, everything that was acknowledged is there', async () => {
        await unlock(page);
        await openKept(page);
        await comes(async () => assert.equal(await first(page).innerText(), kept));
      });
    });
  });
}

// tests/golden/newer-database was made by a program with one migration more than there has ever been, 2099-01-01.
async function aNewerDatabase() {
  await inHome(async (home) => {
    const fixture = fileURLToPath(new URL('../golden/newer-database', import.meta.url));
    cpSync(fixture, join(home, 'data', 'recoup'), { recursive: true });
    const database = () => readFileSync(join(home, 'data', 'recoup', 'recoup.db'));
    const before = database();
    await visit(home, { keychain: 'none' }, async (page) => {
      await check('a database of a newer program: told which, and left as it is', async () => {
        await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
        await page.keyboard.press('Enter');
        await page.getByRole('alert').filter({ hasText: /newer Recoup/i }).first().waitFor({ timeout: 20_000 });
        await picture(page, 'newer-database');
        assert.ok(database().equals(before));
      });
    });
  });
}

async function inHome(run) {
  const home = mkdtempSync(join(tmpdir(), 'recoup-trouble-'));
  try {
    await run(home);
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The served interface in this home under these conditions, its first page, and the end of both. */
async function visit(home, { keychain, room }, run) {
  const server = started(home, keychain, room);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', locale: 'en' });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(await address(server));
    await settled(page);
    await run(page);
  } finally {
    await context.close();
    // The process and what it was started in: as when the machine is switched off.
    try {
      process.kill(-server.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

function started(home, keychain, room) {
  const steps = [];
  if (keychain === 'open') {
    steps.push('echo open-sesame | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1');
  }
  if (room !== undefined) {
    const largest = Math.max(...Object.values(sizes(home)));
    // A refused write is an error to be handled, as on a full disk, and not a signal.
    steps.push(`trap '' XFSZ; ulimit -f ${Math.ceil(largest / 1024) + room}`);
  }
  steps.push('exec "$RECOUP" serve --port 0');
  const shell = ['bash', '-c', steps.join('; ')];
  const [program, ...rest] = keychain === 'none' ? shell : ['dbus-run-session', '--', ...shell];
  const runtime = join(home, 'run');
  mkdirSync(runtime, { recursive: true });
  const { DISPLAY, WAYLAND_DISPLAY, ...inherited } = process.env;
  return spawn(program, rest, {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...inherited,
      HOME: home,
      XDG_RUNTIME_DIR: runtime,
      XDG_DATA_HOME: join(home, 'data'),
      XDG_CONFIG_HOME: join(home, 'config'),
      ...(keychain === 'none' ? { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' } : {}),
    },
  });
}

async function address(server) {
  for await (const line of createInterface({ input: server.stdout })) {
    const [found] = line.match(/http:\/\/127\.0\.0\.1:\d+\/enter\?token=[0-9a-f]{64}/) ?? [];
    if (found) return found;
  }
  throw new Error('the server printed no address');
}

function sizes(home) {
  const folder = join(home, 'data', 'recoup');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => [entry.name, statSync(join(entry.parentPath ?? entry.path, entry.name)).size]),
  );
}

function first(page) {
  return page.locator(AMOUNT).first();
}

async function keep(page) {
  await openSample(page);
  await budget(page);
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await page.getByLabel('Name', { exact: true }).fill('A Producer');
  await page.getByRole('button', { name: 'Create profile and keep' }).click();
}

async function withPassphrase(page) {
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByLabel('The passphrase again').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Create profile and keep' }).click();
}

async function unlock(page) {
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await page.getByLabel('Passphrase', { exact: true }).waitFor({ state: 'detached', timeout: 30_000 });
}

/** The deal that was kept, on its budget: the start leads into it, or to the projects with it among them. */
async function openKept(page) {
  const inside = page.locator('nav.rail a[href*="budget"]').first();
  const listed = page.locator('main table').getByText("Dragon's Quest").first();
  await inside.or(listed).first().waitFor({ state: 'attached' });
  if ((await inside.count()) === 0) await listed.click();
  await budget(page);
}

async function budget(page) {
  await page.locator('nav.rail a[href*="budget"]').first().waitFor();
  await page.evaluate(() => (location.hash = '#/budget'));
  await settled(page);
  await first(page).waitFor();
}

async function type(page, amount) {
  await first(page).click();
  await page.keyboard.type(amount);
  await page.keyboard.press('Enter');
}

async function saved(page) {
  await page.locator('.topbar-saved-text', { hasText: 'All changes saved' }).waitFor({ timeout: 30_000 });
}

async function picture(page, name) {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
}
