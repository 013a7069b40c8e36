import type {
  FigureDto,
  MeasureWeightDto,
  ScenarioComparison,
  ScenarioDto,
  ScenarioEvaluations,
  ScenarioShareDto,
  ScenariosView,
  TradeOffsView,
} from '../api/bindings.ts';
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

const MEASURED: readonly (readonly [measure: string, unit: string, least: number, step: number])[] = [
  ['equity_irr_p10', 'annual_rate', -0.1, 0.03],
  ['equity_irr_p50', 'annual_rate', 0.08, 0.02],
  ['recoupment_chance', 'share', 0.6, 0.05],
  ['cost_of_capital', 'annual_rate', 0.07, 0.01],
  ['backend_share', 'share', 0.6, -0.05],
];

/** What invented deals are worth: every next one a little more. */
export function worthOf(keys: readonly string[]): ScenarioEvaluations {
  return {
    revision: 1,
    paths: 10_000,
    seed: '1',
    evaluations: keys.map((key, at) => ({
      scenario: key,
      name: key,
      closes: key !== 'balanced',
      measures: MEASURED.map(([measure, unit, least, step]) => ({
        measure,
        unit,
        higher_is_better: measure !== 'cost_of_capital',
        figure: number(`scenario(${key}).paths(10000,1).${measure}`, String(least + at * step)),
        error: null,
      })),
    })),
  };
}

/** The last deal is the best for lenders, the first for everybody else. */
export function comparisonOf(
  keys: readonly string[],
  perspective: string,
  weights: readonly MeasureWeightDto[],
): ScenarioComparison {
  const order = perspective === 'lender' ? [...keys].reverse() : [...keys];
  const usual = [
    { measure: 'recoupment_chance', weight: 0.7 },
    { measure: 'cost_of_capital', weight: 0.3 },
  ];
  return {
    revision: 1,
    perspective,
    weights: weights.length > 0 ? [...weights] : usual,
    rankings: order.map((scenario, at) => ({
      scenario,
      name: scenario,
      rank: at + 1,
      score: number(`scenario(${scenario}).paths(10000,1).score.${perspective}`, String(90 - at)),
      percentile: null,
      marks: [],
      strengths: [],
      weaknesses: [],
      duels_won: 0,
      duels_lost: 0,
    })),
    evaluations: worthOf(keys),
  };
}

/** Every deal that is dearer is likelier made whole: nobody beats anybody. */
export function tradedOf(keys: readonly string[], objectives: readonly string[]): TradeOffsView {
  const evaluations = worthOf(keys);
  const valueIn = (at: number, measure: string) => {
    const found = MEASURED.find(([key]) => key === measure);
    return found ? found[2] + at * found[3] : 0;
  };
  return {
    revision: 1,
    evaluations,
    frontiers: [
      {
        objectives: [...objectives],
        points: keys.map((scenario, at) => ({
          scenario,
          values: objectives.map((measure) => valueIn(at, measure)),
          efficient: true,
          beaten_by: [],
        })),
        efficient: [...keys],
        knee: keys[1] ?? null,
        slopes: [],
        left_out: [],
      },
    ],
  };
}
