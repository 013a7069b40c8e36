import type { ParetoData } from './data.ts';
import type { ParetoGeometry } from './layout.ts';

/** Radii of a point, by whether somebody beats it. */
export const RADIUS = { efficient: 4.4, other: 3.4 } as const;

export type Look = { fills: readonly string[]; stroke: string; grid: string };

/** Colours are those of the style sheet: of the class names that the drawn form of the chart has too. */
export function lookOf(element: Element): Look {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    fills: [read('--surface'), read('--c-band-1'), read('--c-band-2'), read('--c-line')],
    stroke: read('--c-line'),
    grid: read('--c-grid'),
  };
}

/** Classes take the deepest colours, so that the best is always the deepest one. */
export function toneOf(place: number, classes: number): number {
  return place < 0 ? 0 : Math.min(3, 3 - (classes - place));
}

type Sprite = { picture: HTMLCanvasElement; half: number };

/** A circle drawn once and then copied: five thousand of them have to be there within a frame. */
function sprite(radius: number, fill: string, stroke: string, scale: number): Sprite {
  const half = radius + 1;
  const picture = document.createElement('canvas');
  picture.width = picture.height = Math.ceil(half * 2 * scale);
  const context = picture.getContext('2d');
  if (context) {
    context.scale(scale, scale);
    context.beginPath();
    context.arc(half, half, radius, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.strokeStyle = stroke;
    context.lineWidth = 1;
    context.fill();
    context.stroke();
  }
  return { picture, half };
}

export type Painting = {
  canvas: HTMLCanvasElement;
  data: ParetoData;
  geometry: ParetoGeometry;
  /** How many classes there are beyond the first. */
  edges: number;
  chosen: ReadonlySet<number> | null;
  look: Look;
  /** Pixels of the screen in one of the drawing. */
  scale: number;
};

/** Grid and points; what is not chosen stands back where something is. */
export function paint({ canvas, data, geometry, edges, chosen, look, scale }: Painting): void {
  const [width, height] = [Math.round(geometry.width * scale), Math.round(geometry.height * scale)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  const { frame, at } = geometry;
  context.strokeStyle = look.grid;
  context.lineWidth = 1;
  context.beginPath();
  for (const tick of geometry.yTicks) {
    context.moveTo(frame.left, tick.at);
    context.lineTo(frame.right, tick.at);
  }
  for (const tick of geometry.xTicks) {
    context.moveTo(tick.at, frame.top);
    context.lineTo(tick.at, frame.bottom);
  }
  context.stroke();
  context.save();
  context.beginPath();
  const room = RADIUS.efficient + 1;
  context.rect(
    frame.left - room,
    frame.top - room,
    frame.right - frame.left + 2 * room,
    frame.bottom - frame.top + 2 * room,
  );
  context.clip();
  const sprites = [RADIUS.other, RADIUS.efficient].map((radius) =>
    look.fills.map((fill) => sprite(radius, fill, look.stroke, scale)),
  );
  // Deals that nobody beats are painted last, above the others.
  for (const efficient of [0, 1]) {
    data.points.forEach((point, place) => {
      if (Number(point.isEfficient) !== efficient || point.name !== null) return;
      const one = sprites[efficient]?.[toneOf(geometry.classes[place] ?? -1, edges)];
      const [x, y] = [at.x[place] ?? 0, at.y[place] ?? 0];
      if (!one || x < frame.left - room || x > frame.right + room) return;
      if (y < frame.top - room || y > frame.bottom + room) return;
      context.globalAlpha = chosen && !chosen.has(place) ? 0.18 : 1;
      context.drawImage(one.picture, x - one.half, y - one.half, one.half * 2, one.half * 2);
    });
  }
  context.restore();
}
