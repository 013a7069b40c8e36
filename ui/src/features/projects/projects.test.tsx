import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, expect, test, vi } from 'vitest';
import type { ListProjects, ProjectEntry } from '../../api/bindings.ts';
import { type Host, refusal, showPage } from '../workspace/fake-host.tsx';
import { daysLeft } from './bin.tsx';
import { ProjectsPage } from './page.tsx';
import { ALL_PROJECTS, requestOf } from './query.ts';

/** Few on a page keep the page quick to draw; how many there are is the application's to say. */
const SIZE = 3;

const entry = (number: number, more: Partial<ProjectEntry> = {}): ProjectEntry => ({
  project: `p${number}`,
  name: `Kite ${number}`,
  description: '',
  title: `Kite ${number}`,
  status: 'packaged',
  currency: 'CAD',
  budget: { minor: 1_370_000_000, currency: 'CAD' },
  version: 1,
  created_at: '2026-11-20T10:00:00Z',
  updated_at: '2026-11-21T10:00:00Z',
  binned_at: null,
  project_type: 'series',
  technique: 'cgi',
  jurisdictions: ['CA-BC', 'FR'],
  step: null,
  ...more,
});

function library(entries: ProjectEntry[]): Host {
  let all = entries;
  const change = (project: string, more: Partial<ProjectEntry>): ProjectEntry => {
    all = all.map((one) => (one.project === project ? { ...one, ...more } : one));
    return all.find((one) => one.project === project) as ProjectEntry;
  };
  const host = {
    view_library: () => ({
      state: 'open',
      place: '',
      by_keychain: false,
      by_passphrase: true,
      profile: null,
    }),
    list_open_deals: () => ({ deals: [] }),
    list_samples: () => ({ samples: [{ sample: 'quest', name: 'Quest', currency: 'USD' }] }),
    list_projects: (asked: ListProjects) => {
      const found = all.filter(
        (one) => (one.binned_at !== null) === asked.bin && one.name.toLowerCase().includes(asked.search),
      );
      return {
        projects: found.slice((asked.page - 1) * SIZE, asked.page * SIZE),
        total: found.length,
        page: asked.page,
        page_size: SIZE,
        kept: all.filter((one) => one.binned_at === null).length,
        binned: all.filter((one) => one.binned_at !== null).length,
        bin_days: 30,
        currencies: ['CAD'],
        jurisdictions: ['CA-BC', 'FR'],
      };
    },
    bin_project: ({ project }: { project: string }) => change(project, { binned_at: '2026-11-22T10:00:00Z' }),
    restore_project: ({ project }: { project: string }) => change(project, { binned_at: null }),
    purge_project: ({ project }: { project: string }) => {
      const gone = change(project, {});
      all = all.filter((one) => one.project !== project);
      return gone;
    },
    rename_project: () => {
      throw refusal('NAME_TAKEN', 'This name is in use already.');
    },
  };
  return host as unknown as Host;
}

const PAGES = { '/projects': ProjectsPage, '/projects/new': () => <p>new</p>, '/': () => <p>start</p> };
const show = (host: Host, language?: string) => showPage(host, PAGES, '/projects', language);
const many = Array.from({ length: 5 }, (_, at) => entry(at + 1));

vi.setConfig({ testTimeout: 30_000 });
afterEach(() => vi.unstubAllGlobals());

test('page by page, sorted by a column that says so, searched once the typing rests', async () => {
  const { calls } = show(library(many));
  await screen.findByText('1 to 3 of 5');
  const asked = () =>
    calls.filter(({ command }) => command === 'list_projects').map(({ request }) => request);
  fireEvent.click(screen.getByText('Next page'));
  await screen.findByText('4 to 5 of 5');
  fireEvent.click(screen.getByRole('button', { name: 'Name' }));
  await waitFor(() => expect(asked().at(-1)).toMatchObject({ sort: 'name', descending: false, page: 1 }));
  expect(screen.getByRole('columnheader', { name: /Name/ }).getAttribute('aria-sort')).toBe('ascending');
  expect(screen.getByRole('columnheader', { name: /Budget/ }).getAttribute('aria-sort')).toBe('none');
  const before = asked().length;
  await userEvent.type(screen.getByRole('searchbox'), 'kite 5');
  await screen.findByText('1 to 1 of 1');
  expect(asked().length - before).toBeLessThan(4);
  expect(asked().at(-1)).toMatchObject({ search: 'kite 5', page: 1 });
  await userEvent.type(screen.getByRole('searchbox'), 'zzz');
  await screen.findByText('No project matches');
});

test('a row is walked, renamed and put into the bin by keyboard, and the toast brings it back', async () => {
  show(library(many.slice(0, 3)));
  const first = await screen.findByRole('button', { name: 'Kite 1' });
  first.focus();
  await userEvent.keyboard('{ArrowDown}');
  expect(document.activeElement?.textContent).toBe('Kite 2');
  await userEvent.keyboard('{F2}');
  const name = await screen.findByLabelText('Name');
  expect(document.activeElement).toBe(name);
  await userEvent.keyboard('Kite 1{Enter}');
  expect(await screen.findByText('This name is in use already.')).toBeTruthy();
  expect(name).toHaveProperty('value', 'Kite 1');
  await userEvent.keyboard('{Escape}');
  screen.getByRole('button', { name: 'Kite 2' }).focus();
  await userEvent.keyboard('{Delete}');
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Kite 2' })).toBeNull());
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('button', { name: 'Kite 2' })).toBeTruthy();
});

test('the bin says how long it keeps, and deletes for good only when asked twice', async () => {
  const gone = entry(1, { binned_at: new Date(Date.now() - 86_400_000).toISOString() });
  show(library([gone, entry(2)]));
  fireEvent.click(await screen.findByRole('radio', { name: 'Bin (1)' }));
  await screen.findByText('29 days');
  fireEvent.click(screen.getByRole('button', { name: 'Delete for good: Kite 1' }));
  fireEvent.click(await screen.findByText('Leave it in the bin'));
  expect(screen.getByText('29 days')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Delete for good: Kite 1' }));
  fireEvent.click(await screen.findByText('Delete Kite 1'));
  await screen.findByText('The bin is empty');
});

test('a project whose setting up was left says at which step it waits', async () => {
  show(library([entry(1, { step: 3 })]));
  expect(await screen.findByText('Continue setting up (step 3 of 4)')).toBeTruthy();
});

test('without a project there are three ways to begin; without a library the way leads to the start', async () => {
  const { unmount } = show(library([]));
  await screen.findByText('No project yet');
  for (const way of ['New project', 'Import a deal file', 'Explore Quest'])
    expect(await screen.findByRole('button', { name: way })).toBeTruthy();
  unmount();
  show({ ...library([]), view_library: () => ({ state: 'locked' }) });
  expect(await screen.findByText('start')).toBeTruthy();
});

test('a list that cannot be read says why and offers to try again', async () => {
  const host = library(many);
  show({
    ...host,
    list_projects: () => {
      throw refusal('DATABASE_BUSY', 'The database is open elsewhere.');
    },
  });
  const alert = await screen.findByRole('alert');
  expect(within(alert).getByText(/open elsewhere/)).toBeTruthy();
  expect(within(alert).getByRole('button', { name: 'Try again' })).toBeTruthy();
});

test('neither list nor bin has an accessibility violation, in either language', async () => {
  for (const language of ['en', 'fr']) {
    const shown = show(
      library([...many.slice(0, 3), entry(9, { binned_at: '2026-11-22T10:00:00Z' })]),
      language,
    );
    await screen.findByRole('button', { name: 'Kite 1' });
    const rules = { 'color-contrast': { enabled: false } };
    const list = await axe.run(shown.container, { rules });
    expect(list.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    fireEvent.click(screen.getAllByRole('radio')[1] as HTMLElement);
    await waitFor(() => expect(screen.getByText('Kite 9')).toBeTruthy());
    const bin = await axe.run(shown.container, { rules });
    expect(bin.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    shown.unmount();
  }
});

test('filters become what the application asks for, and days are counted to the last hour', () => {
  const asked = { ...ALL_PROJECTS, search: ' kite ', budget: 'middle', place: 'CA' };
  expect(requestOf(asked)).toMatchObject({
    search: 'kite',
    budget_from: 5_000_000,
    budget_below: 15_000_000,
    jurisdiction: 'CA',
    status: null,
  });
  const put = '2026-11-01T12:00:00Z';
  const at = (moment: string) => daysLeft(put, 30, Date.parse(moment));
  expect(at('2026-11-01T12:00:00Z')).toBe(30);
  expect(at('2026-11-30T12:00:01Z')).toBe(1);
  expect(at('2026-12-25T00:00:00Z')).toBe(0);
});
