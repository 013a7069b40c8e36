import { fitted, minimalWidth, px, spread, textWidth, wrapped } from '../kernel/measure.ts';

/** The area of one facility, month by month, in pixels; null where nothing is owed. */
export type Band = { id: string; label: string; months: readonly ({ top: number; low: number } | null)[] };
export type AreaLabel = {
  lines: string[];
  x: number;
  /** Baseline of the first line. */
  y: number;
  anchor: 'middle' | 'start';
  /** From the end of the area to a label beside the drawing. */
  leader: string | null;
};

export const LINE = 13;
const SIZE = 11;
const PAD = 12;
/** What a label beside the drawing is away from it. */
const AWAY = 10;

/** How far the drawing reaches so that the labels that do not fit inside their areas stand beside it. */
export function rightFor(
  bands: readonly Band[],
  wide: (right: number) => number,
  width: number,
): { right: number; beside: ReadonlySet<string> } {
  const beside = new Set<string>();
  let right = width - 8;
  for (;;) {
    const found = bands.filter((band) => !beside.has(band.id) && !inside(band, wide(right)));
    if (found.length === 0) return { right, beside };
    for (const band of found) beside.add(band.id);
    const needed = Math.max(
      ...bands
        .filter((band) => beside.has(band.id))
        .map((band) => minimalWidth(band.label, SIZE, 2, 'strong')),
    );
    right = width - Math.min(needed + AWAY + 2, width * 0.34);
  }
}

export function areaLabels(
  bands: readonly Band[],
  beside: ReadonlySet<string>,
  frame: {
    left: number;
    right: number;
    wide: number;
    width: number;
    low: number;
    high: number;
    /** Months to a line across the drawing that a name had better not lie under. */
    line: number | null;
  },
): Map<string, AreaLabel> {
  const labels = new Map<string, AreaLabel>();
  const outside: { band: Band; lines: string[]; at: number; from: number }[] = [];
  for (const band of bands) {
    const found = beside.has(band.id) ? null : inside(band, frame.wide, frame.line);
    if (found) {
      labels.set(band.id, {
        lines: found.lines,
        x: px(frame.left + found.at * frame.wide),
        y: baseline(found.middle, found.lines.length),
        anchor: 'middle',
        leader: null,
      });
      continue;
    }
    const last = band.months.findLastIndex((month) => month !== null);
    const end = band.months[last];
    if (!end) continue;
    outside.push({
      band,
      lines: fitted(band.label, frame.width - frame.right - AWAY, SIZE, 2, 'strong'),
      at: (end.top + end.low) / 2,
      from: frame.left + (last + 1) * frame.wide,
    });
  }
  const tall = Math.max(1, ...outside.map((one) => one.lines.length)) * LINE;
  const placed = spread(
    outside.map((one) => one.at),
    tall + 3,
    frame.low + tall / 2,
    frame.high - tall / 2 + 4,
  );
  outside.forEach((one, index) => {
    const at = placed[index] ?? one.at;
    labels.set(one.band.id, {
      lines: one.lines,
      x: px(frame.right + AWAY),
      y: baseline(at, one.lines.length),
      anchor: 'start',
      leader: `M${px(one.from + 1)},${px(one.at)}L${px(frame.right + 2)},${px(one.at)}L${px(frame.right + AWAY - 3)},${px(at)}`,
    });
  });
  return labels;
}

function baseline(middle: number, lines: number): number {
  return px(middle + 4 - ((lines - 1) * LINE) / 2);
}

/** Where an area is high enough over the width of its label: on one line, else on two; null where it is nowhere. */
function inside(
  band: Band,
  wide: number,
  line: number | null = null,
): { lines: string[]; at: number; middle: number } | null {
  for (const most of [1, 2]) {
    const width = minimalWidth(band.label, SIZE, most, 'strong');
    const lines = wrapped(band.label, width + 0.01, SIZE, 'strong');
    const span = Math.ceil((width + PAD) / wide);
    const fits = windows(band.months, span).filter(
      (window) => window.low - window.top >= lines.length * LINE + 5,
    );
    const clear = fits.filter(({ from }) => line === null || from + span <= line || from >= line);
    const places = clear.length > 0 ? clear : fits;
    const highest = Math.max(...places.map((window) => window.low - window.top));
    const best = places.filter((window) => window.low - window.top > highest - 0.5);
    const chosen = best[Math.floor(best.length / 2)];
    if (chosen) return { lines, at: chosen.from + span / 2, middle: (chosen.top + chosen.low) / 2 };
  }
  return null;
}

/** The rectangle that lies inside the area over each run of so many months. */
function windows(months: Band['months'], span: number): { from: number; top: number; low: number }[] {
  const found: { from: number; top: number; low: number }[] = [];
  for (let from = 0; from + span <= months.length; from++) {
    const within = months.slice(from, from + span).filter((month) => month !== null);
    if (within.length < span) continue;
    found.push({
      from,
      top: Math.max(...within.map((month) => month.top)),
      low: Math.min(...within.map((month) => month.low)),
    });
  }
  return found;
}

/** Whether a text of this width beside the line at `at` would lie over the line's own label. */
export function nearMarker(at: number, marker: number | null, text: string): boolean {
  return marker !== null && Math.abs(at - marker) < textWidth(text, SIZE, 'strong') / 2 + 8;
}
