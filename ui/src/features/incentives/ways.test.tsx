import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { beforeEach, expect, test, vi } from 'vitest';
import type { AssessedProgram, ClaimWaysDto, FigureDto, WayDto, WayFiguresDto } from '../../api/bindings.ts';
import { TextProvider } from '../../i18n/index.tsx';
import { Ways } from './ways.tsx';
import { freshId, sold, usualLoan, type WayClaim, withWay } from './ways-edits.ts';

const desk = vi.hoisted(() => ({
  edit: vi.fn(async () => ({ view: null, refusal: null })),
  add: vi.fn(async () => ({ view: null, refusal: null })),
  document: {} as Record<string, unknown>,
}));
vi.mock('../workspace/desk.tsx', () => ({ useDeal: () => desk }));

const money = (name: string, units: number): FigureDto => ({
  address: `incentives.us-ga-film.ways.${name}`,
  value: { kind: 'money', amount: { minor: units * 100, currency: 'USD' } },
});
const number = (name: string, decimal: string): FigureDto => ({
  address: `incentives.us-ga-film.ways.${name}`,
  value: { kind: 'number', decimal },
});
const day = (name: string, date: string): FigureDto => ({
  address: `incentives.us-ga-film.ways.${name}`,
  value: { kind: 'date', date },
});

function figures(way: string, cash: number, npv: number): WayFiguresDto {
  return {
    cash: money(`${way}.cash`, cash),
    cost: money(`${way}.cost`, 2_000_000 - cash),
    annual_cost: null,
    npv: money(`${way}.npv`, npv),
    npv_expected: money(`${way}.npv_expected`, npv / 2),
    date: day(`${way}.date`, '2030-02-01'),
    settled: day(`${way}.settled`, '2030-02-01'),
    price: null,
    floor: null,
    loan: null,
    events: [
      { kind: 'payment', label: 'Payment', date: '2030-02-01', figure: money(`${way}.cash[1]`, cash) },
    ],
  };
}

const plain: Omit<WayDto, 'way'> = {
  closed: null,
  ground: null,
  clause: null,
  source: null,
  confidence: null,
  buyers: null,
  figures: null,
  usual: null,
};

const loan: WayDto = {
  ...plain,
  way: 'loan',
  figures: {
    ...figures('loan', 1_500_000, 1_400_000),
    loan: {
      instrument: null,
      principal: money('loan.principal', 1_400_000),
      interest: money('loan.interest', 300_000),
      fees: money('loan.loan_fees', 28_000),
      drawn: day('loan.drawn', '2027-09-01'),
    },
  },
};

const sale: WayDto = {
  ...plain,
  way: 'transfer',
  ground: 'May be sold once.',
  clause: '48-7-40.26',
  source: 'https://example.org/rule',
  confidence: 'high',
  buyers: 'Taxpayers of the state',
  usual: { price: '0.89', broker: '0.025' },
  figures: {
    ...figures('transfer', 1_730_000, 1_314_000),
    price: number('transfer.price', '0.89'),
    floor: number('transfer.floor', '0.6'),
  },
};

function ways(part: Partial<ClaimWaysDto>): ClaimWaysDto {
  return {
    chosen: 'direct',
    day: day('day', '2027-09-01'),
    rate: number('rate', '0.12'),
    probability: number('probability', '0.5'),
    status: 'estimated',
    best_by_cash: 'transfer',
    best_by_value: 'loan',
    usual_loan: { advance: '0.82', rate: '0.1', fee: '0.02' },
    ways: [
      { ...plain, way: 'direct', closed: 'not_paid_out', figures: figures('direct', 2_000_000, 1_500_000) },
      loan,
      sale,
      { ...plain, way: 'offset', figures: figures('offset', 600_000, 500_000) },
    ],
    ...part,
  };
}

const claim: WayClaim = { id: 'ga', program: 'us-ga-film', notes: 'kept' };

function show(part: Partial<ClaimWaysDto> = {}) {
  desk.document = {
    currency: 'USD',
    incentives: [claim],
    instruments: [{ id: 'loan-ga', name: 'Another' }],
    schedule: { phases: [{ phase: 'production' }] },
  };
  const program = { claim: 'ga', name: 'Georgia', ways: ways(part) } as unknown as AssessedProgram;
  return render(
    <TextProvider language="en" locale="en-US">
      <Ways program={program} />
    </TextProvider>,
  );
}

beforeEach(() => {
  desk.edit.mockClear();
  desk.add.mockClear();
});

test('every way has its figures with their addresses, and the best of them are marked', async () => {
  const { container } = show();
  const row = (name: string) => screen.getByRole('radio', { name }).closest('tr') as HTMLElement;
  expect(within(row('Sell it')).getByText('most cash')).toBeTruthy();
  expect(within(row('Have it lent against')).getByText('most value')).toBeTruthy();
  expect(within(row('Wait for it')).getByText('not open')).toBeTruthy();
  expect(within(row('Sell it')).getByRole('link', { name: '48-7-40.26' })).toBeTruthy();
  const at = (name: string) =>
    container.querySelector(`[data-address="incentives.us-ga-film.ways.${name}"]`)?.textContent;
  expect([at('transfer.cash'), at('transfer.npv_expected'), at('rate')]).toEqual([
    '1,730,000',
    '657,000',
    '12.00\u202f%',
  ]);
  expect((await axe.run(container)).violations.map((one) => one.id)).toEqual([]);
}, 20_000);

test('what is certain needs no column for its chance', () => {
  show({ probability: number('probability', '1') });
  expect(screen.queryByRole('columnheader', { name: 'With its chance' })).toBeNull();
});

test('selling writes price and broker in one edit', async () => {
  show();
  await userEvent.click(screen.getByRole('radio', { name: 'Sell it' }));
  expect(desk.edit).toHaveBeenCalledExactlyOnceWith('incentives[ga]', {
    ...claim,
    fees: [{ id: 'broker', kind: 'broker', amount: { share: '0.025' } }],
    monetisation: { transfer: '0.89' },
  });
});

test('a loan that the deal does not have is added on usual terms and linked', async () => {
  show();
  await userEvent.click(screen.getByRole('radio', { name: 'Have it lent against' }));
  expect(desk.add).toHaveBeenCalledOnce();
  const [path, element] = desk.add.mock.calls[0] as unknown as [string, Record<string, unknown>];
  expect(path).toBe('instruments');
  expect(element).toMatchObject({
    id: 'loan-ga-2',
    name: 'Loan against Georgia',
    amount: { advance: { parts: [{ against: { claim: 'ga' }, share: '0.82' }] } },
    rate: { fixed: '0.1' },
    maturity: { date: '2030-02-01' },
    drawdown: { from: { start_of: 'production' } },
  });
  expect(desk.edit).toHaveBeenCalledExactlyOnceWith('incentives[ga]', {
    ...claim,
    monetisation: { loan: 'loan-ga-2' },
  });
});

test('a typed price sells the credit at it', async () => {
  show();
  const input = screen.getByRole('textbox', { name: /Price/ });
  await userEvent.clear(input);
  await userEvent.type(input, '91{Enter}');
  expect(desk.edit).toHaveBeenCalledWith(
    'incentives[ga]',
    expect.objectContaining({ monetisation: { transfer: '0.91' } }),
  );
});

test('a broker goes with the sale he was for', () => {
  const typed = sold(claim, '0.9', '0.02');
  expect(withWay(typed, 'direct')).toEqual({ ...claim, monetisation: 'direct' });
  const audit = { id: 'audit', kind: 'audit', amount: { fixed: 'USD 5000.00' } };
  expect(withWay(sold({ ...claim, fees: [audit] } as WayClaim, '0.9', '0.02'), 'offset').fees).toEqual([
    audit,
  ]);
  expect(sold({ ...typed } as WayClaim, '0.95', '0.03').fees).toEqual(typed.fees);
  expect(freshId('broker', [{ id: 'broker' }, { id: 'broker-2' }])).toBe('broker-3');
});

test('a loan is due some months after the day that is typed for the credit', () => {
  const dated = { ...claim, cash: { after: 'final_delivery', months: 9 } } as WayClaim;
  const made = usualLoan(dated, ways({}), loan, 'x', 'X', false);
  expect(made.maturity).toEqual({ after: { after: 'final_delivery', months: 12 } });
  expect(made.drawdown).toEqual({ method: 'as_spend_falls_due' });
});
