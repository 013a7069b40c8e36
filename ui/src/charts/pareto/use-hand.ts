import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { Sight } from './data.ts';
import type { ParetoGeometry } from './layout.ts';
import { between, enclosed, nearest } from './pick.ts';
import { panned, zoomed } from './sight.ts';

/** What dragging does. */
export const TOOLS = ['pan', 'brush', 'lasso'] as const;
export type Tool = (typeof TOOLS)[number];

type Spot = readonly [number, number];
type Drag = { from: Spot; sight: Sight; tool: Tool };

type Props = {
  svg: RefObject<SVGSVGElement | null>;
  geometry: ParetoGeometry;
  sight: Sight;
  whole: Sight;
  tool: Tool;
  onSight: (sight: Sight) => void;
  onLook: (place: number | null) => void;
  onOpen: (place: number) => void;
  onChoose: (places: readonly number[]) => void;
};

/** Nearer than this to where it went down, a pointer meant to press and not to drag. */
const STILL = 4;

/** The pointer on the plane: it looks, presses, moves the sight, or draws around points. Shift draws a box with any tool. */
export function useHand(props: Props) {
  const { svg, geometry, sight, whole, tool, onSight, onLook, onOpen, onChoose } = props;
  const [drag, setDrag] = useState<Drag | null>(null);
  const [line, setLine] = useState<readonly Spot[]>([]);
  const now = useRef(props);
  now.current = props;

  const spotOf = (event: { clientX: number; clientY: number }): Spot => {
    const box = svg.current?.getBoundingClientRect();
    if (!box || box.width === 0) return [0, 0];
    const scale = now.current.geometry.width / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  };
  useEffect(() => {
    const element = svg.current;
    if (!element) return;
    // Registered by hand: the page must not scroll or scale with it, and React listens passively.
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { geometry: drawn, sight: from, whole: all, onSight: see } = now.current;
      const [x, y] = spotOf(event);
      const at = { x: drawn.scales.x.invert(x), y: drawn.scales.y.invert(y) };
      see(zoomed(from, all, Math.exp(-event.deltaY * 0.002), at));
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [svg]);

  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return;
    const from = spotOf(event);
    event.currentTarget.setPointerCapture?.(event.pointerId);
    setDrag({ from, sight, tool: event.shiftKey ? 'brush' : tool });
    setLine([from]);
  };
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const spot = spotOf(event);
    if (!drag) return onLook(nearest(geometry, spot));
    if (drag.tool === 'lasso') return setLine((before) => [...before, spot]);
    setLine([drag.from, spot]);
    if (drag.tool === 'brush') return;
    const { frame } = geometry;
    const [width, height] = [frame.right - frame.left, frame.bottom - frame.top];
    const { x, y } = drag.sight;
    onSight(
      panned(drag.sight, whole, {
        x: ((drag.from[0] - spot[0]) / width) * (x[1] - x[0]),
        y: ((spot[1] - drag.from[1]) / height) * (y[1] - y[0]),
      }),
    );
  };
  const onPointerUp = (event: PointerEvent<SVGSVGElement>) => {
    if (!drag) return;
    const spot = spotOf(event);
    const moved = Math.hypot(spot[0] - drag.from[0], spot[1] - drag.from[1]);
    const wasLasso = drag.tool === 'lasso' && line.length > 3;
    if (moved < STILL && !wasLasso) {
      const place = nearest(geometry, spot);
      if (place === null) onChoose([]);
      else onOpen(place);
    } else if (drag.tool === 'brush') onChoose(between(geometry, drag.from, spot));
    else if (drag.tool === 'lasso') onChoose(enclosed(geometry, line));
    drop();
  };
  const drop = () => {
    setDrag(null);
    setLine([]);
  };
  return {
    drag,
    line,
    drop,
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel: drop,
      onPointerLeave: () => {
        if (!drag) onLook(null);
      },
    },
  };
}
