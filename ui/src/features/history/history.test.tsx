import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, expect, test, vi } from 'vitest';
import type { DealView, ListRevisions, RevisionEntry } from '../../api/bindings.ts';
import { PacksPage } from '../packs/page.tsx';
import { dealHost, type Host, refusal, showPage, withDeal } from '../workspace/fake-host.tsx';
import { HistoryPage } from './page.tsx';

const VIEW: DealView = {
  deal: 'd1',
  name: 'Comet',
  revision: 4,
  number: 4,
  project: null,
  figures: null,
  undo: null,
  redo: null,
  document: {
    id: 'comet',
    name: 'Comet',
    currency: 'EUR',
    as_of: '2027-01-15',
    project: { title: 'Comet' },
    parties: [{ id: 'fund', name: 'Fund', role: 'equity' }],
  },
};
const revision = (number: number, more: Partial<RevisionEntry> = {}): RevisionEntry => ({
  revision: `r${number}`,
  number,
  parent: number > 1 ? number - 1 : null,
  kind: number > 1 ? 'saved' : 'created',
  label: number > 1 ? 'project.title' : 'Started',
  author: 'A Producer',
  at: '2027-01-15T10:00:00Z',
  current: number === 4,
  names: number === 2 ? [{ version: 'v1', name: 'For the bank' }] : [],
  ...more,
});
const ALL = [4, 3, 2, 1].map((number) => revision(number));
const money = (minor: number) => ({ kind: 'money', amount: { minor, currency: 'EUR' } });

function host(more: Record<string, unknown> = {}): Host {
  const paged = ({ page, named_only, around }: ListRevisions) => {
    const asked = ALL.filter((one) => named_only !== 'true' || one.names.length > 0);
    const place = asked.findIndex((one) => one.revision === around);
    const shown = around === null ? Number(page ?? 1) : Math.floor(place / 2) + 1;
    const at = (shown - 1) * 2;
    const revisions = asked.slice(at, at + 2);
    return { revisions, total: asked.length, all: ALL.length, page: shown, page_size: 2 };
  };
  const compared = ({ from, to }: { from: string | null; to: string | null }) => ({
    from: from ? Number(from.slice(1)) : Number(to?.slice(1) ?? 4) - 1 || null,
    to: Number(to?.slice(1) ?? 4),
    changes: [{ path: 'project.title', before: 'Comet', after: `Comet ${to}` }],
    figures: [
      {
        address: 'recoupment.fund.paid',
        before: money(100_00),
        after: money(150_00),
        difference: money(50_00),
      },
      {
        address: 'recoupment.bank.paid',
        before: money(90_00),
        after: money(40_00),
        difference: money(-50_00),
      },
      { address: 'closing.uses_cash', before: money(1_00), after: money(2_00), difference: money(1_00) },
    ],
  });
  return {
    ...dealHost(VIEW),
    list_revisions: paged,
    compare_revisions: compared,
    ...more,
  } as unknown as Host;
}
const PAGES = { '/history': withDeal(HistoryPage), '/packs': withDeal(PacksPage) };

vi.setConfig({ testTimeout: 30_000 });
afterEach(() => vi.unstubAllGlobals());

test('one revision is shown against the one before it, and says who gains and who loses', async () => {
  const { calls, container } = showPage(host(), PAGES, '/history');
  fireEvent.click(await screen.findByRole('button', { name: /^4/ }));
  await screen.findByText('1 cell differs');
  expect(calls.at(-1)).toMatchObject({ command: 'compare_revisions', request: { from: null, to: 'r4' } });
  const row = (address: string) => container.querySelector(`tr[data-address="${address}"]`)?.textContent;
  expect(row('recoupment.fund.paid')).toContain('+50');
  expect(row('recoupment.fund.paid')).toContain('gains');
  expect(row('recoupment.bank.paid')).toContain('loses');
  expect(row('closing.uses_cash')).not.toContain('gains');
  expect(screen.getByRole('button', { name: 'Restore this revision' })).toHaveProperty('disabled', true);
});

test('two ticked revisions are compared from the older to the newer, on whatever page they stand', async () => {
  const { calls } = showPage(host(), PAGES, '/history');
  fireEvent.click(await screen.findByLabelText('Compare revision 4'));
  fireEvent.click(screen.getByText('Older'));
  fireEvent.click(await screen.findByLabelText('Compare revision 1'));
  await screen.findByText('From revision 1 to revision 4');
  await waitFor(() =>
    expect(calls.at(-1)).toMatchObject({ command: 'compare_revisions', request: { from: 'r1', to: 'r4' } }),
  );
});

test('only the named ones are asked for, and a link asks for the page of its revision and no other', async () => {
  const { unmount, calls } = showPage(host(), PAGES, '/history');
  fireEvent.click(await screen.findByRole('switch', { name: 'Named only' }));
  await screen.findByText('For the bank');
  await waitFor(() => expect(screen.queryByLabelText('Compare revision 4')).toBeNull());
  // How long the history is does not depend on what is looked for in it.
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('4');
  expect(calls.filter(({ command }) => command === 'list_revisions')).toHaveLength(2);
  unmount();
  const linked = showPage(host(), PAGES, '/history?revision=r2');
  expect(await screen.findByRole('heading', { name: /^Revision 2/ })).toBeTruthy();
  expect(screen.getByText('Page 2 of 2')).toBeTruthy();
  expect(linked.calls.filter(({ command }) => command === 'list_revisions')).toHaveLength(1);
  fireEvent.click(screen.getByText('Newer'));
  await screen.findByText('Page 1 of 2');
  expect(screen.getByRole('heading', { name: /^Revision 2/ })).toBeTruthy();
});

test('a figure and its counterpart with what is no cash bear names of their own', async () => {
  const difference = money(1_00);
  const figures = ['closing.uses', 'closing.uses_cash', 'closing.sources', 'closing.sources_cash'].map(
    (address) => ({ address, before: money(1_00), after: money(2_00), difference }),
  );
  const compare_revisions = () => ({
    from: 3,
    to: 4,
    changes: [{ path: 'project.title', before: 'a', after: 'b' }],
    figures,
  });
  for (const language of ['en', 'fr']) {
    const { container, unmount } = showPage(host({ compare_revisions }), PAGES, '/history', language);
    fireEvent.click(await screen.findByRole('button', { name: /^4/ }));
    await waitFor(() => expect(container.querySelectorAll('tr[data-address]')).toHaveLength(4));
    const names = [...container.querySelectorAll('tr[data-address] td:first-child')].map(
      (cell) => cell.textContent,
    );
    expect(new Set(names).size).toBe(4);
    unmount();
  }
});

test('a version is named, a name in use is refused beside the field, and a revision is restored', async () => {
  const name_version = ({ name }: { name: string }) => {
    if (name === 'Taken') throw refusal('NAME_TAKEN', 'This name is in use already.');
    return revision(3, { names: [{ version: 'v2', name }] });
  };
  const restore_revision = () => ({ ...VIEW, revision: 5, number: 5 });
  const { calls } = showPage(host({ name_version, restore_revision }), PAGES, '/history');
  fireEvent.click(await screen.findByRole('button', { name: /^3/ }));
  await userEvent.type(await screen.findByLabelText('Name for this revision'), 'Taken{Enter}');
  await screen.findByText('This name is in use already.');
  await userEvent.clear(screen.getByLabelText('Name for this revision'));
  await userEvent.type(screen.getByLabelText('Name for this revision'), 'Mine{Enter}');
  expect(await screen.findByText('Remove the name Mine')).toBeTruthy();
  fireEvent.click(screen.getByText('Restore this revision'));
  await screen.findByText('Revision 3 is the deal again');
  expect(calls.find(({ command }) => command === 'restore_revision')?.request).toEqual({
    deal: 'd1',
    revision: 'r3',
  });
});

test('a pack is asked for its reader and language, listed, and compared with the present deal', async () => {
  const packs = [
    {
      file: 'comet.pdf',
      format: 'pdf',
      reader: 'bond',
      bytes: 9,
      checksum: 'ab12',
      revision: 'r2',
      number: 2,
      author: 'A Producer',
      at: '2027-01-15T10:00:00Z',
    },
  ];
  const export_pack = () => ({ fingerprint: 'f', files: [] });
  const { calls, container } = showPage(
    host({ list_packs: () => ({ packs }), export_pack }),
    PAGES,
    '/packs',
  );
  await screen.findByText('comet.pdf');
  expect(screen.getByText('Completion guarantor')).toBeTruthy();
  fireEvent.click(screen.getByText('Export pack'));
  await waitFor(() =>
    expect(calls.find(({ command }) => command === 'export_pack')?.request).toEqual({
      deal: 'd1',
      formats: ['pdf', 'xlsx'],
      language: 'en',
      reader: 'full',
    }),
  );
  fireEvent.click(screen.getByText('What changed'));
  await screen.findByText('1 cell differs');
  expect(calls.find(({ command }) => command === 'compare_revisions')?.request).toMatchObject({
    from: 'r2',
    to: null,
  });
  const result = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
  expect(result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

test('the history has no accessibility violation', async () => {
  const { container } = showPage(host(), PAGES, '/history');
  fireEvent.click(await screen.findByRole('button', { name: /^4/ }));
  await screen.findByText('1 cell differs');
  const result = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
  expect(result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});
