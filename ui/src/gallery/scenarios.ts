import type { Plotted } from '../features/scenarios/charts/pareto.tsx';
import { MEASURES, type MeasureKey } from '../features/scenarios/measures.ts';
import type { Part, Scenario, Told } from '../features/scenarios/types.ts';
import { usd } from './fixtures.ts';

/** The same numbers every time: a small generator with a seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const NAMES = ['Best found', 'Equity heavy', 'Presale focused', 'Balanced', 'Working copy', 'Debt heavy'];

/** Invented deals on a plane: dearer money, likelier made whole, up to a point. */
export function plotted(count: number): Plotted[] {
  const next = numbers(20_261_123);
  const raw = Array.from({ length: count }, (_, at) => {
    const cost = 0.06 + next() * 0.14;
    const chance = 0.86 - 0.4 * Math.exp(-(cost - 0.05) * 26) - next() * next() * 0.2;
    return { at, cost, chance, share: 0.2 + next() * 0.5 };
  });
  const best = new Set<number>();
  let top = Number.NEGATIVE_INFINITY;
  for (const { at, chance } of [...raw].sort((a, b) => a.cost - b.cost || b.chance - a.chance)) {
    if (chance > top) best.add(at);
    top = Math.max(top, chance);
  }
  return raw.map(({ at, cost, chance, share }) => ({
    id: `deal-${at}`,
    x: cost,
    y: chance,
    third: share,
    name: NAMES[at] ?? null,
    label: NAMES[at] ?? `Deal ${at + 1}`,
    addresses: [],
    isNow: NAMES[at] === 'Working copy',
    isEfficient: best.has(at),
  }));
}

const told = (key: MeasureKey, value: number | null): Told => ({
  value,
  error: null,
  absent: value === null ? { kind: 'absent', reason: 'not computed', path: null } : null,
  address: `measure.${key}`,
});

function measures(of: Partial<Record<MeasureKey, number>>): Record<MeasureKey, Told> {
  return Object.fromEntries(MEASURES.map((key) => [key, told(key, of[key] ?? null)])) as Record<
    MeasureKey,
    Told
  >;
}

const parts = (senior: number, soft: number, presale: number, gap: number, equity: number): Part[] => [
  { kind: 'senior', amount: usd(senior), isConditional: false },
  { kind: 'soft', amount: usd(soft), isConditional: false },
  { kind: 'presale', amount: usd(presale), isConditional: true },
  { kind: 'gap', amount: usd(gap), isConditional: false },
  { kind: 'equity', amount: usd(equity), isConditional: false },
];

type Worth = Partial<Record<MeasureKey, number>>;

const scenario = (id: string, name: string, of: Worth, own: Part[]): Scenario => ({
  id,
  name,
  isNow: id === 'now',
  closes: true,
  parts: own,
  difference: null,
  shortfall: null,
  overdraft: null,
  measures: measures({ closes: 1, ...of }),
  shares: [],
  sameAs: null,
  changes: 0,
});

const worth = (p50: number, p10: number, chance: number, share: number, cost: number): Worth => ({
  equity_irr_base: p50 + 0.02,
  equity_irr_p50: p50,
  equity_irr_p10: p10,
  recoupment_chance: chance,
  backend_share: share,
  cost_of_capital: cost,
});

export const scenarios: readonly Scenario[] = [
  scenario('found', 'Best found', worth(0.133, 0, 0.826, 0.42, 0.091), parts(2e6, 1e6, 3e6, 5e5, 3.5e6)),
  scenario('equity', 'Equity heavy', worth(0.109, -0.088, 0.818, 0.31, 0.115), parts(1e6, 1e6, 1e6, 0, 7e6)),
  scenario(
    'presale',
    'Presale focused',
    worth(0.123, -0.014, 0.805, 0.38, 0.094),
    parts(2e6, 1e6, 4e6, 5e5, 2.5e6),
  ),
  scenario(
    'now',
    'Working copy',
    worth(0.107, -0.052, 0.76, 0.4, 0.101),
    parts(2e6, 1e6, 2.5e6, 1.2e6, 2.9e6),
  ),
  scenario(
    'debt',
    'Debt heavy',
    { ...worth(0.085, -0.099, 0.668, 0.44, 0.12) },
    parts(4e6, 1e6, 1e6, 2e6, 2e6),
  ),
];
