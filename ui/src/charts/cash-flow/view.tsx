import type { Kind } from '../../domain/kinds.ts';
import { formatScaled } from '../../domain/money.ts';
import { Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import { type AreaLabel, LINE } from './area-labels.ts';
import type { DebtGeometry } from './layout.ts';

type AxesProps = {
  yTicks: readonly { value: number; at: number }[];
  xTicks: readonly { label: string; at: number }[];
  left: number;
  right: number;
  zero: number;
  height: number;
  locale: string;
};

function Axes({ yTicks, xTicks, left, right, zero, height, locale }: AxesProps) {
  return (
    <>
      {yTicks.map((tick) => (
        <g key={tick.value}>
          <line className="grid-line" x1={left} x2={right} y1={tick.at} y2={tick.at} />
          <text className="tick" x={left - 6} y={tick.at + 3.5} textAnchor="end">
            {formatScaled(tick.value, locale, yTicks.some((other) => other.value % 1 !== 0) ? 1 : 0)}
          </text>
        </g>
      ))}
      <line className="axis-line" x1={left} x2={right} y1={zero} y2={zero} />
      {xTicks.map((tick) => (
        <text key={tick.label} className="tick" x={tick.at} y={height - 4}>
          {tick.label}
        </text>
      ))}
    </>
  );
}

function Marker({ at, label, height }: { at: number | null; label: string; height: number }) {
  if (at === null) return null;
  return (
    <>
      <line className="ref-line" x1={at} x2={at} y1={8} y2={height - 22} />
      <text className="halo" x={at + 5} y={16}>
        {label}
      </text>
    </>
  );
}

function AreaName({ label, kind }: { label: AreaLabel | null; kind: Kind }) {
  if (!label) return null;
  return (
    <g aria-hidden="true">
      {label.leader ? <path className="leader" d={label.leader} /> : null}
      <text
        x={label.x}
        y={label.y}
        textAnchor={label.anchor}
        className={label.anchor === 'middle' ? `on-${kind}` : 'label'}
        style={{ fontWeight: 500 }}
      >
        {label.lines.map((line, at) => (
          <tspan key={line} x={label.x} dy={at === 0 ? 0 : LINE}>
            {line}
          </tspan>
        ))}
      </text>
    </g>
  );
}

type DebtProps = {
  geometry: DebtGeometry;
  locale: string;
  names: { peak: string; marker: string };
  interaction: Interaction;
};

export function DebtView({ geometry, locale, names, interaction }: DebtProps) {
  return (
    <>
      <Axes {...geometry} locale={locale} />
      {geometry.areas.map((area, at) => (
        <Mark key={area.id} label={area.name} interaction={interaction} first={at === 0}>
          <path className={`mark-shape fill-${area.kind}`} d={area.path} />
        </Mark>
      ))}
      {geometry.areas.map((area) => (
        <AreaName key={area.id} label={area.label} kind={area.kind} />
      ))}
      <Marker at={geometry.marker} label={names.marker} height={geometry.height} />
      {geometry.peak ? (
        <text
          className="strong halo"
          x={geometry.peak.x}
          y={geometry.peak.y - 6}
          textAnchor={geometry.peak.anchor}
        >
          {names.peak}
        </text>
      ) : null}
    </>
  );
}
