import type { DebtSeries } from '../charts/cash-flow/layout.ts';
import type { ClosingData } from '../charts/closing-bar/layout.ts';
import type { CalendarRow } from '../charts/condition-calendar/layout.ts';
import type { CreditPayment } from '../charts/credit-cash/layout.ts';
import type { FundingData } from '../charts/facility-bands/layout.ts';
import type { BridgeStep } from '../charts/incentive-bridge/layout.ts';
import type { Segment } from '../charts/kernel/types.ts';
import type { PlanGraphData, PlanNode } from '../charts/plan-graph/data.ts';
import type { FlowData, FlowLink, FlowNode } from '../charts/recoupment-sankey/data.ts';
import type { LadderStep } from '../charts/recoupment-steps/layout.ts';
import type { BarPart, Bars } from '../charts/sources-uses/layout.ts';
import type { DerivationNode } from '../components/derivation.tsx';
import { monthFromOrdinal, monthOrdinal } from '../domain/dates.ts';
import type { Certainty, Kind } from '../domain/kinds.ts';
import type { Money } from '../domain/money.ts';
import type { BridgeGroup } from '../features/charts/bridge.tsx';

// Invented amounts that exercise every form of a drawing. They belong to no film and reach no page of the product.
export const usd = (whole: number): Money => ({ minor: Math.round(whole * 100), currency: 'USD' });

const segment = (
  id: string,
  label: string,
  kind: Kind,
  whole: number,
  certainty: Certainty = 'firm',
): Segment => ({
  id,
  label,
  kind,
  certainty,
  amount: usd(whole),
  address: `closing.${id}`,
});

export const closing: ClosingData = {
  uses: [
    segment('north', 'Northern studio', 'neutral', 9_400_000),
    segment('coast', 'Coast unit', 'neutral', 3_200_000),
    segment('bond', 'Bond', 'neutral2', 380_000),
    segment('financing', 'Financing', 'neutral2', 910_000),
  ],
  sources: [
    segment('credit-loan', 'Credit loan', 'senior', 3_100_000),
    segment('grant', 'Regional grant', 'soft', 900_000, 'conditional'),
    segment('licence', 'Broadcast licence', 'presale', 2_600_000),
    segment('gap', 'Gap', 'gap', 1_500_000, 'conditional'),
    segment('mezz', 'Mezzanine', 'mezz', 800_000, 'conditional'),
    segment('fund', 'Lantern Fund', 'equity', 3_600_000),
    segment('deferral', 'Deferral', 'producer', 240_000),
    segment('missing', 'To be found', 'equity', 1_150_000, 'missing'),
  ],
};

export const closingTotals = {
  uses: usd(13_890_000),
  sources: usd(12_740_000),
  difference: usd(-1_150_000),
  conditional: usd(3_200_000),
};

/** A stream that grows over three periods. */
const link = (source: string, target: string, whole: number, kind: Kind | 'ink'): FlowLink => ({
  source,
  target,
  amounts: [0.25, 0.8, 1].map((part) => usd(whole * part)),
  during: [0.25, 0.55, 0.2].map((part) => usd(whole * part)),
  kind,
});

const station = (id: string, label: string, column: number, kind: Kind | 'ink', whole: number): FlowNode => ({
  id,
  label,
  column,
  kind,
  amounts: [0.25, 0.8, 1].map((part) => usd(whole * part)),
});

export const flow: FlowData = {
  months: ['2030-03', '2030-06', '2030-09'],
  view: '',
  nodes: [
    station('theatrical', 'Theatrical', 0, 'presale', 8_200_000),
    station('home', 'Home', 0, 'presale', 4_100_000),
    station('abroad', 'Abroad', 0, 'presale', 5_300_000),
    station('distributor', 'Distributor', 1, 'cost', 12_300_000),
    station('agent', 'Sales agent', 1, 'cost', 5_300_000),
    station('fees', 'Fees', 2, 'cost', 6_700_000),
    station('account', 'Collection account', 2, 'ink', 10_900_000),
    station('gap', 'Gap', 3, 'gap', 1_900_000),
    station('equity', 'Equity', 3, 'equity', 6_700_000),
    station('profits', 'Net profits', 3, 'ink', 2_300_000),
    station('lender', 'Gap lender', 4, 'gap', 1_900_000),
    station('fund', 'Lantern Fund', 4, 'equity', 7_850_000),
    station('producer', 'Producer', 4, 'producer', 1_150_000),
  ],
  links: [
    link('theatrical', 'distributor', 8_200_000, 'presale'),
    link('home', 'distributor', 4_100_000, 'presale'),
    link('abroad', 'agent', 5_300_000, 'presale'),
    link('distributor', 'fees', 5_800_000, 'cost'),
    link('distributor', 'account', 6_500_000, 'presale'),
    link('agent', 'fees', 900_000, 'cost'),
    link('agent', 'account', 4_400_000, 'presale'),
    link('account', 'gap', 1_900_000, 'gap'),
    link('account', 'equity', 6_700_000, 'equity'),
    link('account', 'profits', 2_300_000, 'ink'),
    link('gap', 'lender', 1_900_000, 'gap'),
    link('equity', 'fund', 6_700_000, 'equity'),
    link('profits', 'fund', 1_150_000, 'equity'),
    link('profits', 'producer', 1_150_000, 'producer'),
  ],
};

const monthsFrom = (first: string, count: number) =>
  Array.from({ length: count }, (_, at) => monthFromOrdinal(monthOrdinal(first) + at));

const flowMonths = monthsFrom('2027-03', 24);
export const funding: FundingData = {
  months: flowMonths.map((month, at) => ({
    month,
    sources: [
      { id: 'equity', kind: 'equity', amount: at < 8 ? 450_000 : 120_000 },
      { id: 'loan', kind: 'senior', amount: at >= 6 && at < 16 ? 300_000 : 0 },
      { id: 'gap', kind: 'gap', amount: at >= 16 ? 260_000 : 0 },
    ],
    uses: [{ id: 'spend', kind: 'neutral', amount: 380_000 + 30_000 * Math.max(0, 10 - Math.abs(at - 10)) }],
    need: Math.min(at + 1, 20) * 520_000,
    left: at >= 17 && at < 20 ? -90_000 : 0,
    address: `cash_flow.closing[${month}]`,
  })),
  facilities: [
    {
      id: 'loan',
      label: 'Credit loan',
      kind: 'senior',
      balances: flowMonths.map((month, at) => ({
        month,
        amount: Math.min(Math.max(at - 5, 0), 10) * 300_000,
      })),
      peak: 'peak 3.0 m, Jun 2028',
    },
  ],
  peak: { month: '2028-10', amount: 10_400_000 },
  marker: '2028-12',
};

export const conditions: CalendarRow[] = [
  {
    id: 'gap',
    label: 'Gap loan',
    firstDraw: '2027-06',
    marks: [
      { id: 'title', label: 'Chain of title', month: '2026-11', state: 'met', isLate: false, path: '' },
      {
        id: 'bond',
        label: 'Completion guarantee',
        month: '2027-04',
        state: 'expected',
        isLate: false,
        path: '',
      },
      { id: 'sales', label: 'Presales', month: '2027-09', state: 'expected', isLate: true, path: '' },
    ],
  },
];

const part = (
  id: string,
  kind: BarPart['kind'],
  certainty: BarPart['certainty'],
  major: number,
): BarPart => ({
  id,
  label: `The ${id}`,
  kind,
  certainty,
  amount: usd(major),
  address: `closing.source.${id}`,
});
export const bars: Bars = [
  { id: 'uses', label: 'Uses, cash', parts: [part('lines', 'neutral', 'firm', 10_000_000)] },
  {
    id: 'sources',
    label: 'Sources, cash',
    parts: [
      part('loan', 'senior', 'firm', 5_000_000),
      part('gap', 'gap', 'conditional', 3_000_000),
      part('rest', 'equity', 'missing', 2_000_000),
    ],
  },
];

export const debt: DebtSeries[] = [
  {
    id: 'credit',
    label: 'Credit loan',
    kind: 'senior',
    points: monthsFrom('2027-09', 26).map((month, at) => ({
      month,
      balance: at < 20 ? Math.min(at, 10) * 310_000 : 900_000,
    })),
  },
  {
    id: 'gap',
    label: 'Gap',
    kind: 'gap',
    points: monthsFrom('2028-07', 20).map((month, at) => ({ month, balance: Math.min(at + 1, 6) * 250_000 })),
  },
];

export const ladder: LadderStep[] = [
  {
    id: 'gap',
    label: 'Gap lender',
    kind: 'gap',
    out: usd(6_300_000),
    address: 'recoupment.gap.breakeven_receipts',
  },
  { id: 'mezz', label: 'Mezzanine', kind: 'mezz', out: usd(8_100_000) },
  { id: 'equity', label: 'Lantern Fund', kind: 'equity', out: usd(15_700_000) },
  { id: 'talent', label: 'Talent pool', kind: 'talent', out: null },
];

export const bridge: BridgeStep[] = [
  {
    id: 'spend',
    label: 'Spend in the region',
    note: 'budget lines 5 to 8',
    base: usd(9_400_000),
    takenOut: null,
    rate: null,
    credit: null,
    addresses: {},
  },
  {
    id: 'labour',
    label: 'Non-resident labour out',
    note: '3 % of labour',
    base: usd(9_150_000),
    takenOut: usd(250_000),
    rate: '0.25',
    credit: usd(2_287_500),
    addresses: { credit: 'incentives.region.credit' },
  },
];

export const bridgeGroups: BridgeGroup[] = [
  {
    id: 'region',
    title: 'Regional credit',
    note: 'Film Act s. 12 · version of 1 Jan 2026',
    currency: 'USD',
    steps: bridge,
    total: { label: 'Regional credit, credit', credit: usd(2_287_500), address: 'incentives.region.credit' },
    isChosen: true,
  },
  {
    id: 'coast',
    title: 'Coastal rebate',
    note: 'does not count',
    currency: 'EUR',
    steps: [],
    total: null,
    empty: 'Not met: half of the shoot on the coast (art. 4)',
  },
];

export const creditPayments: CreditPayment[] = [
  {
    id: 'a',
    label: 'Regional credit',
    date: '2028-06-01',
    amount: usd(2_160_000),
    address: 'incentives.region.cash[1]',
  },
  {
    id: 'b',
    label: 'Regional credit',
    date: '2029-09-01',
    amount: usd(240_000),
    address: 'incentives.region.cash[2]',
  },
  {
    id: 'c',
    label: 'National credit',
    date: '2029-12-01',
    amount: usd(6_058_000),
    address: 'incentives.nation.cash[1]',
  },
];

const leafOf = (id: string, label: string, value: string, leaf: DerivationNode['leaf']): DerivationNode => ({
  id,
  label,
  value,
  how: null,
  rounding: null,
  leaf,
  address: null,
  inputs: [],
  folded: 0,
});

export const derivation: DerivationNode = {
  id: 'credit',
  label: 'Regional credit, USD',
  value: '2,287,500',
  how: '0.25 × 9,150,000',
  rounding: 'rounded half up',
  leaf: null,
  address: 'incentives.region.credit',
  folded: 0,
  inputs: [
    {
      id: 'base',
      label: 'Eligible labour',
      value: '9,150,000',
      how: '9,400,000 - 250,000',
      rounding: null,
      leaf: null,
      address: 'incentives.region.base',
      folded: 0,
      inputs: [
        leafOf('cell', 'Animation', '9,400,000', {
          kind: 'cell',
          kindLabel: 'typed',
          path: 'budget.lines[animation].amount',
          detail: 'budget.lines[animation].amount',
          href: null,
        }),
        leafOf('share', 'Resident share', '97.00 %', {
          kind: 'assumption',
          kindLabel: 'assumption',
          path: 'budget.lines[animation].resident_share',
          detail: 'Payroll of the last film',
          href: null,
        }),
      ],
    },
    leafOf('rate', 'Rate', '25.00 %', {
      kind: 'clause',
      kindLabel: 'clause',
      path: null,
      detail: 's. 12 (3), version 2026-01-01',
      href: 'https://example.org/act',
    }),
  ],
};

const planned = (id: string, label: string, kind: Kind | 'ink', more: Partial<PlanNode> = {}): PlanNode => ({
  id,
  label,
  note: 'until what was put in is back',
  kind,
  sort: 'tier',
  members: [],
  conditions: [],
  amount: { text: '1.90 m', address: `flow(2030-09).tier:${id}` },
  faults: [],
  ...more,
});

/** A plan with everything a graph can show: a group, a reserve that gives back, a circle, what nothing leads to. */
export const plan: PlanGraphData = {
  nodes: [
    planned('world', 'World', 'presale', { sort: 'source', amount: null, note: 'everything that comes in' }),
    planned('fee', 'Collection fee', 'cost'),
    planned('reserve', 'Reserve', 'cost', { sort: 'reserve', note: '5 % held for 12 months' }),
    planned('gap', 'Gap loan, interest then principal', 'gap', { conditions: ['until the sequel is green'] }),
    planned('investors', 'Investors', 'equity', {
      sort: 'together',
      note: '2 members side by side',
      members: [planned('fund', 'Lantern Fund', 'equity'), planned('friends', 'Friends', 'equity')],
    }),
    planned('net', 'Net profits', 'ink', {
      faults: [{ fault: 'cycle', isBlocker: true, message: 'The tiers lead back to themselves.' }],
    }),
    planned('lost', 'Lost claim', 'talent', {
      amount: null,
      faults: [{ fault: 'unreachable', isBlocker: false, message: 'No money reaches it.' }],
    }),
  ],
  edges: [
    { from: 'world', to: 'fee', kind: 'enters' },
    { from: 'fee', to: 'reserve', kind: 'then' },
    { from: 'reserve', to: 'gap', kind: 'then' },
    { from: 'reserve', to: 'investors', kind: 'release' },
    { from: 'gap', to: 'investors', kind: 'then' },
    { from: 'investors', to: 'net', kind: 'then' },
    { from: 'net', to: 'gap', kind: 'then' },
  ],
  cycle: ['gap', 'investors', 'net'],
};
