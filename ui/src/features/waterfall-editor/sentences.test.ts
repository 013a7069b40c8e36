import { describe, expect, test } from 'vitest';
import type { DealDocument } from '../../domain/document.ts';
import { type Language, translate, translateMaybe } from '../../i18n/index.tsx';
import { type Names, namesOf, shareText } from './names.ts';
import type { Condition, Plan, PlanTier } from './plan.ts';
import { conditionSentence, tierSentence } from './sentences.ts';

const DEAL: DealDocument = {
  id: 'comet',
  name: 'Comet',
  currency: 'USD',
  as_of: '2027-01-15',
  project: { title: 'Comet' },
  parties: [
    { id: 'fund', name: 'Fund I', role: 'equity' },
    { id: 'bank', name: 'The Bank', role: 'senior_lender' },
  ],
  instruments: [
    { id: 'equity', name: 'Equity', terms: { kind: 'equity' } },
    { id: 'gap', name: 'Gap loan', terms: { kind: 'gap_loan' } },
  ],
  revenue: { sources: [{ id: 'fr', label: 'France, cinema' }] },
};
const PLAN: Plan = {
  sources: [{ id: 'fr', enters: 'gap-claim' }],
  tiers: [{ id: 'gap-claim', label: 'Gap', takes: { kind: 'share', payee: 'bank' } }],
  unit_series: [{ id: 'tickets', label: 'tickets' }],
};
const names = (language: Language): Names =>
  namesOf(DEAL, PLAN, {
    t: (key, params) => translate(language, key, params),
    maybe: (key, fallback, params) => translateMaybe(language, key, fallback, params),
    locale: language,
    place: (code) => code,
    principal: (id) => (id === 'equity' ? 'USD 9,000,000' : null),
  });
/** Spaces that keep words together read like others here. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const share = (takes: Partial<PlanTier['takes']>): PlanTier => ({
  id: 'x',
  takes: { kind: 'share', payee: 'fund', ...takes },
});

describe('a tier is read back as one sentence', () => {
  const cases: [string, PlanTier, string, string][] = [
    [
      'a loan',
      share({ payee: 'bank', limit: { kind: 'principal_and_interest', instrument: 'gap', factor: '1' } }),
      'The Bank takes everything that reaches it until Gap loan with its interest is paid',
      'The Bank prend tout ce qui lui parvient jusqu’à rembourser Gap loan avec ses intérêts',
    ],
    [
      'a multiple of an investment, its amount beside it',
      share({ limit: { kind: 'invested', instrument: 'equity', factor: '1.2' } }),
      'Fund I takes everything that reaches it until 120 % of what was put in under Equity (USD 9,000,000) is back',
      'Fund I prend tout ce qui lui parvient jusqu’à récupérer 120 % de l’apport au titre de Equity (USD 9,000,000)',
    ],
    [
      'a third of the whole receipt that carries, while a threshold is not reached',
      share({
        rate: '1/3',
        rate_base: 'gross_of_receipt',
        unpaid: 'carries_forward',
        while: [{ measure: 'received', is: 'below', target: { amount: 'USD 5000000.00' } }],
      }),
      'Fund I takes 1/3 of every receipt, what falls short paid later, until worldwide receipts reach USD 5,000,000',
      'Fund I prend 1/3 de chaque recette, le manque étant reporté, jusqu’à ce que les recettes mondiales atteignent USD 5 000 000',
    ],
    [
      'a part that is assigned',
      share({ rate: '0.175', assigned: [{ to: 'bank', part: '0.5' }] }),
      'Fund I takes 17.5 % of what reaches it; 50 % of it is paid to The Bank',
      'Fund I prend 17,5 % de ce qui lui parvient ; 50 % en est versé à The Bank',
    ],
    [
      'ten cents a ticket',
      share({ limit: { kind: 'per_unit', series: 'tickets', amount: 'USD 0.10' } }),
      'Fund I takes everything that reaches it until USD 0.10 for every unit of tickets is paid',
      'Fund I prend tout ce qui lui parvient jusqu’à USD 0,10 par unité de tickets',
    ],
    [
      'a group',
      { id: 'x', takes: { kind: 'together', split: 'invested', members: [], base_rate: '0.5' } },
      'Pari passu, pro rata to what each invested, out of 50 % of what arrives',
      'Pari passu, au prorata des apports, sur 50 % de ce qui arrive',
    ],
    [
      'a reserve',
      {
        id: 'x',
        takes: {
          kind: 'reserve',
          rate: '0.02',
          release_months: 24,
          release_to: 'gap-claim',
          cap: 'USD 1000.00',
        },
      },
      '2 % of what reaches it is held for 24 months, then given back to Gap, at most USD 1,000 in all',
      '2 % de ce qui lui parvient est retenu 24 mois, puis rendu à Gap, USD 1 000 au plus au total',
    ],
  ];
  test.each(cases)('%s', (_, tier, en, fr) => {
    expect(plain(tierSentence(tier, names('en')))).toBe(en);
    expect(plain(tierSentence(tier, names('fr'))).replace(/9 000 000/, '9,000,000')).toBe(fr);
  });
});

describe('every measure has its words in both languages', () => {
  const target = { amount: 'USD 100.00' };
  const counters: Condition[] = [
    { measure: 'paid_to_party', party: 'fund', target },
    { measure: 'paid_to_tier', tier: 'gap-claim', target },
    { measure: 'reached_tier', tier: 'gap-claim', target },
    { measure: 'paid_in_pool', pool: 'p', target },
    { measure: 'passed_pool', pool: 'p', target },
    { measure: 'notional_in_pool', pool: 'p', target },
    { measure: 'received', sources: ['fr'], target },
    { measure: 'contract_value', target: 'USD 100.00' },
    { measure: 'event_value', event: 'award', target: '3' },
    { measure: 'counted', series: 'tickets', target: 500000 },
    { measure: 'film_cost_covered', film_cost: 'cost' },
    {
      measure: 'paid_against_investment_and_interest',
      party: 'fund',
      instrument: 'equity',
      interest: { rate_annual: '0.1' },
    },
  ];
  const all: Condition[] = [
    ...counters.flatMap((one) =>
      (['below', 'up_to', 'at_least', 'more_than'] as const).map((is) => ({ ...one, is })),
    ),
    { measure: 'recouped', tier: 'gap-claim' },
    { measure: 'not_recouped', tier: 'gap-claim' },
    ...['receipt_territory', 'receipt_media', 'receipt_source'].flatMap((measure) =>
      (['in', 'not_in'] as const).map((is) => ({ measure, is, list: ['fr'] })),
    ),
    { measure: 'receipt_date', from: '2027-01-01', to: '2027-12-31' },
    { measure: 'receipt_date', from: '2027-01-01' },
    { measure: 'receipt_date', to: '2027-12-31' },
    { measure: 'event_value', event: 'award', is: 'at_least', target: '1' },
    { measure: 'event_value', event: 'award', is: 'below', target: '1' },
  ];
  test.each(['en', 'fr'] as const)('%s', (language) => {
    const said = all.map((one) => conditionSentence(one, names(language)));
    for (const sentence of said) expect(sentence).not.toMatch(/[{}]|_|undefined/);
    const other = all.map((one) => conditionSentence(one, names(language === 'en' ? 'fr' : 'en')));
    said.forEach((sentence, at) => {
      expect(sentence).not.toBe(other[at]);
    });
  });

  test('conditions nest, and the four comparisons differ', () => {
    const nested: Condition = {
      measure: 'any',
      of: [
        { measure: 'recouped', tier: 'gap-claim' },
        {
          measure: 'all',
          of: [
            { measure: 'paid_to_party', party: 'fund', is: 'more_than', target },
            { measure: 'receipt_territory', is: 'not_in', list: ['FR', 'DE'] },
          ],
        },
      ],
    };
    expect(plain(conditionSentence(nested, names('en')))).toBe(
      '(once “Gap” has recouped, or (once Fund I has received more than USD 100, and for receipts from anywhere but FR or DE))',
    );
    const said = (['below', 'up_to', 'at_least', 'more_than'] as const).map((is) =>
      plain(conditionSentence({ measure: 'paid_to_party', party: 'fund', is, target }, names('fr'))),
    );
    expect(new Set(said).size).toBe(4);
    expect(said[0]).toBe('jusqu’à ce que Fund I ait reçu USD 100');
  });
});

test('a share is exact', () => {
  expect(['1/3', '0.175', '1.15', '0.0058'].map((rate) => plain(shareText(rate, 'en')))).toEqual([
    '1/3',
    '17.5 %',
    '115 %',
    '0.58 %',
  ]);
});
