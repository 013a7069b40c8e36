import { type ReactNode, useState } from 'react';
import { planLayout } from '../charts/plan-graph/layout.ts';
import { type GraphTexts, PlanGraphView } from '../charts/plan-graph/view.tsx';
import { Badge, Swatch } from '../components/badge.tsx';
import { Button, IconButton } from '../components/button.tsx';
import { DerivationTree } from '../components/derivation.tsx';
import { TextInput } from '../components/field.tsx';
import { Figure, FigureProvider } from '../components/figure.tsx';
import { FindingList } from '../components/finding-list.tsx';
import { Grid, type GridColumn } from '../components/grid.tsx';
import { Segmented } from '../components/segmented.tsx';
import { Select } from '../components/select.tsx';
import { Slider } from '../components/slider.tsx';
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx';
import { Switch } from '../components/switch.tsx';
import { Tabs } from '../components/tabs.tsx';
import { KINDS } from '../domain/kinds.ts';
import { formatWhole, type Money, parseMinor } from '../domain/money.ts';
import { ConditionCalendar } from '../features/capital/calendar.tsx';
import { FundingChart } from '../features/capital/cash.tsx';
import { BridgeTable } from '../features/charts/bridge.tsx';
import { DebtChart } from '../features/charts/cash.tsx';
import { ClosingChart } from '../features/charts/closing.tsx';
import { FlowChart } from '../features/charts/flow.tsx';
import { LadderChart } from '../features/charts/ladder.tsx';
import { StackChart } from '../features/charts/stack.tsx';
import { CreditCashChart } from '../features/incentives/cash.tsx';
import { LawTimeChart } from '../features/incentives/time.tsx';
import { DateInput, MoneyInput, RateInput } from '../features/inputs.tsx';
import { SourcesUsesChart } from '../features/sources-uses/chart.tsx';
import * as fixtures from './fixtures.ts';
import { lawTime } from './law-time.ts';
import { RISK_ENTRIES } from './risk-entries.tsx';
import { SCENARIO_ENTRIES } from './scenario-entries.tsx';
import { ScheduleEntry, SpendEntry } from './schedule.tsx';

const PLAN_TEXTS: GraphTexts = {
  title: '2 tiers have something wrong with them',
  summary: 'Arrows follow the money.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Fit',
  minimap: 'All of the plan',
  node: ({ node, lines, note, isOpen }) =>
    [lines.join(' '), ...(isOpen ? [node.amount?.text, note] : [note, node.amount?.text])]
      .filter(Boolean)
      .join(', '),
  toggle: ({ node }) => node.label,
};

export type Entry = { id: string; title: string; render: () => ReactNode; isChart?: true };

const { usd } = fixtures;

function Buttons() {
  return (
    <div className="row-wrap">
      <Button look="primary" icon="packs">
        Export pack
      </Button>
      <Button>Compare</Button>
      <Button look="quiet">Cancel</Button>
      <Button look="danger" icon="trash">
        Delete mezzanine
      </Button>
      <Button disabled>Off</Button>
      <IconButton icon="undo" label="Undo" />
    </div>
  );
}

function Fields() {
  const [money, setMoney] = useState<Money>(usd(4_000_000));
  const [rate, setRate] = useState('0.12');
  const [date, setDate] = useState('2029-03-01');
  const [text, setText] = useState('Lantern Fund');
  return (
    <div className="stack">
      <MoneyInput label="Amount" value={money} onCommit={setMoney} />
      <RateInput label="Rate" value={rate} unit="% a year" onCommit={setRate} />
      <DateInput label="Matures" value={date} onCommit={setDate} />
      <TextInput label="Provider" value={text} onChange={setText} />
      <MoneyInput
        label="Budget"
        value={usd(900_000)}
        onCommit={() => {}}
        error="At least 1,000,000; you typed 900,000"
      />
    </div>
  );
}

function Choices() {
  const [tab, setTab] = useState('flow');
  const [who, setWho] = useState<'producer' | 'equity' | 'lender'>('producer');
  const [on, setOn] = useState(true);
  const [amount, setAmount] = useState(40);
  const [status, setStatus] = useState('closed');
  return (
    <div className="stack">
      <Segmented
        label="Perspective"
        value={who}
        onChange={setWho}
        options={[
          { value: 'producer', label: 'Producer' },
          { value: 'equity', label: 'Equity' },
          { value: 'lender', label: 'Lender' },
        ]}
      />
      <Select
        label="Status"
        value={status}
        onChange={setStatus}
        options={[
          { value: 'closed', label: 'closed' },
          { value: 'prospective', label: 'prospective' },
        ]}
      />
      <Switch label="Cultural test passed" checked={on} onChange={setOn} />
      <Slider
        label="Gap"
        value={amount}
        min={0}
        max={100}
        step={1}
        valueText={`${amount} %`}
        onChange={setAmount}
        kind="gap"
      />
      <Tabs
        label="Waterfall"
        value={tab}
        onChange={setTab}
        tabs={[
          { id: 'flow', label: 'Flow', content: 'The money by stage' },
          { id: 'statement', label: 'Statement', content: 'The money by party' },
        ]}
      />
    </div>
  );
}

function Badges() {
  return (
    <div className="stack">
      <div className="row-wrap">
        <Badge look="blocker">blocker</Badge>
        <Badge look="question">question</Badge>
        <Badge look="note">note</Badge>
        <Badge look="pass">verified</Badge>
        <Badge look="outline">term sheet</Badge>
        <Badge look="dashed">prospective</Badge>
      </div>
      <div className="row-wrap">
        {KINDS.map((kind) => (
          <span key={kind} className="legend-item">
            <Swatch kind={kind} /> <Swatch kind={kind} certainty="conditional" /> {kind}
          </span>
        ))}
      </div>
    </div>
  );
}

const figures = {
  openAddress: 'selected',
  open: () => {},
  formula: (address: string) => (address === 'rest' ? '0.25 × eligible' : null),
  overridden: (address: string) => address === 'overridden',
  whyLabel: (value: string) => `${value}. Show how this was made`,
};

function Figures() {
  return (
    <FigureProvider value={figures}>
      <p>
        At rest <Figure address="rest">5,911,414</Figure>, selected{' '}
        <Figure address="selected">5,911,414</Figure>, overridden{' '}
        <Figure address="overridden">6,600,000</Figure>, headline{' '}
        <Figure address="head" size="headline" tone="blocker">
          2,547,224
        </Figure>
      </p>
    </FigureProvider>
  );
}

type Line = { id: string; account: string; place: string; amount: Money };

function Sheet() {
  const [lines, setLines] = useState<Line[]>([
    { id: 'layout', account: 'Layout and animation', place: 'north', amount: usd(7_400_000) },
    { id: 'second', account: 'Second unit', place: 'coast', amount: usd(5_400_000) },
    { id: 'music', account: 'Music, sound, mix', place: 'coast', amount: usd(900_000) },
  ]);
  const change = (id: string, part: Partial<Line>) =>
    setLines((before) => before.map((line) => (line.id === id ? { ...line, ...part } : line)));
  const columns: GridColumn<Line>[] = [
    { id: 'account', head: 'Account', cell: (line) => line.account },
    {
      id: 'place',
      head: 'Place',
      cell: (line) => line.place,
      text: (line) => line.place,
      choices: [
        { value: 'north', label: 'north' },
        { value: 'coast', label: 'coast' },
      ],
      commit: (line, place) => {
        change(line.id, { place });
        return null;
      },
    },
    {
      id: 'amount',
      head: 'Amount, USD',
      align: 'right',
      cell: (line) => formatWhole(line.amount, 'en'),
      text: (line) => formatWhole(line.amount, 'en'),
      commit: (line, text) => {
        const minor = parseMinor(text, 'USD', 'en');
        if (minor === null) return 'Not an amount';
        change(line.id, { amount: { minor, currency: 'USD' } });
        return null;
      },
    },
  ];
  return <Grid label="Budget" hint="Enter edits" columns={columns} rows={lines} rowId={(line) => line.id} />;
}

function Findings() {
  const finding = (severity: 'blocker' | 'question' | 'note', message: string) => ({
    code: message,
    severity,
    severityLabel: severity,
    message,
    place: 'Capital, closing',
    remedy: 'Add a source or cut the budget',
    onOpen: () => {},
  });
  return (
    <FindingList
      findings={[
        finding('note', 'The regional credit is not counted'),
        finding('blocker', 'Sources are 1,150,000 short of uses'),
        finding('question', 'The credit is paid after the loan matures'),
      ]}
    />
  );
}

function Derivation() {
  const labels = {
    expand: (label: string) => `Show the parts of ${label}`,
    collapse: (label: string) => `Hide the parts of ${label}`,
    open: (label: string) => `Open ${label}`,
  };
  return <DerivationTree root={fixtures.derivation} labels={labels} onFollow={() => {}} onCell={() => {}} />;
}

const charts: Entry[] = [
  {
    id: 'closing-bar',
    title: 'Closing bar',
    isChart: true,
    render: () => <ClosingChart data={fixtures.closing} totals={fixtures.closingTotals} width={900} />,
  },
  {
    id: 'closing-bar-narrow',
    title: 'Closing bar, narrow',
    isChart: true,
    render: () => (
      <div style={{ maxWidth: 360 }}>
        <ClosingChart data={fixtures.closing} totals={fixtures.closingTotals} width={360} />
      </div>
    ),
  },
  {
    id: 'capital-stack',
    title: 'Capital column',
    isChart: true,
    render: () => (
      <div style={{ maxWidth: 300 }}>
        <StackChart segments={fixtures.closing.sources} total={usd(13_890_000)} height={460} width={300} />
      </div>
    ),
  },
  {
    id: 'recoupment-sankey',
    title: 'Recoupment flow',
    isChart: true,
    render: () => (
      <FlowChart
        data={fixtures.flow}
        period={2}
        periodName="Q3 2030"
        title="Of 17.6 m gross, 10.9 m reaches the account"
        subtitle="Cumulative to Q3 2030, base case, USD m"
        height={360}
        width={900}
      />
    ),
  },
  {
    id: 'plan-graph',
    title: 'Recoupment plan',
    render: () => (
      <PlanGraphView
        data={fixtures.plan}
        layout={planLayout(fixtures.plan, new Set())}
        closed={new Set()}
        found={null}
        centred={null}
        onToggle={() => {}}
        interaction={{ openAddress: null, onOpen: () => {} }}
        texts={PLAN_TEXTS}
        width={900}
        height={420}
      />
    ),
  },
  {
    id: 'facility-bands',
    title: 'Cash flow with facilities',
    isChart: true,
    render: () => (
      <FundingChart
        data={fixtures.funding}
        columns={['Line', ...fixtures.funding.months.map(({ month }) => month)]}
        rows={[['Needed so far', ...fixtures.funding.months.map(({ need }) => String(need))]]}
        title="The account is overdrawn for 3 months"
        peakText="peak 10.4 m, Oct 2028"
        currency="USD"
        lit="2028-03"
        onLight={() => {}}
        width={900}
      />
    ),
  },
  {
    id: 'condition-calendar',
    title: 'Conditions by month',
    isChart: true,
    render: () => <ConditionCalendar rows={fixtures.conditions} today="2027-01-15" width={620} />,
  },
  {
    id: 'sources-uses',
    title: 'Sources and uses',
    isChart: true,
    render: () => (
      <SourcesUsesChart bars={fixtures.bars} uses={usd(10_000_000)} sources={usd(8_000_000)} width={900} />
    ),
  },
  {
    id: 'debt',
    title: 'Debt steps',
    isChart: true,
    render: () => <DebtChart series={fixtures.debt} currency="USD" delivery="2029-03" width={520} />,
  },
  {
    id: 'recoupment-steps',
    title: 'Recoupment ladder',
    isChart: true,
    render: () => (
      <LadderChart
        steps={fixtures.ladder}
        base={usd(17_600_000)}
        currency="USD"
        lead={fixtures.ladder[2]!}
        width={700}
      />
    ),
  },
  {
    id: 'incentive-bridge',
    title: 'Incentive steps',
    render: () => <BridgeTable caption="Credits in steps" groups={fixtures.bridgeGroups} />,
  },
  {
    id: 'credit-cash',
    title: 'Payments of credits',
    isChart: true,
    render: () => <CreditCashChart payments={fixtures.creditPayments} currency="USD" width={460} />,
  },
  {
    id: 'law-time',
    title: 'The law of any day',
    isChart: true,
    render: () => <LawTimeChart view={lawTime} day="2012-06-01" width={760} />,
  },
  { id: 'schedule', title: 'Schedule bars and days', isChart: true, render: () => <ScheduleEntry /> },
  { id: 'spend', title: 'Spend, so far and by month', isChart: true, render: () => <SpendEntry /> },
];

export const ENTRIES: Entry[] = [
  { id: 'buttons', title: 'Buttons', render: () => <Buttons /> },
  { id: 'fields', title: 'Fields with units', render: () => <Fields /> },
  { id: 'choices', title: 'Choices', render: () => <Choices /> },
  { id: 'badges', title: 'Badges and kinds', render: () => <Badges /> },
  { id: 'figures', title: 'Figures', render: () => <Figures /> },
  { id: 'sheet', title: 'Sheet', render: () => <Sheet /> },
  { id: 'findings', title: 'Findings', render: () => <Findings /> },
  { id: 'derivation', title: 'Derivation', render: () => <Derivation /> },
  {
    id: 'empty',
    title: 'Empty',
    render: () => (
      <EmptyState
        title="Say where the work is done"
        note="Credits are computed from budget lines with a place."
      >
        <Button look="primary">Place budget lines</Button>
      </EmptyState>
    ),
  },
  {
    id: 'error',
    title: 'Error',
    render: () => (
      <ErrorState
        title="The file could not be read"
        note="Line 3 has no amount."
        kept="Your deal is unchanged."
        code="INVALID_DEAL"
      >
        <Button>Choose another file</Button>
      </ErrorState>
    ),
  },
  { id: 'loading', title: 'Loading', render: () => <Skeleton label="Loading the deal" /> },
  ...charts,
  ...RISK_ENTRIES,
  ...SCENARIO_ENTRIES,
];
