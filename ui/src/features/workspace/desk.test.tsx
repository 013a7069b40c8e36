import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { DealView } from '../../api/bindings.ts';
import { useAskToClose } from './closing.tsx';
import { type Outcome, useDeal } from './desk.tsx';
import { dealHost, type Host, refusal, showPage, withDeal } from './fake-host.tsx';
import { withCell, withElement } from './overlay.ts';

const VIEW: DealView = {
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

const outcomes: Outcome[] = [];
function Probe() {
  const { view, document, edit, editAll } = useDeal();
  const ask = useAskToClose();
  const type = async (title: string) => outcomes.push(await edit('project.title', title));
  return (
    <>
      <output data-testid="said">{`${view.number} ${document.project.title}`}</output>
      <button
        type="button"
        onClick={() => {
          void type('A');
          void type('B');
          void type('C');
        }}
      >
        type
      </button>
      <button
        type="button"
        onClick={() =>
          void editAll([
            { path: 'project.title', value: 'D' },
            { path: 'name', value: 'Meteor' },
          ]).then((outcome) => outcomes.push(outcome))
        }
      >
        type both
      </button>
      <button type="button" onClick={() => ask(view.deal)}>
        close
      </button>
    </>
  );
}

async function probe(host: Host) {
  outcomes.length = 0;
  const shown = showPage(host, { '/': withDeal(Probe) }, '/');
  await screen.findByRole('button', { name: 'type' });
  return shown;
}
const said = () => screen.getByTestId('said').textContent;

vi.setConfig({ testTimeout: 30_000 });
afterEach(() => vi.unstubAllGlobals());

test('edits wait for one another, and each is made on the revision the one before made', async () => {
  const { calls } = await probe(dealHost(VIEW));
  fireEvent.click(screen.getByText('type'));
  await waitFor(() => expect(said()).toBe('4 C'));
  const edits = calls.filter(({ command }) => command === 'edit_deal');
  expect(edits.map(({ request }) => [request.revision, request.value])).toEqual([
    [1, 'A'],
    [2, 'B'],
    [3, 'C'],
  ]);
  expect(outcomes.map((outcome) => outcome.refusal)).toEqual([null, null, null]);
});

test('what a full disk keeps from being saved stays in sight, in its cell and in a notice, and is saved again', async () => {
  const host = dealHost(VIEW);
  const save = host.edit_deal;
  let isFull = true;
  host.edit_deal = (request) => {
    if (isFull && (request as Record<string, unknown>).value !== 'A')
      throw refusal('DISK_FULL', 'No room left.');
    return save?.(request);
  };
  await probe(host);
  fireEvent.click(screen.getByText('type'));
  await screen.findByText('2 changes are not saved');
  expect(said()).toBe('2 C');
  expect((host.view as () => DealView)().document).toMatchObject({ project: { title: 'A' } });
  fireEvent.click(screen.getByText('Save again'));
  await waitFor(() => expect(screen.getAllByText('No room left.').length).toBeGreaterThan(0));
  expect(said()).toBe('2 C');
  isFull = false;
  fireEvent.click(screen.getByText('Save again'));
  await waitFor(() => expect(screen.queryByText('Save again')).toBeNull());
  expect(said()).toBe('4 C');
  expect((host.view as () => DealView)().document).toMatchObject({ project: { title: 'C' } });
});

test('several cells are one change, and all of them are kept where the disk is full', async () => {
  const host = dealHost(VIEW);
  const { calls } = await probe(host);
  fireEvent.click(screen.getByText('type both'));
  await waitFor(() => expect(said()).toBe('2 D'));
  expect(calls.filter(({ command }) => command.startsWith('edit_')).map(({ command }) => command)).toEqual([
    'edit_cells',
  ]);
  host.edit_cells = () => {
    throw refusal('DISK_FULL', 'The disk is full.');
  };
  fireEvent.click(screen.getByText('type both'));
  await waitFor(() => expect(outcomes).toHaveLength(2));
  expect(outcomes[1]?.refusal?.code).toBe('DISK_FULL');
  expect(said()).toBe('2 D');
});

test('a change another window was faster with is kept, and the present state is shown', async () => {
  const host = dealHost(VIEW);
  await probe(host);
  host.edit_deal?.({ revision: 1, path: 'project.title', value: 'theirs' } as never);
  fireEvent.click(screen.getByText('type'));
  await screen.findByText('1 change is not saved');
  expect(screen.getAllByText(/Another window changed this deal first/)).toHaveLength(2);
  // The first was made on the old state; the others on the one that was then fetched.
  await waitFor(() =>
    expect(outcomes.map((outcome) => outcome.refusal?.code)).toEqual(['CONFLICT', undefined, undefined]),
  );
  fireEvent.click(screen.getByText('Save again'));
  await waitFor(() => expect(said()).toBe('5 A'));
});

test('a value that is refused for what it is is told and not kept', async () => {
  const host = dealHost(VIEW);
  host.edit_deal = () => {
    throw refusal('WRONG_TYPE', 'Not a title.', { path: 'project.title' });
  };
  await probe(host);
  fireEvent.click(screen.getByText('type'));
  await waitFor(() => expect(outcomes).toHaveLength(3));
  expect(screen.queryByText('Save again')).toBeNull();
  expect(said()).toBe('1 Comet');
});

test('closing asks only where changes in memory would be lost', async () => {
  const host = dealHost({ ...VIEW, project: null, number: 2 });
  const { calls } = await probe({ ...host, close_deal: () => ({ deals: [] }) });
  const closed = () => calls.filter(({ command }) => command === 'close_deal').length;
  fireEvent.click(screen.getByText('close'));
  fireEvent.click(await screen.findByText('Leave it open'));
  await waitFor(() => expect(screen.queryByText('Leave it open')).toBeNull());
  expect(closed()).toBe(0);
  fireEvent.click(screen.getByText('close'));
  fireEvent.click(await screen.findByText('Close and lose the changes'));
  await waitFor(() => expect(closed()).toBe(1));
});

test('a kept deal closes without a question', async () => {
  const { calls } = await probe({ ...dealHost({ ...VIEW, number: 7 }), close_deal: () => ({ deals: [] }) });
  fireEvent.click(screen.getByText('close'));
  await waitFor(() => expect(calls.some(({ command }) => command === 'close_deal')).toBe(true));
  expect(screen.queryByText('Leave it open')).toBeNull();
});

test('a cell or an element is laid over the document at its path, and nothing else moves', () => {
  const lines = [
    { id: 'a', amount: 'EUR 1.00' },
    { id: 'b', amount: 'EUR 2.00' },
  ];
  const document = { budget: { lines }, name: 'Comet' };
  const changed = withCell(document, 'budget.lines[b].amount', 'EUR 3.00');
  expect(changed.budget.lines).toEqual([lines[0], { id: 'b', amount: 'EUR 3.00' }]);
  expect(withCell(document, 'budget.lines[a]', null).budget.lines).toEqual([lines[1]]);
  expect(withCell(document, 'schedule.release.date', '2028-01-01')).toMatchObject({
    schedule: { release: { date: '2028-01-01' } },
  });
  expect(withCell(document, 'name', null)).toEqual({ budget: { lines } });
  expect(withElement(document, 'parties', { id: 'p' })).toMatchObject({ parties: [{ id: 'p' }] });
  expect(withElement(document, 'budget.lines', { id: 'c' }).budget.lines).toHaveLength(3);
  expect(withCell(document, 'budget.lines[nobody].amount', 'x')).toEqual(document);
});

test('a file that could not be opened at the start is told once, by its name', async () => {
  const host = dealHost(VIEW);
  const list = host.list_open_deals;
  host.list_open_deals = (request) => ({
    ...(list?.(request) as object),
    refused: [
      { code: 'MALFORMED', message: 'This is not a deal file.', details: { file: '/films/comet.json' } },
    ],
  });
  await probe(host);
  await screen.findByText(/comet\.json: This is not a deal file/);
  fireEvent.click(screen.getByText('type'));
  await waitFor(() => expect(said()).toBe('4 C'));
  // The notice itself: for a moment it is read out from a second place.
  expect(document.querySelectorAll('.toast')).toHaveLength(1);
});
