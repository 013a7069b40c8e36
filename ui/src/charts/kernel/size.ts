import { type RefObject, useLayoutEffect, useState } from 'react';

/** Layout width of an element: its pixels divided by the reader's text scale, so that charts grow with the text. */
export function useWidth(ref: RefObject<HTMLElement | null>, initial: number): number {
  const [width, setWidth] = useState(initial);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const read = () => {
      const scale = Number(getComputedStyle(document.documentElement).getPropertyValue('--text-scale')) || 1;
      const pixels = element.clientWidth;
      if (pixels > 0) setWidth(Math.round(pixels / scale));
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
