import { WINDOWS } from './words.ts';

/** A field that only one kind of money has: what it is called in the document, and how it is typed. */
export type OwnField = { field: string } & (
  | { as: 'percent' | 'decimal' | 'count' | 'money' | 'text' | 'flag' | 'codes' | 'due' }
  | { as: 'choice' | 'several'; choices: readonly string[] }
  | { as: 'party' | 'instrument' | 'agency' | 'lines' }
);

const percent = (field: string): OwnField => ({ field, as: 'percent' });
const flag = (field: string): OwnField => ({ field, as: 'flag' });
const text = (field: string): OwnField => ({ field, as: 'text' });
const money = (field: string): OwnField => ({ field, as: 'money' });

const EQUITY: readonly OwnField[] = [
  percent('premium'),
  percent('preferred_return'),
  percent('ownership'),
  percent('profit_share'),
  text('class'),
  percent('assigned_share'),
  { field: 'assigned_to', as: 'party' },
  flag('approvals'),
];
const LOAN = [flag('requires_bond'), percent('interest_reserve')];
const LICENCE: readonly OwnField[] = [
  { field: 'territories', as: 'codes' },
  { field: 'windows', as: 'several', choices: WINDOWS },
  { field: 'excludes', as: 'several', choices: WINDOWS },
  flag('exclusive'),
  { field: 'term_years', as: 'decimal' },
  { field: 'starts', as: 'due' },
  flag('cross_border'),
  percent('withholding'),
  percent('commission'),
];
const within = (part: string): OwnField[] =>
  LICENCE.map((one) => ({ ...one, field: `${part}.${one.field}` }));

/** What each of the twenty-one kinds has of its own, in the order a contract says it. */
export const OWN_FIELDS: Readonly<Record<string, readonly OwnField[]>> = {
  equity: EQUITY,
  producer_investment: EQUITY,
  co_producer_contribution: [
    text('jurisdiction'),
    percent('cost_share'),
    { field: 'territories', as: 'codes' },
    percent('profit_share'),
  ],
  tax_shelter: [text('scheme'), percent('promised_return'), money('required_spend'), flag('recoups')],
  senior_loan: LOAN,
  contract_loan: LOAN,
  credit_loan: [money('stated_credit'), money('stated_amount'), flag('certified_only'), ...LOAN],
  interim_facility: [money('limit'), ...LOAN],
  gap_loan: [
    percent('required_cover'),
    { field: 'cover_basis', as: 'choice', choices: ['take', 'ask'] },
    flag('requires_presales'),
    ...LOAN,
  ],
  mezzanine: [percent('profit_share')],
  bridge: [{ field: 'bridges_to', as: 'instrument' }],
  presale: [...within('licence'), { field: 'contract', as: 'agency' }, percent('overage_share')],
  negative_pickup: [...within('licence'), text('delivery_requirements')],
  streamer_licence: LICENCE,
  cost_plus: [percent('premium'), flag('buyout'), { field: 'payment_months', as: 'count' }],
  broadcaster_licence: LICENCE,
  sales_agent_advance: [
    { field: 'contract', as: 'agency' },
    { field: 'territories', as: 'codes' },
    percent('withholding'),
  ],
  grant: [text('program'), flag('assistance')],
  soft_loan: [
    text('program'),
    {
      field: 'rank',
      as: 'choice',
      choices: ['before_equity', 'pari_passu_with_equity', 'after_equity'],
    },
    percent('repayable_share'),
    flag('assistance'),
  ],
  deferral: [
    { field: 'of', as: 'choice', choices: ['producer', 'talent', 'vendor'] },
    { field: 'lines', as: 'lines' },
    percent('premium'),
  ],
  in_kind: [{ field: 'lines', as: 'lines' }, text('what')],
};

/** The value at `licence.windows` of a kind's terms. */
export function readOwn(terms: Record<string, unknown>, field: string): unknown {
  return field
    .split('.')
    .reduce<unknown>((part, step) => (part as Record<string, unknown> | undefined)?.[step], terms);
}

/** The terms with another value there; what is emptied goes, and so does a part that it leaves empty. */
export function withOwn(
  terms: Record<string, unknown>,
  field: string,
  value: unknown,
): Record<string, unknown> {
  const [first = '', ...rest] = field.split('.');
  const inner =
    rest.length === 0
      ? value
      : withOwn((terms[first] ?? {}) as Record<string, unknown>, rest.join('.'), value);
  const { [first]: _before, ...others } = terms;
  const isEmpty = inner === null || inner === undefined || (Array.isArray(inner) && inner.length === 0);
  return isEmpty ? others : { ...others, [first]: inner };
}
