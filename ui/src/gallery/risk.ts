import type {
  MoneyDto,
  RiskAmount,
  RiskFigure,
  RiskPartyDto,
  RiskView,
  SensitivityView,
  TwoWayView,
} from '../api/bindings.ts';
import type { RiskDriver } from '../domain/risk.ts';

// An invented simulation that exercises every form of a drawing. It belongs to no film and reaches no page of the product.
const at = (words: string) => `risk(paths=10000;seed=7).${words}`;
const figure = (words: string, value: number | null, error = 0.004): RiskFigure => ({
  address: at(words),
  value: value === null ? null : String(value),
  error: value === null ? null : String(error),
  reason: value === null ? 'too many paths have no single return' : null,
});
const usd = (whole: number): MoneyDto => ({ minor: Math.round(whole * 100), currency: 'USD' });
const amount = (words: string, whole: number): RiskAmount => ({
  address: at(words),
  value: usd(whole),
  error: usd(12_000),
});

function party(
  id: string,
  label: string,
  kind: string,
  recouped: number | null,
  middle: number | null,
): RiskPartyDto {
  const irr = (name: string, from: number) =>
    figure(`${id}.irr.${name}`, middle === null ? null : middle + from);
  return {
    party: id,
    label,
    kind,
    recouped: figure(`${id}.recouped`, recouped),
    irr: {
      p5: irr('p5', -0.212),
      p10: irr('p10', -0.159),
      p25: irr('p25', -0.07),
      p50: irr('p50', 0),
      p75: irr('p75', 0.061),
      p90: irr('p90', 0.111),
      p95: irr('p95', 0.138),
      mean: irr('mean', -0.013),
      deviation: figure(`${id}.irr.deviation`, 0.103),
    },
    multiple: {
      p10: figure(`${id}.multiple.p10`, 0.49),
      p50: figure(`${id}.multiple.p50`, 1.34),
      p90: figure(`${id}.multiple.p90`, 1.75),
      mean: figure(`${id}.multiple.mean`, 1.24),
      shortfall: figure(`${id}.multiple.shortfall`, 0.31),
    },
    npv: {
      p10: amount(`${id}.npv.p10`, -5_400_000),
      p50: amount(`${id}.npv.p50`, 420_000),
      p90: amount(`${id}.npv.p90`, 3_100_000),
      mean: amount(`${id}.npv.mean`, 180_000),
      shortfall: amount(`${id}.npv.shortfall`, -7_900_000),
    },
    payback: {
      p10: figure(`${id}.payback.p10`, 31),
      p50: figure(`${id}.payback.p50`, 44),
      p90: figure(`${id}.payback.p90`, 71),
      never: figure(`${id}.payback.never`, 0.24),
    },
    total_loss: figure(`${id}.total_loss`, 0.012),
    undefined_paths: figure(`${id}.undefined`, 0.0031, 0.0005),
    loss: figure(`${id}.loss`, 0.24),
  };
}

const BARS = 40;
const [FROM, TO] = [-0.36, 0.42];
const counts = Array.from({ length: BARS }, (_, bar) => {
  const value = FROM + ((bar + 0.5) * (TO - FROM)) / BARS;
  const z = (value - 0.1) / (value < 0.1 ? 0.13 : 0.085);
  return Math.round(640 * Math.exp(-(z * z) / 2) * (1 + 0.07 * Math.sin(bar * 2.3)));
});
const quarters = Array.from(
  { length: 24 },
  (_, quarter) => `${2029 + Math.floor(quarter / 4)}-Q${(quarter % 4) + 1}`,
);
const rising = (top: number) =>
  quarters.map((_, quarter) => usd(quarter < 2 ? 0 : top * 1e6 * (1 - Math.exp(-(quarter - 1) / 4))));

export const drivers: RiskDriver[] = [
  {
    id: 'home',
    label: 'Home box office',
    paths: ['revenue.sources[home].estimate.base'],
    effect: 'replace',
    distribution: { triangular: { low: '12000000', mode: '28000000', high: '60000000' } },
  },
  {
    id: 'windows',
    label: 'Other windows at home',
    paths: ['revenue.sources[windows].estimate.base'],
    distribution: { pert: { low: '0.5', mode: '1', high: '1.5' } },
  },
  {
    id: 'toys',
    label: 'Merchandising',
    paths: ['revenue.sources[toys].estimate.base'],
    effect: 'replace',
    distribution: { hit_or_miss: { miss: '0.7', hit: { median: '2500000', p90: '9000000' } } },
  },
  {
    id: 'late',
    label: 'Delivery',
    paths: ['schedule.deliveries[film].month'],
    effect: 'add',
    distribution: {
      discrete: [
        { id: 'none', value: '0', probability: '0.6' },
        { id: 'one', value: '1', probability: '0.22' },
        { id: 'two', value: '2', probability: '0.12' },
        { id: 'three', value: '3', probability: '0.06' },
      ],
    },
  },
];

export const risk: RiskView = {
  revision: 1,
  paths: 10_000,
  seed: '7',
  generator: 'sobol',
  scrambles: 16,
  kernel: 'gallery',
  way: 'fast',
  slow_reasons: [],
  elapsed_ms: 9,
  finished: true,
  reason: null,
  drivers: drivers.map(({ id, label, distribution }) => ({
    id,
    label,
    unit: { home: 'USD', toys: 'USD', late: 'quarters' }[id] ?? 'factor',
    typed: null,
    effect: 'multiply',
    kind: Object.keys(distribution)[0] ?? '',
    density: [],
    quantiles: [],
    way: 'fast',
    reason: null,
  })),
  correlations: [
    { id: 'home-windows', one: 'home', other: 'windows', rho: '0.9', used: '0.83' },
    { id: 'home-late', one: 'home', other: 'late', rho: '-0.4', used: '-0.4' },
  ],
  repaired: true,
  parties: [
    party('equity', 'Equity fund', 'equity', 0.76, 0.107),
    party('gap', 'Gap lender', 'gap_lender', 0.925, 0.13),
    party('talent', 'Talent', 'talent', null, null),
  ],
  claims: [
    {
      tier: 'principal',
      label: 'Equity principal',
      party: 'equity',
      recouped: figure('tier:principal', 0.76),
    },
    {
      tier: 'premium',
      label: 'Equity premium',
      party: 'equity',
      recouped: figure('tier:premium', 0.629, 0.005),
    },
  ],
  chosen: 'equity',
  histogram: {
    address: at('equity.irr'),
    party: 'equity',
    from: FROM,
    to: TO,
    counts,
    below: 120,
    above: 0,
    normal: { mean: 0.094, deviation: 0.103 },
    samples: Array.from({ length: BARS + 2 }, (_, place) =>
      place === BARS + 1
        ? []
        : [
            { path: 100 + place, value: '0.107' },
            { path: 4000 + place, value: '0.108' },
          ],
    ),
  },
  fan: {
    party: 'equity',
    quarters,
    addresses: quarters.map((quarter) => at(`equity.received[${quarter}]`)),
    p5: rising(0.4),
    p25: rising(11.5),
    p50: rising(15.3),
    p75: rising(17.8),
    p95: rising(21.1),
    invested: usd(11_500_000),
  },
  convergence: {
    address: at('equity.recouped'),
    points: Array.from({ length: 20 }, (_, point) => {
      const paths = 512 * (point + 1);
      const half = 0.84 / Math.sqrt(paths);
      const value = 0.76 + (0.3 * half * Math.cos(point * 1.7)) / 1;
      return {
        paths,
        value: value.toFixed(5),
        low: (value - half).toFixed(5),
        high: (value + half).toFixed(5),
      };
    }),
  },
};

const swing = (driver: string, label: string, low: number, high: number) => ({
  driver,
  label,
  low: figure(`equity.irr.low.${driver}`, low),
  high: figure(`equity.irr.high.${driver}`, high),
  low_input: '0.8',
  high_input: '1.2',
  path: `revenue.sources[${driver}].estimate.base`,
});

export const sensitivity: SensitivityView = {
  revision: 1,
  base: figure('equity.irr.base', 0.112),
  bars: [
    swing('windows', 'Other windows at home', 0.061, 0.157),
    swing('home', 'Home box office', 0.074, 0.206),
    swing('late', 'Delivery', 0.113, 0.087),
    swing('toys', 'Merchandising', 0.109, 0.12),
  ],
  spider: drivers.slice(0, 3).map(({ id }, leg) => ({
    driver: id,
    address: at(`equity.irr.spider.${id}`),
    points: [0.5, 0.75, 1, 1.25, 1.5].map((share) => ({
      share: String(share),
      value: (0.112 + (share - 1) * (0.18 - leg * 0.07)).toFixed(4),
    })),
  })),
  indices: [
    {
      driver: 'home',
      first: figure('sobol.home.first', 0.61, 0.02),
      total: figure('sobol.home.total', 0.68, 0.02),
    },
    {
      driver: 'windows',
      first: figure('sobol.windows.first', 0.2, 0.02),
      total: figure('sobol.windows.total', 0.26, 0.02),
    },
    {
      driver: 'late',
      first: figure('sobol.late.first', 0.05, 0.01),
      total: figure('sobol.late.total', 0.07, 0.02),
    },
  ],
};

export const twoWay: TwoWayView = {
  revision: 1,
  base: figure('equity.irr.base', 0.112),
  rows: ['12000000', '28000000', '60000000'],
  columns: ['0.6', '0.8', '1', '1.2', '1.4'],
  cells: [0.02, 0.1, 0.21].map((row, down) =>
    [0, 1, 2, 3, 4].map((across) => figure(`two.${down}.${across}`, row + across * 0.017)),
  ),
};
