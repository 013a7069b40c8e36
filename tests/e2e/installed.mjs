// A person's work in an installed program: a deal kept in a database under a passphrase, changed, its pack written, the
// window closed and opened again. What it leaves in RECOUP_HOME is what removing the program must not touch.
import assert from 'node:assert/strict';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, close } from './checks.mjs';
import { until, Window } from './webdriver.mjs';

const home = process.env.RECOUP_HOME;
const at = (name) => join(home, name);
const env = {
  HOME: home,
  XDG_DATA_HOME: at('.local/share'),
  XDG_CONFIG_HOME: at('.config'),
  XDG_CACHE_HOME: at('.cache'),
};
const PASSPHRASE = 'heron lantern quarry mosaic';

let window;
const call = (name, request) =>
  window.run(
    `return window.__TAURI_INTERNALS__.invoke(arguments[0], { request: arguments[1] })
       .catch((refusal) => { throw new Error(JSON.stringify(refusal)); })`,
    name,
    request,
  );
const opened = async (...files) => {
  window = await Window.open(process.env.RECOUP_DESKTOP, env, files);
  await window.find('h1');
};

try {
  await check('the installed window opens', () => opened());
  await check('a deal is kept under a passphrase and changed', async () => {
    await call('create_library', {
      full_name: 'A Producer',
      organization: null,
      email: null,
      passphrase: PASSPHRASE,
    });
    const { samples } = await call('list_samples', {});
    const sample = await call('open_sample_deal', { sample: samples[0].sample });
    const kept = await call('keep_deal', { deal: sample.deal, name: 'Kept at work' });
    const edit = { deal: kept.deal, revision: kept.revision, path: 'name', value: 'Changed at work' };
    assert.equal((await call('edit_deal', edit)).name, 'Changed at work');
  });
  await check('its pack is written', async () => {
    const { deals } = await call('list_open_deals', {});
    const view = await call('view_deal', { deal: deals[0].deal });
    await call('export_pack', { deal: view.deal, formats: ['pdf', 'xlsx'], language: null, reader: null });
    await until(() => readdirSync(at('Downloads')).length === 2, 'two files', 30_000);
  });
  await check('the window closes', () => window.close());
  await check('opened again it holds the changed deal', async () => {
    await opened();
    assert.equal((await call('view_library', {})).state, 'locked');
    // The driver does not wait for the first program to end; until it has, the database is busy.
    await until(async () => (await call('unlock_library', { passphrase: PASSPHRASE })).state === 'open', 'the database', 30_000);
    const { projects } = await call('list_projects', {
      search: '', status: null, currency: null, bin: false, sort: 'updated', descending: true, page: 1,
    });
    const view = await call('open_project', { project: projects[0].project });
    assert.equal(view.name, 'Changed at work');
  });
  await check('the window closes once more', () => window.close());
  await check('a deal file whose icon is clicked opens with it', async () => {
    const file = at('A second film.deal.json');
    copyFileSync(fileURLToPath(new URL('../../examples/nimbus-and-pip.deal.json', import.meta.url)), file);
    await opened(file);
    const { deals } = await call('list_open_deals', {});
    assert.deepEqual(deals.map((deal) => deal.name), ['Nimbus & Pip']);
  });
} finally {
  await check('the window closes again', () => window.close());
  close();
}
