import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type {
  DealView,
  OwnProgramView,
  ProgramEntry,
  ProgramRunDto,
  RunLineDto,
  TriedProgram,
} from '../../../api/bindings.ts';
import { dealHost, type Host, refusal, showPage } from '../../workspace/fake-host.tsx';
import { ProgramsPage } from '../page.tsx';
import { listDrafts } from './drafts.ts';

vi.setConfig({ testTimeout: 30_000 });
afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

const DEAL: DealView = {
  deal: 'd1',
  name: 'Comet',
  revision: 1,
  number: 1,
  project: 'p1',
  figures: null,
  undo: null,
  redo: null,
  document: { id: 'comet', name: 'Comet', currency: 'EUR', as_of: '2027-01-15', project: { title: 'Comet' } },
};

const LIBRARY: ProgramEntry = {
  program: 'fr-tax',
  name: 'French credit',
  legal_name: 'French credit',
  jurisdiction: 'FR',
  currency: 'EUR',
  from: '2026-01-01',
  until: null,
  sunset: null,
  kind: 'grant',
  confidence: 'high',
  reviewed: '2026-11-01',
  computable: true,
  stream: 'either',
  animation: true,
  headline: [],
  origin: 'library',
};

const TEXT = JSON.stringify({
  id: 'own-credit',
  short_name: 'My credit',
  currency: 'EUR',
  credit: 'credit',
  inputs: [{ name: 'cost', label: 'Cost' }],
  constants: [{ id: 'rate', value: '0.25', unit: 'rate', label: 'Rate', clause: 's. 1', source: 'a' }],
  lines: [{ id: 'credit', label: 'Credit', formula: 'rate * cost', clause: 's. 1', source: 'a' }],
  sources: [
    { id: 'a', title: 'The Act', address: 'https://example.org/act', seen: '2026-11-01', kind: 'statute' },
  ],
});

const line = (id: string, kind: string, exact: string, formula: string, unit: string): RunLineDto => ({
  id,
  kind,
  label: id,
  unit,
  formula,
  reads: [],
  clause: null,
  source: null,
  value: { exact, shown: { kind: 'number', decimal: exact } },
  problem: null,
});

/** The engine's answer for a program: a hundred times its rate, or a fault where the formula ends in a sign. */
function tried(text: string): TriedProgram {
  const doc = JSON.parse(text) as { constants: { value: string }[]; lines: { formula: string }[] };
  const rate = doc.constants[0]?.value ?? '0';
  const formula = doc.lines[0]?.formula ?? '';
  const bad = formula.trim().endsWith('+');
  const credit = { exact: String(Number(rate) * 100), shown: null };
  const run: ProgramRunDto = {
    program: 'own-credit',
    version: '2026-01-01',
    currency: 'EUR',
    inputs: [
      { name: 'cost', label: 'Cost', unit: 'money', options: [], value: null, from: 'missing', paths: [] },
    ],
    lines: [
      line('rate', 'constant', rate, rate, 'rate'),
      line('credit', 'line', credit.exact, formula, 'number'),
    ],
    conditions: [],
    credit,
    payable: credit,
    refused: false,
    unused: [],
  };
  const fault = {
    path: 'lines[credit].formula',
    message: 'unexpected the end at character 13',
    given: null,
    limit: null,
  };
  return { faults: bad ? [fault] : [], advice: [], entry: null, run: bad ? null : run };
}

function host(): Host {
  let kept: OwnProgramView | null = null;
  const said = (version: number, text: string): OwnProgramView => ({
    own: { own: 'o1', version, entry: null, name: 'My credit', kept: false, created_at: '', updated_at: '' },
    shown: version,
    text,
    faults: [],
    advice: [],
    versions: [{ version, name: 'My credit', author: 'A Producer', at: '2026-11-23T10:00:00Z' }],
  });
  return Object.assign(dealHost(DEAL), {
    search_programs: () => ({ programs: [LIBRARY] }),
    show_program: () => refusal('NOT_FOUND'),
    list_own_programs: () => ({ programs: kept ? [kept.own] : [] }),
    read_own_program: () => kept,
    try_program: ({ text }: { text: string }) => tried(text),
    save_own_program: ({ text, version }: { text: string; version: number | null }) => {
      kept = said((version ?? 0) + 1, text);
      return kept;
    },
  } as unknown as Host);
}

function open() {
  const draft = { key: 'new-1', own: null, version: null, name: 'My credit', base: TEXT, text: TEXT, at: '' };
  localStorage.setItem('recoup.program-draft.new-1', JSON.stringify(draft));
  return showPage(host(), { '/programs': ProgramsPage }, '/programs?edit=new-1');
}

const field = (address: string) =>
  document.querySelector<HTMLInputElement>(`[data-field="${address}"]`) as HTMLInputElement;
const credit = () => document.querySelector<HTMLElement>('.live [data-line="credit"]');

test('a rate is typed in percent, the credit follows, and undo takes it back', async () => {
  const { calls } = open();
  // The editor is read when it is first asked for.
  await waitFor(() => expect(credit()?.textContent).toContain('25'), { timeout: 20_000 });
  fireEvent.change(field('constants[rate].value'), { target: { value: '35' } });
  await waitFor(() => expect(credit()?.dataset.changed).toBe('true'));
  expect(within(credit() as HTMLElement).getByText('35', { selector: '.run-value > samp' })).toBeTruthy();
  const sent = calls.filter(({ command }) => command === 'try_program').at(-1)?.request.text as string;
  expect(JSON.parse(sent).constants[0].value).toBe('0.35');
  // What is no number stays to be mended, and changes nothing.
  fireEvent.change(field('constants[rate].value'), { target: { value: 'much' } });
  expect(field('constants[rate].value').getAttribute('aria-invalid')).toBe('true');
  fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
  await waitFor(() => expect(credit()?.dataset.changed).toBe('false'));
  expect(field('constants[rate].value').value).toBe('25');
});

test('a fault stands at its field, keeps the last figures in sight and leads to it', async () => {
  open();
  await waitFor(() => expect(credit()).not.toBeNull(), { timeout: 20_000 });
  fireEvent.mouseDown(screen.getByRole('tab', { name: /^Lines/ }), { button: 0 });
  fireEvent.change(field('lines[credit].formula'), { target: { value: 'rate * cost +' } });
  const button = await screen.findByRole('button', { name: /lines\[credit\]\.formula/ });
  expect(screen.getByRole('button', { name: 'Save as your own' })).toHaveProperty('disabled', true);
  expect(credit()?.textContent).toContain('25');
  expect(screen.getByRole('tab', { name: 'Lines (1)' })).toBeTruthy();
  fireEvent.mouseDown(screen.getByRole('tab', { name: /^Sources/ }), { button: 0 });
  fireEvent.click(button);
  await waitFor(() =>
    expect((document.activeElement as HTMLElement).dataset.field).toBe('lines[credit].formula'),
  );
});

test('a draft is kept at every change, and gone once it is saved', async () => {
  const { router } = open();
  await waitFor(() => expect(credit()).not.toBeNull(), { timeout: 20_000 });
  fireEvent.change(field('constants[rate].value'), { target: { value: '40' } });
  await waitFor(() => expect(listDrafts()[0]?.text).toContain('0.4'));
  await waitFor(() => expect(credit()?.dataset.changed).toBe('true'));
  fireEvent.click(screen.getByRole('button', { name: 'Save as your own' }));
  await waitFor(() => expect((router.state.location.search as { edit?: string }).edit).toBe('o1'));
  expect(await screen.findByText('Saved as version 1.')).toBeTruthy();
  expect(listDrafts()).toEqual([]);
});
