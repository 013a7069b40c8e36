import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { Edge } from './drag.ts';
import { dragged, stepped } from './drag.ts';

type Props = {
  edges: readonly Edge[];
  /** Units of the drawing for a pixel of the screen. */
  unit: (element: Element) => number;
  onMove: (id: string, minor: number) => void;
  onSettle: (after?: number) => void;
  onCancel: () => void;
};

/** How long after the last key what was tried is typed. */
const PAUSE = 900;

/** The upper edges of a column's blocks: dragged up they give more, and the arrow keys move them by a step. */
export function StackEdges({ edges, unit, onMove, onSettle, onCancel }: Props) {
  const held = useRef<{ edge: Edge; from: number; unit: number } | null>(null);
  const down = (edge: Edge) => (event: PointerEvent<SVGGElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.focus();
    event.currentTarget.setPointerCapture?.(event.pointerId);
    held.current = { edge, from: event.clientY, unit: unit(event.currentTarget) };
  };
  const move = (event: PointerEvent) => {
    const start = held.current;
    if (start) onMove(start.edge.id, dragged(start.edge, (start.from - event.clientY) * start.unit));
  };
  const drop = () => {
    if (held.current) onSettle();
    held.current = null;
  };
  const stop = () => {
    held.current = null;
    onCancel();
  };
  const key = (edge: Edge) => (event: KeyboardEvent) => {
    const next = stepped(edge, event.key);
    if (next !== null) {
      onMove(edge.id, next);
      onSettle(PAUSE);
    } else if (event.key === 'Enter') onSettle();
    else if (event.key === 'Escape') stop();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      {edges.map((edge) => (
        <g
          key={edge.id}
          className="stack-edge"
          role="slider"
          tabIndex={0}
          aria-label={edge.label}
          aria-orientation="vertical"
          aria-valuemin={0}
          aria-valuemax={Math.max(edge.most, edge.minor)}
          aria-valuenow={edge.minor}
          aria-valuetext={edge.text}
          onPointerDown={down(edge)}
          onPointerMove={move}
          onPointerUp={drop}
          onPointerCancel={stop}
          onKeyDown={key(edge)}
          onBlur={() => onSettle()}
        >
          <rect className="stack-edge-hit" x={edge.x} y={edge.y - 7} width={edge.width} height={14} />
          <line className="stack-edge-line" x1={edge.x} x2={edge.x + edge.width} y1={edge.y} y2={edge.y} />
          <rect
            className="stack-edge-grip"
            x={edge.x + edge.width / 2 - 9}
            y={edge.y - 2}
            width={18}
            height={4}
            rx={2}
          />
        </g>
      ))}
    </>
  );
}
