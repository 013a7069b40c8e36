import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { DealView } from '../../api/bindings.ts';
import { dealHost, type Host, refusal, showPage, withDeal } from '../workspace/fake-host.tsx';
import { useBook } from '../workspace/figures.ts';
import { PlanEditor } from './editor.tsx';
import type { Operation } from './operations.ts';
import type { Plan, PlanTier } from './plan.ts';

const share = (id: string, label: string, next?: string): PlanTier => ({
  id,
  label,
  takes: { kind: 'share', payee: 'fund', limit: { kind: 'amount', amount: 'EUR 100.00' } },
  ...(next ? Object.fromEntries([['then', next]]) : {}),
});
const PLAN: Plan = {
  sources: [{ id: 'collections', enters: 'fee', receives_others: true }],
  tiers: [share('fee', 'Fee', 'loan'), share('loan', 'Loan', 'net'), share('net', 'Net')],
  residual: 'fund',
};
const VIEW: DealView = {
  deal: 'd1',
  name: 'Comet',
  revision: 1,
  number: 1,
  project: 'p1',
  undo: null,
  redo: null,
  figures: null,
  document: {
    id: 'comet',
    name: 'Comet',
    currency: 'EUR',
    as_of: '2027-01-15',
    project: { title: 'Comet' },
    parties: [
      { id: 'fund', name: 'Fund', role: 'equity' },
      { id: 'maker', name: 'Maker', role: 'producer' },
    ],
    instruments: [{ id: 'equity', name: 'Equity', terms: { kind: 'equity' } }],
    recoupment: PLAN,
  },
};

/** A host that swaps two neighbours for a move and keeps what is in use. */
function host(): Host & { view: () => DealView } {
  const base = dealHost(VIEW);
  const reshape = (request: { revision: number; operation: Operation }) => {
    const { operation } = request;
    if (operation.kind === 'remove' && operation.tier === 'fee')
      throw refusal('TIER_IN_USE', 'In use', {
        tier: 'fee',
        users: 'recoupment.tiers[net].takes.while[0].tier',
      });
    const plan = (base.view().document as { recoupment: Plan }).recoupment;
    const tiers = [...(plan.tiers ?? [])];
    const at = tiers.findIndex((one) => 'tier' in operation && one.id === operation.tier);
    const [tier] = tiers.splice(at, 1);
    if (operation.kind === 'move' && tier)
      tiers.splice(operation.to.at === 'before' ? at - 1 : at + 1, 0, tier);
    const edit = base.edit_deal as unknown as (request: unknown) => unknown;
    return edit({ revision: request.revision, path: 'recoupment.tiers', value: tiers });
  };
  return { ...base, reshape_plan: reshape as unknown as Host[string], view: base.view } as ReturnType<
    typeof host
  >;
}

function Shown() {
  const book = useBook();
  return <PlanEditor book={book} />;
}

async function shown() {
  const here = host();
  const { calls } = showPage(here, { '/waterfall': withDeal(Shown) }, '/waterfall');
  await waitFor(() => expect(document.querySelector('[data-tier-name="loan"]')).not.toBeNull());
  return { calls, user: userEvent.setup(), here };
}

const names = () =>
  [...document.querySelectorAll('[data-tier-name]')].map((one) => one.getAttribute('data-tier-name'));

test('a tier moves by keyboard as one change, keeps the focus and is told', async () => {
  const { calls, user } = await shown();
  act(() => document.querySelector<HTMLElement>('[data-tier-name="loan"]')?.focus());
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
  await waitFor(() => expect(names()).toEqual(['loan', 'fee', 'net']));
  const asked = calls.filter((call) => call.command === 'reshape_plan');
  expect(asked.map((call) => call.request.operation)).toEqual([
    { kind: 'move', tier: 'loan', to: { at: 'before', tier: 'fee' } },
  ]);
  await waitFor(() => expect(document.activeElement?.getAttribute('data-tier-name')).toBe('loan'));
  expect(screen.getByRole('status').textContent).toBe('Loan is now number 1.');
  await user.keyboard('{ArrowDown}');
  expect(document.activeElement?.getAttribute('data-tier-name')).toBe('fee');
});

test('what cannot go says what speaks of it', async () => {
  const { user } = await shown();
  act(() => document.querySelector<HTMLElement>('[data-tier-name="fee"]')?.focus());
  await user.keyboard('{Delete}');
  const dialog = await screen.findByRole('dialog', { name: 'Fee is spoken of elsewhere' });
  expect(within(dialog).getByRole('button', { name: 'Net' })).toBeTruthy();
  expect(names()).toEqual(['fee', 'loan', 'net']);
});

test('terms are typed where they are read, a third stays a third', async () => {
  const { user, here } = await shown();
  act(() => document.querySelector<HTMLElement>('[data-tier-name="loan"]')?.focus());
  await user.keyboard('{Enter}');
  const dialog = await screen.findByRole('dialog', { name: 'Terms of Loan' });
  const rate = within(dialog).getByRole('textbox', { name: 'Takes' });
  await user.clear(rate);
  await user.type(rate, '1/3{Enter}');
  await within(dialog).findByText(/Fund takes 1\/3 of what reaches it until it has had EUR 100/);
  const plan = (here.view().document as { recoupment: Plan }).recoupment;
  expect(plan.tiers?.[1]?.takes.rate).toBe('1/3');
  await user.click(within(dialog).getByRole('button', { name: 'Add a condition' }));
  await waitFor(() =>
    expect(within(dialog).getAllByText(/once worldwide receipts reach EUR 0/)).toHaveLength(2),
  );
});

test('a payee who is not there yet is made on the spot', async () => {
  const { user, here } = await shown();
  act(() => document.querySelector<HTMLElement>('[data-tier-name="loan"]')?.focus());
  await user.keyboard('{Enter}');
  const dialog = await screen.findByRole('dialog', { name: 'Terms of Loan' });
  await user.selectOptions(within(dialog).getByRole('combobox', { name: 'Payee' }), 'New party…');
  await user.type(within(dialog).getByRole('textbox', { name: 'Name of the new party' }), 'The Ensemble');
  await user.click(within(dialog).getByRole('button', { name: 'Add the party' }));
  await within(dialog).findByText(/^The Ensemble takes everything/);
  const { parties, recoupment } = here.view().document as {
    parties: { id: string; role: string }[];
    recoupment: Plan;
  };
  expect(parties.at(-1)).toMatchObject({ id: 'the-ensemble', role: 'talent' });
  expect(recoupment.tiers?.[1]?.takes.payee).toBe('the-ensemble');
});
