import { memo } from 'react';
import { px } from '../kernel/measure.ts';
import type { ParetoData } from './data.ts';
import type { ParetoGeometry } from './layout.ts';
import { RADIUS, toneOf } from './paint.ts';

type Props = {
  data: ParetoData;
  geometry: ParetoGeometry;
  edges: number;
  chosen: ReadonlySet<number> | null;
};

/**
 * Grid and points as drawn: one path for each colour. Where points are painted this is not seen; it is what a copy of the
 * drawing is made of.
 */
export const Points = memo(function Points({ data, geometry, edges, chosen }: Props) {
  const { frame } = geometry;
  return (
    <>
      {geometry.yTicks.map((tick) => (
        <line
          key={`y${tick.value}`}
          className="grid-line"
          x1={frame.left}
          x2={frame.right}
          y1={tick.at}
          y2={tick.at}
        />
      ))}
      {geometry.xTicks.map((tick) => (
        <line
          key={`x${tick.value}`}
          className="grid-line"
          x1={tick.at}
          x2={tick.at}
          y1={frame.top}
          y2={frame.bottom}
        />
      ))}
      {[...pathsOf({ data, geometry, edges, chosen })].map(([look, path]) => (
        <path key={look} className={`pareto-points ${look}`} d={path} />
      ))}
    </>
  );
});

function pathsOf({ data, geometry, edges, chosen }: Props): Map<string, string> {
  const paths = new Map<string, string>();
  const { frame, at } = geometry;
  const put = (place: number) => {
    const point = data.points[place];
    const [x, y] = [at.x[place] ?? 0, at.y[place] ?? 0];
    if (!point || point.name !== null || x < frame.left || x > frame.right) return;
    if (y < frame.top || y > frame.bottom) return;
    const radius = point.isEfficient ? RADIUS.efficient : RADIUS.other;
    const tone = `pareto-${toneOf(geometry.classes[place] ?? -1, edges)}`;
    const look = chosen && !chosen.has(place) ? `${tone} pareto-dim` : tone;
    const circle = `M${px(x - radius)},${px(y)}a${radius},${radius} 0 1,0 ${radius * 2},0a${radius},${radius} 0 1,0 ${-radius * 2},0`;
    paths.set(look, (paths.get(look) ?? '') + circle);
  };
  data.points.forEach((point, place) => {
    if (!point.isEfficient) put(place);
  });
  data.points.forEach((point, place) => {
    if (point.isEfficient) put(place);
  });
  return paths;
}
