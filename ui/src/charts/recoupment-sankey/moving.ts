import { type RefObject, useLayoutEffect, useRef } from 'react';
import { type Drawn, type SankeyFrame, sankeyFrame } from './layout.ts';
import type { Slots } from './slots.ts';

/** How long a move between two periods takes: as the design says, and not at all where the reader wants no motion. */
function duration(): number {
  const token = getComputedStyle(document.documentElement).getPropertyValue('--t-quarter');
  const value = Number.parseFloat(token);
  if (!Number.isFinite(value)) return 0;
  return token.trim().endsWith('ms') ? value : value * 1000;
}

const eased = (part: number): number => 1 - (1 - part) ** 3;

/** Writes a moment onto what is drawn, without drawing it again. */
function write(root: SVGGElement, frame: SankeyFrame, drawn: ReadonlyMap<string, Drawn>): void {
  for (const path of root.querySelectorAll<SVGPathElement>('[data-stream]')) {
    const ids = drawn.get(path.dataset.stream ?? '')?.ids ?? [];
    path.setAttribute('d', ids.map((id) => frame.paths.get(id) ?? '').join(''));
  }
  for (const rect of root.querySelectorAll<SVGRectElement>('[data-station]')) {
    const at = frame.nodes.get(rect.dataset.station ?? '');
    if (!at) continue;
    rect.setAttribute('y', String(at.y));
    rect.setAttribute('height', String(at.height));
  }
}

/**
 * Moves what is drawn from the period it shows to another. The drawing is rendered as it stands at the end of the move;
 * until then only its attributes are written, so that a move costs no rendering.
 */
export function useMoves(
  root: RefObject<SVGGElement | null>,
  slots: Slots,
  drawn: readonly Drawn[],
  period: number,
): void {
  const shown = useRef(period);
  useLayoutEffect(() => {
    const group = root.current;
    const from = shown.current;
    const long = group && from !== period ? duration() : 0;
    if (!group || long === 0) {
      shown.current = period;
      return;
    }
    const byKey = new Map(drawn.map((one) => [one.key, one]));
    const show = (at: number) => {
      shown.current = at;
      write(group, sankeyFrame(slots, at), byKey);
    };
    const begin = performance.now();
    let asked = 0;
    const step = (now: number) => {
      const part = Math.min(Math.max(now - begin, 0) / long, 1);
      show(part === 1 ? period : from + (period - from) * eased(part));
      if (part < 1) asked = requestAnimationFrame(step);
    };
    show(from);
    asked = requestAnimationFrame(step);
    return () => cancelAnimationFrame(asked);
  }, [root, slots, drawn, period]);
}
