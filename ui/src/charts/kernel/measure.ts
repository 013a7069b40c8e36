const glyphs = new Map<string, number>();

/** Widths of a glyph of size one, in three classes and a few of its own. */
function glyphWidth(glyph: string): number {
  if (/[ijl.,;:'’|!()[\]·]/.test(glyph)) return 0.31;
  if (/[mwMW—]/.test(glyph)) return 0.87;
  if (/[A-Z&%×±]/.test(glyph)) return 0.69;
  if (/\s/.test(glyph)) return 0.28;
  if (/[ftr]/.test(glyph)) return 0.38;
  return 0.6;
}

/** Width of a text in Inter without a browser: three classes of glyphs, within a few percent. */
export function textWidth(text: string, size: number, weight: 'text' | 'strong' = 'text'): number {
  let units = 0;
  for (const glyph of text) {
    let width = glyphs.get(glyph);
    if (width === undefined) {
      width = glyphWidth(glyph);
      glyphs.set(glyph, width);
    }
    units += width;
  }
  return units * size * (weight === 'strong' ? 1.05 : 1);
}

type Weight = 'text' | 'strong';

/** The words on as many lines as the width asks for; a word wider than it has a line of its own. */
export function wrapped(text: string, width: number, size: number, weight: Weight = 'text'): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    const longer = line === undefined ? word : `${line} ${word}`;
    if (line !== undefined && textWidth(longer, size, weight) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The least width in which the text stands on so many lines. */
export function minimalWidth(text: string, size: number, most: number, weight: Weight = 'text'): number {
  const words = text.split(' ');
  const widths = words.flatMap((_, from) =>
    words.slice(from).map((_, to) => textWidth(words.slice(from, from + to + 1).join(' '), size, weight)),
  );
  return (
    widths
      .sort((a, b) => a - b)
      .find((width) => fits(wrapped(text, width, size, weight), width, size, most, weight)) ??
    textWidth(text, size, weight)
  );
}

/** The text on so many lines of this width, cut with an ellipsis where it is longer. */
export function fitted(
  text: string,
  width: number,
  size: number,
  most: number,
  weight: Weight = 'text',
): string[] {
  const lines = wrapped(text, width, size, weight);
  if (fits(lines, width, size, most, weight)) return lines;
  const kept = lines.slice(0, most - 1);
  let last = lines.slice(most - 1).join(' ');
  while (last.length > 1 && textWidth(`${last}…`, size, weight) > width) last = last.slice(0, -1).trimEnd();
  return [...kept, `${last}…`].map((line) => {
    let cut = line;
    while (cut.length > 2 && textWidth(cut, size, weight) > width) cut = `${cut.slice(0, -2).trimEnd()}…`;
    return cut;
  });
}

function fits(lines: readonly string[], width: number, size: number, most: number, weight: Weight): boolean {
  return lines.length <= most && lines.every((line) => textWidth(line, size, weight) <= width);
}

/** Pushes label centres apart so that none is nearer than `gap` to the next, staying as close as they can to where they belong. */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at || a.index - b.index);
  const placed = order.map(({ at }) => Math.min(Math.max(at, low), high));
  for (let i = 1; i < placed.length; i++) {
    placed[i] = Math.max(placed[i] ?? low, (placed[i - 1] ?? low) + gap);
  }
  let ceiling = high;
  for (let i = placed.length - 1; i >= 0; i--) {
    placed[i] = Math.min(placed[i] ?? high, ceiling);
    ceiling = (placed[i] ?? high) - gap;
  }
  const result = new Array<number>(wanted.length);
  order.forEach(({ index }, i) => {
    result[index] = placed[i] ?? low;
  });
  return result;
}

/** Coordinates in a path or snapshot keep two decimals. */
export function px(value: number): number {
  return Math.round(value * 100) / 100;
}
