import type { FigureDto, ScenarioDto, ScenarioShareDto, ScenariosView } from '../api/bindings.ts';
import { usd } from './fixtures.ts';

const amount = (address: string, major: number): FigureDto => ({
  address,
  value: { kind: 'money', amount: usd(major) },
});
const number = (address: string, decimal: string): FigureDto => ({
  address,
  value: { kind: 'number', decimal },
});

type Wish = readonly [kind: string, wished: string, carried: number];

const share = (key: string, [kind, wished, carried]: Wish): ScenarioShareDto => ({
  kind,
  wished_percent: number(`scenario(${key}).wished_percent.${kind}`, wished),
  wished: amount(`scenario(${key}).wished.${kind}`, Number(wished) * 100_000),
  scaled: amount(`scenario(${key}).scaled.${kind}`, carried),
  carried: amount(`scenario(${key}).carried.${kind}`, carried),
  carried_percent: number(`scenario(${key}).carried_percent.${kind}`, String(carried / 100_000)),
  reasons: [
    {
      reason: kind === 'equity' ? 'takes_the_rest' : kind === 'incentives' ? 'computed' : 'cut_to_collateral',
      amount: amount(`scenario(${key}).reason.${kind}`, carried),
      carries: kind === 'senior_debt' ? amount(`scenario(${key}).reason.${kind}.carries`, carried) : null,
      count: null,
    },
  ],
});

/** An invented deal of a template or of a person's own shares. */
export function deal(key: string, shares: readonly Wish[], more: Partial<ScenarioDto> = {}): ScenarioDto {
  return {
    scenario: key,
    name: key.replace(/_/g, ' '),
    origin: 'template',
    template: key,
    closes: true,
    shortfall: amount(`scenario(${key}).shortfall`, 0),
    cash_shortfall: amount(`scenario(${key}).cash_shortfall`, 0),
    same_as: null,
    shares: shares.map((one) => share(key, one)),
    instruments: [
      {
        id: 'equity',
        name: 'Equity',
        kind: 'equity',
        provider: 'equity',
        of_deal: true,
        principal: amount(`scenario(${key}).in.capital.equity.principal`, 3_000_000),
      },
      {
        id: 'senior',
        name: 'Senior loan',
        kind: 'senior_loan',
        provider: null,
        of_deal: false,
        principal: amount(`scenario(${key}).in.capital.senior.principal`, 2_000_000),
      },
    ],
    changes: [
      { path: 'instruments[equity].amount', before: 'USD 1.00', after: 'USD 3000000.00' },
      {
        path: 'instruments[senior]',
        before: null,
        after: { id: 'senior', name: 'Senior loan', terms: { kind: 'senior_loan' } },
      },
    ],
    trials: 7,
    ...more,
  };
}

export const scenariosView: ScenariosView = {
  revision: 1,
  budget: amount('budget.total', 10_000_000),
  incentives: amount('incentives.net', 1_200_000),
  template_source: 'Five usual shapes',
  template_reviewed: '2026-11-22',
  scenarios: [
    deal('debt_heavy', [
      ['senior_debt', '60', 2_000_000],
      ['incentives', '10', 1_200_000],
      ['equity', '30', 6_800_000],
    ]),
    deal('equity_heavy', [
      ['incentives', '20', 1_200_000],
      ['equity', '80', 8_800_000],
    ]),
    deal(
      'balanced',
      [
        ['senior_debt', '40', 1_500_000],
        ['incentives', '20', 1_200_000],
        ['equity', '40', 4_000_000],
      ],
      { closes: false, shortfall: amount('scenario(balanced).shortfall', 3_300_000) },
    ),
    deal('presale_focused', [
      ['presales', '50', 4_000_000],
      ['equity', '50', 4_800_000],
    ]),
    deal(
      'incentive_maximised',
      [
        ['senior_debt', '60', 2_000_000],
        ['equity', '40', 6_800_000],
      ],
      { same_as: 'debt_heavy' },
    ),
  ],
};
