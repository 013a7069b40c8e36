import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { DealView, TreeDto } from '../../api/bindings.ts';
import { Figure } from '../../components/figure.tsx';
import { dealHost, type Host, refusal, showPage, withDeal } from '../workspace/fake-host.tsx';
import { ExplainPanel } from './panel.tsx';

const VIEW: DealView = {
  deal: 'd1',
  name: 'Comet',
  revision: 1,
  number: 1,
  project: null,
  figures: null,
  undo: null,
  redo: null,
  document: { id: 'comet', name: 'Comet', currency: 'EUR', as_of: '2027-01-15', project: { title: 'Comet' } },
};

const tree = (address: string, minor: number, inputs: TreeDto[] = []): TreeDto => ({
  address,
  value: { kind: 'money', amount: { minor, currency: 'EUR' } },
  operation: inputs.length > 0 ? 'sum' : 'carry',
  rounding: null,
  leaf: null,
  inputs,
  folded: 0,
});
const TREES: Record<string, TreeDto> = {
  'closing.uses_cash': tree('closing.uses_cash', 500_00, [
    tree('budget.total', 300_00),
    tree('capital.fees', 200_00),
  ]),
  'budget.total': tree('budget.total', 300_00, [tree('budget.core', 100_00)]),
  'budget.core': tree('budget.core', 100_00),
};

function show(more: Record<string, unknown> = {}) {
  const host = {
    ...dealHost(VIEW),
    explain_figure: ({ address }: { address: string }) => TREES[address],
    ...more,
  } as unknown as Host;
  const Page = withDeal(() => (
    <>
      <Figure address="closing.uses_cash">500</Figure>
      <ExplainPanel />
    </>
  ));
  showPage(host, { '/': Page }, '/');
}

const panel = () => screen.getByRole('complementary', { name: 'How this was made' });
const shown = (address: string) => waitFor(() => within(panel()).getByText(address, { selector: 'code' }));
const follow = async (user: ReturnType<typeof userEvent.setup>, name: RegExp) =>
  user.click(await within(panel()).findByRole('button', { name }));

test('the panel leads back through the figures visited, by its button, Alt with the arrow, and Backspace', async () => {
  const user = userEvent.setup();
  show();
  await user.click(await screen.findByRole('button', { name: /500/ }));
  await shown('closing.uses_cash');
  expect(within(panel()).queryByRole('button', { name: /^Back to/ })).toBeNull();

  await follow(user, /total/i);
  await shown('budget.total');
  await follow(user, /core/i);
  await shown('budget.core');
  await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');
  await shown('budget.total');
  await user.keyboard('{Backspace}');
  await shown('closing.uses_cash');
  // The first figure opened has nothing behind it.
  await user.keyboard('{Backspace}');
  await shown('closing.uses_cash');

  await follow(user, /total/i);
  await shown('budget.total');
  await follow(user, /^Back to/);
  await shown('closing.uses_cash');
  expect(within(panel()).getByRole('heading', { name: 'How this was made' })).toBe(document.activeElement);
}, 20_000);

test('while the tree is computed the panel says which figure it is about; a refusal can be tried again', async () => {
  const user = userEvent.setup();
  let answer: (tree: TreeDto) => void = () => {};
  let isDown = true;
  show({
    view_figures: () => ({
      figures: [
        {
          address: 'closing.uses_cash',
          value: { kind: 'money', amount: { minor: 500_00, currency: 'EUR' } },
        },
      ],
    }),
    explain_figure: () => {
      if (isDown) throw refusal('INTERNAL', 'It cannot be told just now.');
      return new Promise((done) => {
        answer = done as typeof answer;
      });
    },
  });
  await user.click(await screen.findByRole('button', { name: /500/ }));
  await within(panel()).findByText(/It cannot be told just now/);
  isDown = false;
  // The panel is left and opened again: what was refused is asked anew, and meanwhile it is not blank.
  await user.click(within(panel()).getByRole('button', { name: 'Try again' }));
  answer(TREES['closing.uses_cash'] as TreeDto);
  await within(panel()).findByRole('button', { name: /total/i });
  expect(within(panel()).queryByText(/It cannot be told/)).toBeNull();
  await follow(user, /total/i);
  await shown('budget.total');
  expect(within(panel()).getByRole('status', { name: 'Reading the derivation' })).toBeTruthy();
}, 20_000);
