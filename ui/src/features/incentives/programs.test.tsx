import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { AssessedProgram, FigureDto } from '../../api/bindings.ts';
import { TextProvider } from '../../i18n/index.tsx';
import { ProgramCards } from './programs.tsx';

const money = (address: string, units: number): FigureDto => ({
  address,
  value: { kind: 'money', amount: { minor: units * 100, currency: 'USD' } },
});

function program(claim: string, part: Partial<AssessedProgram>, gross: number): AssessedProgram {
  const at = (name: string, units: number) => money(`incentives.${claim}.${name}`, units);
  return {
    claim,
    program: claim,
    name: `Credit ${claim}`,
    legal_name: claim,
    jurisdiction: 'CA-QC',
    version: '2024-05-31',
    version_on: '2027-03-01',
    statute: [],
    standing: 'claimed',
    reasons: [],
    confidence: 'high',
    origin: 'library',
    currency: 'CAD',
    lines: [],
    parts: [],
    on_credit: [],
    handed: [],
    conditions: [],
    points: [],
    questions: [],
    inputs: [],
    credit: at('credit', gross),
    worth: {
      gross: at('credit_in_deal', gross),
      received: at('received', gross),
      fees: at('fees', 0),
      tax: at('tax', 0),
      net: at('net', gross),
      spend: at('spend', 1000),
      spend_rate: {
        address: `incentives.${claim}.spend_rate`,
        value: { kind: 'number', decimal: '0.35819' },
      },
      budget_rate: { address: `incentives.${claim}.budget_rate`, value: { kind: 'number', decimal: '0.1' } },
      stack_net: null,
    },
    cash: [{ label: 'Payment', date: '2028-11-01', figure: at('cash[1]', gross) }],
    monetisation: { how: 'direct', instrument: null },
    ways: null,
    sources: [],
    ...part,
  };
}

const reason = { kind: '', message: null, clause: null, program: null, remedy: null };
const programs = [
  program(
    'one',
    { reasons: [{ ...reason, kind: 'condition_open', message: 'Culture test', clause: 's. 2' }] },
    500,
  ),
  program(
    'two',
    {
      jurisdiction: 'US-CA',
      standing: 'compared',
      reasons: [{ ...reason, kind: 'condition_failed', message: 'Half in the state', clause: 's. 1' }],
    },
    0,
  ),
  program('three', { program: 'one', name: 'Credit one', standing: 'compared', confidence: 'low' }, 400),
];

function show(onChoose = vi.fn()) {
  const view = render(
    <TextProvider language="en" locale="en">
      <ProgramCards programs={programs} chosen="one" onChoose={onChoose} />
    </TextProvider>,
  );
  return { ...view, onChoose };
}

test('a card for each jurisdiction, and in it every program with its figures', () => {
  const { container } = show();
  const quebec = screen.getByRole('region', { name: 'Québec' });
  expect(within(quebec).getAllByRole('button', { name: /^Credit/ })).toHaveLength(2);
  expect(container.querySelector('[data-address="incentives.one.credit_in_deal"]')?.textContent).toBe('500');
  expect(container.querySelector('[data-address="incentives.one.spend_rate"]')?.textContent).toMatch(
    /^35\.8/,
  );
  expect(within(quebec).getByText('1 open')).toBeTruthy();
  expect(within(quebec).getByText('unverified')).toBeTruthy();
});

test('a program that is not met stays listed with the condition and its clause', () => {
  show();
  const california = screen.getByRole('region', { name: 'California' });
  expect(within(california).getByText('not met')).toBeTruthy();
  expect(within(california).getByText('Not met: Half in the state (s. 1)')).toBeTruthy();
  expect(within(california).getByText('no cash')).toBeTruthy();
});

test('two claims on one program are told apart, and one is chosen by its name', async () => {
  const { onChoose } = show();
  const [first, second] = screen.getAllByRole('button', { name: /^Credit one/ });
  expect(first?.getAttribute('aria-pressed')).toBe('true');
  expect(second?.textContent).toContain('three');
  await userEvent.click(second!);
  expect(onChoose).toHaveBeenCalledWith('three');
});
