import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { profileLayout, usualShares, weightAt } from '../../charts/release-profile/layout.ts';
import { Select } from '../../components/select.tsx';
import type { ProfileStep, RevenueSource } from '../../domain/document.ts';
import { formatPercent } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { CountField } from './fields.tsx';

const PROFILES = [
  'lump',
  'front_loaded',
  'even',
  'back_loaded',
  's_curve',
  's_curve_front',
  's_curve_back',
  'typed',
] as const;
const SIZE = { width: 300, height: 84 };

function stepsOf(source: RevenueSource): ProfileStep[] | null {
  return typeof source.profile === 'object' ? source.profile.typed : null;
}

/** How many quarters a source lasts. */
function quartersOf(source: RevenueSource): number {
  return Math.max(1, Math.ceil((source.months ?? 1) / 3));
}

/** The shape of a source's money over its quarters: a usual one, or bars that are dragged. */
export function ProfileField({ source }: { source: RevenueSource }) {
  const { t } = useText();
  const { edit } = useDeal();
  const path = `revenue.sources[${source.id}].profile`;
  const steps = stepsOf(source);
  const chosen = steps ? 'typed' : typeof source.profile === 'string' ? source.profile : 'even';
  const quarters = quartersOf(source);
  const choose = (value: string) => {
    if (value !== 'typed') return void edit(path, value);
    const shares = usualShares(chosen, quarters);
    const typed = shares.map((share, quarter) => ({
      id: `q${quarter + 1}`,
      quarter,
      weight: String(Math.round(share * 100)),
    }));
    void edit(path, { typed });
  };
  return (
    <>
      <div className="terms-pair">
        <Select
          label={t('revenue.profile')}
          value={chosen}
          onChange={choose}
          options={PROFILES.map((value) => ({ value, label: t(`revenue.profile.${value}`) }))}
        />
        <CountField
          label={t('revenue.months')}
          value={source.months}
          unit={t('revenue.months.unit')}
          onCommit={(months) => void edit(`revenue.sources[${source.id}].months`, months)}
        />
      </div>
      {steps ? (
        <TypedBars steps={steps} quarters={quarters} path={path} />
      ) : (
        <Drawn shares={usualShares(chosen, quarters)} />
      )}
    </>
  );
}

function Drawn({ shares }: { shares: readonly number[] }) {
  const geometry = profileLayout(shares, SIZE);
  return (
    <svg className="profile" viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} aria-hidden="true">
      {geometry.bars.map((bar) => (
        <rect key={bar.quarter} className="profile-bar" {...shape(bar)} />
      ))}
      <line className="axis-line" x1={0} x2={SIZE.width} y1={geometry.zero} y2={geometry.zero} />
    </svg>
  );
}

const shape = ({ x, y, width, height }: { x: number; y: number; width: number; height: number }) => ({
  x,
  y,
  width,
  height,
});

type BarsProps = { steps: readonly ProfileStep[]; quarters: number; path: string };

/** A bar a quarter: dragged, or moved with the arrow keys; what it comes to is divided by the engine. */
function TypedBars({ steps, quarters, path }: BarsProps) {
  const { t, locale } = useText();
  const { edit } = useDeal();
  const drawing = useRef<SVGSVGElement>(null);
  const [held, setHeld] = useState<{ quarter: number; weight: number } | null>(null);
  const count = Math.max(quarters, ...steps.map(({ quarter }) => quarter + 1));
  const weights = Array.from({ length: count }, (_, quarter) => {
    if (held?.quarter === quarter) return held.weight;
    return Number(steps.find((step) => step.quarter === quarter)?.weight ?? 0);
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  // While a bar is held the scale stands still, so that it follows the pointer.
  const scale = Math.max(100, ...steps.map(({ weight }) => Number(weight)));
  const geometry = profileLayout([...weights.map((weight) => weight / scale), 1], {
    ...SIZE,
    width: (SIZE.width * (count + 1)) / count,
  });
  const commit = (quarter: number, weight: number) => {
    const known = steps.some((step) => step.quarter === quarter);
    const next = known
      ? steps.map((step) => (step.quarter === quarter ? { ...step, weight: String(weight) } : step))
      : [...steps, { id: freshStep(steps, quarter), quarter, weight: String(weight) }];
    void edit(path, { typed: next });
  };
  const weightUnder = (event: PointerEvent) => {
    const box = drawing.current?.getBoundingClientRect();
    if (!box) return 0;
    const y = ((event.clientY - box.top) / box.height) * SIZE.height;
    return Math.round((weightAt(y, geometry) * scale) / 100);
  };
  const onKey = (event: KeyboardEvent, quarter: number) => {
    const step = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    commit(quarter, Math.max(0, (weights[quarter] ?? 0) + step));
  };
  return (
    <svg
      ref={drawing}
      className="profile profile-typed"
      viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
      role="group"
      aria-label={t('revenue.profile.bars')}
    >
      {geometry.bars.slice(0, count).map((bar) => {
        const weight = weights[bar.quarter] ?? 0;
        const share = sum === 0 ? 0 : weight / sum;
        return (
          <g key={bar.quarter}>
            <rect className="profile-bar" {...shape(bar)} />
            <rect
              className="profile-handle"
              role="slider"
              tabIndex={0}
              aria-label={t('revenue.profile.bar', { quarter: bar.quarter + 1 })}
              aria-valuemin={0}
              aria-valuemax={scale}
              aria-valuenow={weight}
              aria-valuetext={`${weight}, ${formatPercent(share, locale, 0)}`}
              x={bar.x}
              y={0}
              width={bar.width}
              height={geometry.zero}
              onKeyDown={(event) => onKey(event, bar.quarter)}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId);
                setHeld({ quarter: bar.quarter, weight: weightUnder(event) });
              }}
              onPointerMove={(event) => {
                if (held) setHeld({ quarter: bar.quarter, weight: weightUnder(event) });
              }}
              onPointerUp={() => {
                if (held) commit(held.quarter, held.weight);
                setHeld(null);
              }}
              onPointerCancel={() => setHeld(null)}
            />
          </g>
        );
      })}
      <line className="axis-line" x1={0} x2={SIZE.width} y1={geometry.zero} y2={geometry.zero} />
    </svg>
  );
}

function freshStep(steps: readonly ProfileStep[], quarter: number): string {
  const wished = `q${quarter + 1}`;
  return steps.some(({ id }) => id === wished) ? `${wished}-${steps.length + 1}` : wished;
}
