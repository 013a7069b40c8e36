/** Width of a text in Inter without a browser: three classes of glyphs, within a few percent. */
export function textWidth(text: string, size: number, weight: 'text' | 'strong' = 'text'): number {
  let units = 0;
  for (const glyph of text) {
    if (/[ijl.,;:'’|!()[\]·]/.test(glyph)) units += 0.31;
    else if (/[mwMW—]/.test(glyph)) units += 0.87;
    else if (/[A-Z&%×±]/.test(glyph)) units += 0.69;
    else if (/\s/.test(glyph)) units += 0.28;
    else if (/[ftr]/.test(glyph)) units += 0.38;
    else units += 0.6;
  }
  return units * size * (weight === 'strong' ? 1.05 : 1);
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
