import { type PointerEvent as ReactPointerEvent, useCallback, useEffect, useRef, useState } from 'react';
import { type Drop, dropAt } from './operations.ts';

/** Pixels from an edge of the view within which a drag scrolls it, and how fast. */
const EDGE = 48;
const SPEED = 12;

export type Drag = {
  /** The line under the hand; null while nothing is dragged. */
  dragged: string | null;
  drop: Drop | null;
  /** For the grip of a line. */
  start: (event: ReactPointerEvent, tier: string) => void;
};

/** Whether a line stands in the block of another: a tier cannot be dropped into itself. */
function isWithin(line: HTMLElement, tier: string): boolean {
  let block = line.closest<HTMLElement>('[data-tier-block]');
  while (block && block.dataset.tierBlock !== tier)
    block = block.parentElement?.closest<HTMLElement>('[data-tier-block]') ?? null;
  return block !== null;
}

/** The line a point is over, and on which part of it. */
function dropUnder(x: number, y: number, dragged: string): Drop | null {
  const row = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-tier]');
  const tier = row?.dataset.tier;
  if (!row || !tier || tier === dragged || isWithin(row, dragged)) return null;
  const box = row.getBoundingClientRect();
  const takesBeside = row.dataset.beside === 'yes';
  const aside = row.dataset.aside === 'yes';
  const where = aside
    ? dropAt(x - box.left, box.width, takesBeside)
    : dropAt(y - box.top, box.height, takesBeside);
  return { tier, where };
}

/** A line follows the pointer from its grip; Escape lets go of it where it was. */
export function useDrag(onDrop: (dragged: string, drop: Drop) => void): Drag {
  const [dragged, setDragged] = useState<string | null>(null);
  const [drop, setDrop] = useState<Drop | null>(null);
  const latest = useRef<{ drop: Drop | null; onDrop: typeof onDrop }>({ drop: null, onDrop });
  latest.current.onDrop = onDrop;

  useEffect(() => {
    if (dragged === null) return;
    const over = (next: Drop | null) => {
      latest.current.drop = next;
      setDrop((before) => (before?.tier === next?.tier && before?.where === next?.where ? before : next));
    };
    const end = () => {
      setDragged(null);
      over(null);
    };
    const onMove = (event: PointerEvent) => {
      over(dropUnder(event.clientX, event.clientY, dragged));
      const view = document.getElementById('page') ?? document.scrollingElement;
      if (event.clientY < EDGE) view?.scrollBy(0, -SPEED);
      if (event.clientY > window.innerHeight - EDGE) view?.scrollBy(0, SPEED);
    };
    const onUp = () => {
      const { drop: last, onDrop: tell } = latest.current;
      end();
      if (last) tell(dragged, last);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') end();
    };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', onKey);
    };
  }, [dragged]);

  const start = useCallback((event: ReactPointerEvent, tier: string) => {
    if (event.button !== 0) return;
    event.preventDefault();
    setDragged(tier);
  }, []);
  return { dragged, drop, start };
}
