import { useRef, useState } from 'react';
import type { RiskPointDto } from '../../api/bindings.ts';
import { distributionLayout, domainOf } from '../../charts/distribution/layout.ts';
import { type HandleId, moved, type Shape, stepOf, weighted } from '../../charts/distribution/shape.ts';
import { DistributionView } from '../../charts/distribution/view.tsx';
import { useText } from '../../i18n/index.tsx';
import type { CellValue } from '../workspace/desk.tsx';
import { distributionOf } from './distribution.ts';
import type { Drawn } from './driver-words.ts';
import { driverPath } from './edits.ts';
import type { Live } from './live.ts';
import { scaled } from './units.ts';
import { points } from './words.ts';

type Props = { drawn: Drawn; live: Pick<Live, 'propose' | 'settle' | 'cancel'>; width?: number };

const HEIGHT = 74;

/** Points that have a place; the wire writes a number that is none as nothing. */
const drawable = (points: readonly RiskPointDto[] = []): { x: number; y: number }[] =>
  points.flatMap(({ x, y }) => (x === null || y === null ? [] : [{ x, y }]));

/** A distribution that is dragged: every move is simulated, letting go types it. */
export function DriverDrawing({ drawn, live, width = 208 }: Props) {
  const { driver, shape, scale, view } = drawn;
  const { t, locale } = useText();
  // What the scale and the step were when a handle was taken: they stand still until it is let go.
  const held = useRef<{ domain: [number, number]; step: number } | null>(null);
  const [, setHeld] = useState(false);
  if (!shape) return <Density points={drawable(view?.density)} width={width} label={driver.label} />;
  const frame = held.current ?? { domain: domainOf(shape), step: stepOf(shape) };
  const words = {
    value: (value: number) =>
      shape.kind === 'chance' ? t(value === 1 ? 'risk.yes' : 'risk.no') : scaled(value, scale, locale),
    share: (share: number) => t('risk.percent', { share: points(share, locale, 0) }),
  };
  const propose = (next: Shape) =>
    live.propose([
      { path: driverPath(driver.id, 'distribution'), value: distributionOf(next) as unknown as CellValue },
    ]);
  const hold = () => {
    held.current = { domain: domainOf(shape), step: stepOf(shape) };
    setHeld(true);
  };
  const release = () => {
    held.current = null;
    setHeld(false);
  };
  return (
    <div data-path={driverPath(driver.id, 'distribution')}>
      <DistributionView
        geometry={distributionLayout(shape, frame.domain, { width, height: HEIGHT }, words)}
        label={t('risk.distribution.of', { driver: driver.label })}
        step={frame.step}
        names={{
          handle: (id: HandleId) =>
            t('risk.handle', { driver: driver.label, name: t(`risk.parameter.${id}`), unit: scale.unit }),
          outcome: (label) => t('risk.handle.outcome', { driver: driver.label, value: label }),
          share: words.share,
        }}
        onMove={(id, value) => propose(moved(shape, id, value, frame.step))}
        onWeigh={(id, probability) => propose(weighedShape(shape, id, probability))}
        onHold={hold}
        onSettle={(after) => {
          if (!after) release();
          live.settle(after);
        }}
        onCancel={() => {
          release();
          live.cancel();
        }}
      />
    </div>
  );
}

function weighedShape(shape: Shape, id: string, probability: number): Shape {
  if (shape.kind === 'discrete') return { ...shape, outcomes: weighted(shape.outcomes, id, probability) };
  if (shape.kind === 'chance') {
    const share = Math.round(Math.min(Math.max(probability, 0), 1) * 100) / 100;
    return { ...shape, chance: id === 'yes' ? share : Math.round((1 - share) * 100) / 100 };
  }
  if (shape.kind === 'hit_or_miss')
    return { ...shape, miss: Math.round(Math.min(Math.max(probability, 0), 1) * 100) / 100 };
  return shape;
}

/** A kind of distribution the page cannot drag, as the simulation draws from it. */
function Density({
  points: curve,
  width,
  label,
}: {
  points: readonly { x: number; y: number }[];
  width: number;
  label: string;
}) {
  const { t } = useText();
  const xs = curve.map(({ x }) => x);
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  const most = Math.max(...curve.map(({ y }) => y), 1e-300);
  if (curve.length < 2 || !(high > low)) return <p className="sub">{t('risk.not_drawn')}</p>;
  const at = curve.map(
    ({ x, y }) =>
      `${(((x - low) / (high - low)) * (width - 8) + 4).toFixed(1)},${(58 - (y / most) * 50).toFixed(1)}`,
  );
  return (
    <svg
      className="distribution"
      viewBox={`0 0 ${width} 64`}
      role="img"
      aria-label={t('risk.distribution.of', { driver: label })}
    >
      <path className="distribution-area" d={`M4,58L${at.join('L')}L${width - 4},58Z`} />
    </svg>
  );
}
