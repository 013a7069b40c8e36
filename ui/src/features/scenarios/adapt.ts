import type {
  FigureDto,
  ScenarioComparison,
  ScenarioDto,
  ScenarioEvaluationDto,
  ScenarioMeasureDto,
} from '../../api/bindings.ts';
import { type Money, toScale } from '../../domain/money.ts';
import type { Quantity } from '../../domain/quantity.ts';
import { isWish, kindOfWish } from './allocation.ts';
import { isMeasure, MEASURES, type MeasureKey } from './measures.ts';
import type { Part, Scenario, Standing, Told } from './types.ts';

/** The key of the deal as it stands. */
export const NOW = 'deal';

/** A value as a number: to compare, to sort and to draw. What is printed of amounts is printed from the amount. */
export function numberOf(value: Quantity): number | null {
  if (value.kind === 'money') return toScale(value.amount);
  if (value.kind === 'number') return Number(value.decimal);
  return value.kind === 'flag' ? Number(value.yes) : null;
}

const UNKNOWN = (measure: MeasureKey): Told => ({
  value: null,
  error: null,
  absent: { kind: 'absent', reason: 'not computed', path: null },
  address: `measure.${measure}`,
});

function toldOf({ figure, error }: ScenarioMeasureDto): Told {
  const { address, value } = figure;
  return {
    value: numberOf(value),
    error: error ? numberOf(error) : null,
    absent: value.kind === 'absent' ? value : null,
    address,
  };
}

export function measuresOf(evaluation: ScenarioEvaluationDto | undefined): Record<MeasureKey, Told> {
  const told = new Map(
    (evaluation?.measures ?? []).flatMap((one) =>
      isMeasure(one.measure) ? [[one.measure, toldOf(one)] as const] : [],
    ),
  );
  return Object.fromEntries(
    MEASURES.map((measure) => [measure, told.get(measure) ?? UNKNOWN(measure)]),
  ) as Record<MeasureKey, Told>;
}

const amountOf = ({ value }: FigureDto) => (value.kind === 'money' ? value.amount : null);

/** The stack of a scenario by kind of money, the first out on the left. */
export function partsOf({ shares }: Pick<ScenarioDto, 'shares'>): Part[] {
  const order = RANK as readonly string[];
  return shares
    .flatMap(({ kind, carried }): Part[] => {
      const amount = amountOf(carried);
      if (!amount || amount.minor <= 0 || !isWish(kind)) return [];
      return [{ kind: kindOfWish(kind), amount, isConditional: false }];
    })
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

const RANK = ['senior', 'soft', 'presale', 'gap', 'mezz', 'equity', 'producer', 'cost'];

export function byRank(parts: readonly Part[]): Part[] {
  return [...parts].sort((a, b) => RANK.indexOf(a.kind) - RANK.indexOf(b.kind));
}

/** A scenario with what it is worth, as far as that is known yet. */
export function scenarioOf(
  one: ScenarioDto,
  evaluation: ScenarioEvaluationDto | undefined,
  name: string,
): Scenario {
  return {
    id: one.scenario,
    name,
    isNow: false,
    closes: one.closes,
    parts: partsOf(one),
    difference: null,
    shortfall: one.shortfall,
    overdraft: one.cash_shortfall,
    measures: measuresOf(evaluation),
    shares: one.shares,
    sameAs: one.same_as,
    changes: one.changes.length,
  };
}

/** The deal as it stands: nothing of it is wished, and what is open is what its closing table says. */
export function nowOf(name: string, parts: readonly Part[], difference: Money | null): Scenario {
  const isOpen = difference !== null && difference.minor < 0;
  return {
    id: NOW,
    name,
    isNow: true,
    closes: difference !== null && !isOpen,
    parts: byRank(parts),
    difference: isOpen
      ? { address: 'closing.difference', value: { kind: 'money', amount: difference } }
      : null,
    shortfall: null,
    overdraft: null,
    measures: measuresOf(undefined),
    shares: [],
    sameAs: null,
    changes: 0,
  };
}

export function standingsOf(comparison: ScenarioComparison | undefined): Map<string, Standing> {
  const known = (keys: readonly string[]) => keys.filter(isMeasure);
  return new Map(
    (comparison?.rankings ?? []).map((one) => [
      one.scenario,
      {
        id: one.scenario,
        rank: one.rank,
        score: one.score,
        strengths: known(one.strengths),
        weaknesses: known(one.weaknesses),
      },
    ]),
  );
}

/** The deals with what they are worth, as far as it is known. */
export function measured(
  scenarios: readonly Scenario[],
  evaluations: readonly ScenarioEvaluationDto[],
): readonly Scenario[] {
  if (evaluations.length === 0) return scenarios;
  const worth = new Map(evaluations.map((one) => [one.scenario, one]));
  return scenarios.map((one) => {
    const evaluation = worth.get(one.id);
    return evaluation ? { ...one, closes: evaluation.closes, measures: measuresOf(evaluation) } : one;
  });
}
