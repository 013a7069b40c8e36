import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import type { DrawnBar, DrawnPoint, GanttGeometry } from './layout.ts';

export type BarGrip = 'move' | 'start' | 'end';

/** What a bar or a day says of itself, and where it stands among the values it may take. */
export type GanttText = { name: string; value: string; now: number };

/** What becomes of a bar or a day that is held. `by` counts whole months from where it was taken. */
export type Moving = {
  /** Held and moved so far. */
  onDrag: (id: string, grip: BarGrip, by: number) => void;
  /** Let go. */
  onDrop: () => void;
  onCancel: () => void;
  /** One step of the keyboard; of a day also by days. */
  onStep: (id: string, grip: BarGrip, by: number, unit: 'month' | 'day') => void;
};

type Props = {
  geometry: GanttGeometry;
  tell: (id: string) => GanttText;
  moving: Moving;
  interaction: Interaction;
  todayText: string;
};

export function GanttView({ geometry, tell, moving, interaction, todayText }: Props) {
  const { width, height, left, right, top, bars, points } = geometry;
  const isTodayLeft = geometry.today !== null && geometry.today > (left + right) / 2;
  return (
    <>
      <Frame geometry={geometry} />
      {bars.map((bar, at) => (
        <Bar
          key={bar.id}
          bar={bar}
          month={geometry.month}
          width={width}
          text={tell(bar.id)}
          first={at === 0}
          moving={moving}
        />
      ))}
      {points.map((point, at) =>
        point.kind === 'payment' ? (
          <Mark
            key={point.id}
            label={`${tell(point.id).name}, ${tell(point.id).value}`}
            hint={tell(point.id).value}
            address={point.address}
            interaction={interaction}
          >
            <Diamond point={point} />
          </Mark>
        ) : (
          <Day
            key={point.id}
            point={point}
            month={geometry.month}
            width={width}
            text={tell(point.id)}
            first={bars.length === 0 && at === 0}
            moving={moving}
          />
        ),
      )}
      {geometry.today === null ? null : (
        <g aria-hidden="true">
          <line className="ref-line" x1={geometry.today} x2={geometry.today} y1={top - 4} y2={height - 2} />
          <text
            className="halo tick gantt-today"
            x={geometry.today + (isTodayLeft ? -4 : 4)}
            y={height - 4}
            textAnchor={isTodayLeft ? 'end' : 'start'}
          >
            {todayText}
          </text>
        </g>
      )}
    </>
  );
}

function Frame({ geometry }: { geometry: GanttGeometry }) {
  const { left, right, height, top, grid, lines, years, ticks, labels } = geometry;
  return (
    <g aria-hidden="true">
      {grid.map((at) => (
        <line key={at} className="grid-line" x1={at} x2={at} y1={top - 12} y2={height - 16} />
      ))}
      {lines.map((y) => (
        <line key={y} className="gantt-line" x1={0} x2={right} y1={y} y2={y} />
      ))}
      {years.map((year) => (
        <text key={year.at} className="tick strong" x={year.x} y={12}>
          {year.label}
        </text>
      ))}
      {ticks.map((tick) => (
        <text key={tick.at} className="tick" x={tick.at} y={27}>
          {tick.label}
        </text>
      ))}
      <line className="axis-line" x1={left} x2={right} y1={top} y2={top} />
      {labels.map((label) => (
        <text key={label.id} className="label" x={0} y={label.y}>
          {label.lines[0]}
        </text>
      ))}
    </g>
  );
}

/** Follows the pointer from the press on, in whole months. */
function useDrag(id: string, month: number, width: number, { onDrag, onDrop, onCancel }: Moving) {
  const held = useRef<{ grip: BarGrip; x: number; by: number } | null>(null);
  const scaleOf = (element: Element) => {
    const svg = element.closest('svg');
    const box = svg?.getBoundingClientRect();
    return box && box.width > 0 ? box.width / width : 1;
  };
  return {
    isHeld: () => held.current !== null,
    take: (grip: BarGrip) => (event: PointerEvent<SVGElement>) => {
      if (event.button !== 0) return;
      event.stopPropagation();
      event.currentTarget.setPointerCapture?.(event.pointerId);
      (event.currentTarget.closest('[data-mark]') as SVGGElement | null)?.focus();
      held.current = { grip, x: event.clientX, by: 0 };
    },
    move: (event: PointerEvent<SVGElement>) => {
      const at = held.current;
      if (!at) return;
      const by = Math.round((event.clientX - at.x) / (month * scaleOf(event.currentTarget)));
      if (by === at.by) return;
      at.by = by;
      onDrag(id, at.grip, by);
    },
    drop: () => {
      if (!held.current) return;
      const isMoved = held.current.by !== 0;
      held.current = null;
      if (isMoved) onDrop();
      else onCancel();
    },
    cancel: () => {
      if (!held.current) return false;
      held.current = null;
      onCancel();
      return true;
    },
  };
}

const SIDES: Record<string, -1 | 1> = { ArrowLeft: -1, ArrowRight: 1 };

type BarProps = {
  bar: DrawnBar;
  month: number;
  width: number;
  text: GanttText;
  first: boolean;
  moving: Moving;
};

/** A phase that is moved by its body and stretched by its ends. */
function Bar({ bar, month, width, text, first, moving }: BarProps) {
  const drag = useDrag(bar.id, month, width, moving);
  const onKeyDown = (event: KeyboardEvent) => {
    const side = SIDES[event.key];
    if (event.key === 'Escape' && drag.cancel()) return event.preventDefault();
    if (!side || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    moving.onStep(bar.id, event.shiftKey ? 'end' : 'move', side, 'month');
  };
  const grip = Math.min(8, Math.max(bar.width / 3, 3));
  const follow = { onPointerMove: drag.move, onPointerUp: drag.drop, onPointerCancel: drag.drop };
  return (
    <g
      className="mark gantt-mark"
      role="slider"
      aria-label={text.name}
      aria-valuenow={text.now}
      aria-valuetext={text.value}
      data-mark=""
      data-bar={bar.id}
      tabIndex={first ? 0 : -1}
      onKeyDown={onKeyDown}
    >
      <title>{`${text.name}: ${text.value}`}</title>
      <rect
        className="mark-shape gantt-span"
        x={bar.x}
        y={bar.y}
        width={bar.width}
        height={bar.height}
        rx={2}
        onPointerDown={drag.take('move')}
        {...follow}
      />
      {(['start', 'end'] as const).map((side) => (
        <g key={side} className="gantt-grip" onPointerDown={drag.take(side)} {...follow}>
          <rect
            x={side === 'start' ? bar.x - 3 : bar.x + bar.width - grip + 3}
            y={bar.y - 3}
            width={grip}
            height={bar.height + 6}
          />
          <line
            x1={side === 'start' ? bar.x + 2.5 : bar.x + bar.width - 2.5}
            x2={side === 'start' ? bar.x + 2.5 : bar.x + bar.width - 2.5}
            y1={bar.y + 4}
            y2={bar.y + bar.height - 4}
          />
        </g>
      ))}
      {bar.inside ? (
        <text className="gantt-inside" x={bar.x + 8} y={bar.y + 11.8} aria-hidden="true">
          {bar.inside}
        </text>
      ) : null}
      {bar.beside ? (
        <text
          className="tick halo"
          x={bar.beside.x}
          y={bar.y + 11.8}
          textAnchor={bar.beside.anchor}
          aria-hidden="true"
        >
          {bar.beside.text}
        </text>
      ) : null}
    </g>
  );
}

type DayProps = {
  point: DrawnPoint;
  month: number;
  width: number;
  text: GanttText;
  first: boolean;
  moving: Moving;
};

/** A day that is moved: by months, and with Shift by days. */
function Day({ point, month, width, text, first, moving }: DayProps) {
  const drag = useDrag(point.id, month, width, moving);
  const onKeyDown = (event: KeyboardEvent) => {
    const side = SIDES[event.key];
    if (event.key === 'Escape' && drag.cancel()) return event.preventDefault();
    if (!side || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    moving.onStep(point.id, 'move', side, event.shiftKey ? 'day' : 'month');
  };
  return (
    <g
      className="mark gantt-mark"
      role="slider"
      aria-label={text.name}
      aria-valuenow={text.now}
      aria-valuetext={text.value}
      data-mark=""
      data-bar={point.id}
      tabIndex={first ? 0 : -1}
      onKeyDown={onKeyDown}
      onPointerDown={drag.take('move')}
      onPointerMove={drag.move}
      onPointerUp={drag.drop}
      onPointerCancel={drag.drop}
    >
      <title>{`${text.name}: ${text.value}`}</title>
      <rect className="gantt-reach" x={point.x - 12} y={point.y - 12} width={24} height={24} />
      <Diamond point={point} />
    </g>
  );
}

function Diamond({ point: { x, y, kind, text, beside } }: { point: DrawnPoint }) {
  const r = 6;
  return (
    <g aria-hidden="true">
      <path
        className={`mark-shape gantt-day gantt-${kind}`}
        d={`M${x},${y - r}L${x + r},${y}L${x},${y + r}L${x - r},${y}Z`}
      />
      {beside ? (
        <text className="tick halo" x={beside.x} y={y + 3.6} textAnchor={beside.anchor}>
          {text}
        </text>
      ) : null}
    </g>
  );
}
