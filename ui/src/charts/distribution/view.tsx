import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { type DistributionGeometry, type Handle, type OutcomeBar, valueAt } from './layout.ts';
import type { HandleId } from './shape.ts';

export type DistributionActions = {
  /** A handle is moved to a value, or an outcome to a probability; nothing is kept yet. */
  onMove: (id: HandleId, value: number) => void;
  onWeigh: (id: string, probability: number) => void;
  /** The pointer takes hold of it: the scale stands still from here on. */
  onHold: () => void;
  /** What was tried is kept, at once or when nothing more has been tried for a while. */
  onSettle: (after?: number) => void;
  onCancel: () => void;
};

type Props = {
  geometry: DistributionGeometry;
  label: string;
  step: number;
  names: {
    handle: (id: HandleId) => string;
    outcome: (label: string) => string;
    share: (share: number) => string;
  };
} & DistributionActions;

/** How long after the last key what was tried is kept. */
const PAUSE = 900;
const STEPS: Record<string, number> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

/** A density whose points are dragged with mouse or finger, or moved with the arrow keys. */
export function DistributionView({ geometry, label, step, names, ...actions }: Props) {
  const { width, height, base, bars } = geometry;
  const drawing = useRef<SVGSVGElement>(null);
  const isHeld = useRef(false);
  const place = (event: PointerEvent) => {
    const box = drawing.current?.getBoundingClientRect();
    if (!box || box.width === 0) return null;
    return {
      x: ((event.clientX - box.left) / box.width) * width,
      y: ((event.clientY - box.top) / box.height) * height,
    };
  };
  const take = (event: PointerEvent<SVGElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.focus();
    event.currentTarget.setPointerCapture?.(event.pointerId);
    isHeld.current = true;
    actions.onHold();
  };
  const drop = () => {
    if (isHeld.current) actions.onSettle();
    isHeld.current = false;
  };
  const stop = () => {
    isHeld.current = false;
    actions.onCancel();
  };
  const key = (move: (steps: number) => void) => (event: KeyboardEvent) => {
    const steps = STEPS[event.key];
    if (steps !== undefined) {
      move(steps);
      actions.onSettle(PAUSE);
    } else if (event.key === 'Enter') actions.onSettle();
    else if (event.key === 'Escape') stop();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const grips = {
    onPointerDown: take,
    onPointerUp: drop,
    onPointerCancel: stop,
    onBlur: () => actions.onSettle(),
  };
  const barTop = Math.max(...bars.map((bar) => bar.probability), 0.01);
  return (
    <svg
      ref={drawing}
      className="distribution"
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label={label}
    >
      <path className="distribution-area" d={geometry.area} />
      {bars.map((bar) => (
        <Bar
          key={bar.id}
          bar={bar}
          base={base}
          name={names.outcome(bar.label)}
          share={names.share(bar.probability)}
          grips={{
            ...grips,
            onPointerMove: (event: PointerEvent<SVGElement>) => {
              const at = isHeld.current ? place(event) : null;
              // While it is held the tallest bar keeps its scale, so that the head follows the pointer.
              if (at) actions.onWeigh(bar.id, ((base - at.y) / (base - geometry.top - 4)) * barTop);
            },
            onKeyDown: key((steps) => actions.onWeigh(bar.id, bar.probability + steps / 100)),
          }}
        />
      ))}
      <line className="axis-line" x1={4} x2={width - 4} y1={base} y2={base} />
      {geometry.handles.map((handle) => (
        <Point
          key={handle.id}
          handle={handle}
          base={base}
          name={names.handle(handle.id)}
          range={geometry.domain}
          grips={{
            ...grips,
            onPointerMove: (event: PointerEvent<SVGElement>) => {
              const at = isHeld.current ? place(event) : null;
              if (at) actions.onMove(handle.id, valueAt(at.x, geometry));
            },
            onKeyDown: key((steps) => actions.onMove(handle.id, handle.value + steps * step)),
          }}
        />
      ))}
    </svg>
  );
}

type Grips = {
  onPointerDown: (event: PointerEvent<SVGElement>) => void;
  onPointerMove: (event: PointerEvent<SVGElement>) => void;
  onPointerUp: () => void;
  onPointerCancel: () => void;
  onBlur: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

type PointProps = { handle: Handle; base: number; name: string; range: [number, number]; grips: Grips };

function Point({ handle, base, name, range, grips }: PointProps) {
  return (
    <g
      className="distribution-handle"
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={Math.min(range[0], handle.value)}
      aria-valuemax={Math.max(range[1], handle.value)}
      aria-valuenow={handle.value}
      aria-valuetext={handle.text}
      data-handle={handle.id}
      {...grips}
    >
      {handle.y < base ? (
        <line className="distribution-stem" x1={handle.x} x2={handle.x} y1={handle.y} y2={base} />
      ) : null}
      <circle className="distribution-hit" cx={handle.x} cy={handle.y} r={14} />
      <circle className="distribution-dot" cx={handle.x} cy={handle.y} r={5} />
      <text x={handle.labelX} y={handle.labelY} textAnchor="middle" aria-hidden="true">
        {handle.text}
      </text>
    </g>
  );
}

type BarProps = { bar: OutcomeBar; base: number; name: string; share: string; grips: Grips };

function Bar({ bar, base, name, share, grips }: BarProps) {
  const middle = bar.x + bar.width / 2;
  return (
    <g
      className="distribution-handle distribution-outcome"
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(bar.probability * 100)}
      aria-valuetext={share}
      data-outcome={bar.id}
      {...grips}
    >
      <rect className="distribution-hit" x={bar.x - 4} y={0} width={bar.width + 8} height={base} />
      <rect className="distribution-bar" x={bar.x} y={bar.y} width={bar.width} height={bar.height} />
      <text x={middle} y={bar.y - 5} textAnchor="middle" aria-hidden="true">
        {bar.text}
      </text>
      <text x={middle} y={base + 13} textAnchor="middle" aria-hidden="true">
        {bar.label}
      </text>
    </g>
  );
}
