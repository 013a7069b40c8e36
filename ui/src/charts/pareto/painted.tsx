import { useLayoutEffect, useRef, useState } from 'react';
import type { ParetoData } from './data.ts';
import type { ParetoGeometry } from './layout.ts';
import { lookOf, paint } from './paint.ts';

type Props = {
  data: ParetoData;
  geometry: ParetoGeometry;
  edges: number;
  chosen: ReadonlySet<number> | null;
};

/** Thousands of points, painted anew at every move of the sight, of the theme and of the text size. */
export function Painted({ data, geometry, edges, chosen }: Props) {
  const ref = useRef<HTMLCanvasElement>(null);
  const [theme, setTheme] = useState(0);
  useLayoutEffect(() => {
    const watch = new MutationObserver(() => setTheme((before) => before + 1));
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'style'] });
    return () => watch.disconnect();
  }, []);
  useLayoutEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const wide = canvas.clientWidth || geometry.width;
    const scale = (wide / geometry.width) * (window.devicePixelRatio || 1);
    paint({ canvas, data, geometry, edges, chosen, look: lookOf(canvas), scale });
  }, [data, geometry, edges, chosen, theme]);
  return <canvas ref={ref} className="pareto-canvas" aria-hidden="true" />;
}
