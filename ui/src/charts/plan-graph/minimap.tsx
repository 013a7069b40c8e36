import type { PointerEvent } from 'react';
import type { PlanLayout, Sight } from './layout.ts';

type Props = {
  layout: PlanLayout;
  sight: Sight;
  window: { width: number; height: number };
  label: string;
  found: ReadonlySet<string> | null;
  onSight: (sight: Sight) => void;
};

const MOST = { width: 168, height: 112 };

/** All of the plan in a corner, with the part that is seen; only where not all of it is seen. */
export function Minimap({ layout, sight, window, label, found, onSight }: Props) {
  const seen = {
    x: -sight.x / sight.k,
    y: -sight.y / sight.k,
    width: window.width / sight.k,
    height: window.height / sight.k,
  };
  const isWhole =
    seen.x <= 1 &&
    seen.y <= 1 &&
    seen.x + seen.width >= layout.width - 1 &&
    seen.y + seen.height >= layout.height - 1;
  if (isWhole) return null;
  const scale = Math.min(MOST.width / layout.width, MOST.height / layout.height);
  const move = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * layout.width;
    const y = ((event.clientY - box.top) / box.height) * layout.height;
    onSight({ k: sight.k, x: window.width / 2 - x * sight.k, y: window.height / 2 - y * sight.k });
  };
  return (
    <svg
      className="minimap"
      width={layout.width * scale}
      height={layout.height * scale}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      role="img"
      aria-label={label}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture?.(event.pointerId);
        move(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) move(event);
      }}
    >
      {layout.boxes
        .filter((box) => box.depth === 0)
        .map((box) => (
          <rect
            key={box.node.id}
            className={found?.has(box.node.id) ? 'minimap-found' : `fill-${box.node.kind}`}
            x={box.x}
            y={box.y}
            width={box.width}
            height={box.height}
          />
        ))}
      <rect className="minimap-seen" {...seen} style={{ strokeWidth: 2 / scale }} />
    </svg>
  );
}
