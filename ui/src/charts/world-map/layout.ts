import { type GeoProjection, geoArea, geoAzimuthalEqualArea, geoBounds, geoNaturalEarth1, geoPath } from 'd3';
import { px } from '../kernel/measure.ts';
import { POINTS } from './places.ts';
import type { Region } from './world.ts';

/** What is known of a place: a rate, only a record, or that the law gives nothing. */
export type MapPlace = {
  code: string;
  country: string;
  rate: number | null;
  /** The deal spends there now. */
  isSpent: boolean;
};

/** `none`: no program there; `record`: something is known and no rate; then classes of the rate. */
export type Shade = 'none' | 'record' | 'zero' | 1 | 2 | 3 | 4 | 5;

export type PanelId = 'world' | 'america' | 'europe';

export type CountryShape = {
  key: string;
  code: string | null;
  path: string;
  shade: Shade;
  isSpent: boolean;
  /** Reached with the arrow keys: each country in one panel only, the one that shows it largest. */
  isMark: boolean;
};

export type Chip = {
  code: string;
  text: string;
  x: number;
  y: number;
  width: number;
  shade: Shade;
  isSpent: boolean;
  /** Where the place is, when its chip had to give way. */
  from: { x: number; y: number } | null;
};

export type Panel = {
  id: PanelId;
  x: number;
  y: number;
  width: number;
  height: number;
  countries: CountryShape[];
  chips: Chip[];
};

export type WorldGeometry = { width: number; height: number; panels: Panel[] };

/** Upper bounds of the classes; the legend names them. */
export const BOUNDS = [0.1, 0.2, 0.3, 0.4] as const;

export const CHIP_HEIGHT = 14;
const GAP = 10;

export function shadeOf(rate: number | null): Shade {
  if (rate === null) return 'record';
  if (rate <= 0) return 'zero';
  const at = BOUNDS.findIndex((bound) => rate < bound);
  return ((at < 0 ? BOUNDS.length : at) + 1) as Shade;
}

/** The best place of each country, and whether the deal spends anywhere in it. */
function byCountry(places: readonly MapPlace[]): Map<string, { rate: number | null; isSpent: boolean }> {
  const best = new Map<string, { rate: number | null; isSpent: boolean }>();
  for (const { country, rate, isSpent } of places) {
    const known = best.get(country);
    best.set(country, {
      rate: known === undefined || (rate ?? -1) > (known.rate ?? -1) ? rate : known.rate,
      isSpent: isSpent || (known?.isSpent ?? false),
    });
  }
  return best;
}

type Window = { id: PanelId; west: number; east: number; south: number; north: number };

const AMERICA: Window = { id: 'america', west: -128, east: -57, south: 23, north: 58 };
const EUROPE: Window = { id: 'europe', west: -21, east: 31, south: 35, north: 66 };
const WORLD: Window = { id: 'world', west: -168, east: 178, south: -53, north: 74 };

const isIn = ({ west, east, south, north }: Window, [x, y]: readonly [number, number]) =>
  x >= west && x <= east && y >= south && y <= north;

/** Countries whose parts are known by their letters alone. */
const SHORT = new Set(['AU', 'CA', 'US']);

/** Countries that a close-up shows whole enough to be picked there. */
const AMERICAN = new Set(['CA', 'US', 'MX']);

/** The world above, North America and Europe below it in close-ups; where it is narrow, one under the other. */
export function worldLayout(
  regions: readonly Region[],
  places: readonly MapPlace[],
  { width }: { width: number },
): WorldGeometry {
  const best = byCountry(places);
  const isNarrow = width < 520;
  const half = isNarrow ? width : (width - GAP) / 2;
  const world = { x: 0, y: 0, width, height: px(width * 0.43) };
  const america = { x: 0, y: world.height + GAP, width: half, height: px(half * (isNarrow ? 0.72 : 0.8)) };
  const europe = {
    x: isNarrow ? 0 : half + GAP,
    y: isNarrow ? america.y + america.height + GAP : america.y,
    width: half,
    height: px(isNarrow ? half * 0.9 : half * 0.8),
  };
  const panels = [
    panelOf(WORLD, world, geoNaturalEarth1().rotate([-11, 0]), regions, places, best),
    panelOf(AMERICA, america, geoAzimuthalEqualArea().rotate([95, -44]), regions, places, best),
    panelOf(EUROPE, europe, geoAzimuthalEqualArea().rotate([-6, -51]), regions, places, best),
  ];
  return { width, height: px(europe.y + europe.height), panels };
}

type Box = { x: number; y: number; width: number; height: number };

function panelOf(
  window: Window,
  box: Box,
  projection: GeoProjection,
  regions: readonly Region[],
  places: readonly MapPlace[],
  best: ReadonlyMap<string, { rate: number | null; isSpent: boolean }>,
): Panel {
  const { west, east, south, north } = window;
  const middle = (west + east) / 2;
  // The edges bulge: the middle of each side belongs to what must be seen.
  const corners = [west, middle, east].flatMap((x) => [south, (south + north) / 2, north].map((y) => [x, y]));
  projection.fitExtent(
    [
      [box.x, box.y],
      [box.x + box.width, box.y + box.height],
    ],
    { type: 'MultiPoint', coordinates: corners },
  );
  projection.clipExtent([
    [box.x, box.y],
    [box.x + box.width, box.y + box.height],
  ]);
  const path = geoPath(projection).digits(1);
  const countries = regions.flatMap(({ code, shape }, at): CountryShape[] => {
    const drawn = path(shape);
    if (!drawn) return [];
    const known = code === null ? undefined : best.get(code);
    const isMark = known !== undefined && panelFor(code ?? '', shape) === window.id;
    return [
      {
        key: `${code ?? 'land'}-${at}`,
        code,
        path: drawn,
        shade: known === undefined ? 'none' : shadeOf(known.rate),
        isSpent: known?.isSpent ?? false,
        isMark,
      },
    ];
  });
  const outlined = new Set(regions.flatMap(({ code }) => code ?? []));
  const chips = places.flatMap((place): Chip[] => {
    const at = POINTS[place.code];
    if (!at || outlined.has(place.code) || chipPanel(at) !== window.id) return [];
    const spot = projection([at[0], at[1]]);
    if (!spot) return [];
    const text = SHORT.has(place.country) ? (place.code.split('-').at(-1) ?? place.code) : place.code;
    const chip = { code: place.code, text, x: spot[0], y: spot[1], width: 8 + text.length * 6.6 };
    return [{ ...chip, shade: shadeOf(place.rate), isSpent: place.isSpent, from: null }];
  });
  return { id: window.id, ...box, countries, chips: apart(chips, box) };
}

const chipPanel = (at: readonly [number, number]): PanelId =>
  isIn(AMERICA, at) ? 'america' : isIn(EUROPE, at) ? 'europe' : 'world';

/** The panel in which a country is picked. A country of which a close-up cuts off the most is picked in the world. */
function panelFor(code: string, shape: Region['shape']): PanelId {
  if (AMERICAN.has(code)) return 'america';
  const bounds = geoBounds(shape);
  const middle: [number, number] = [(bounds[0][0] + bounds[1][0]) / 2, (bounds[0][1] + bounds[1][1]) / 2];
  const isSmall = geoArea(shape) < 0.02;
  if (code === 'NO' || code === 'FR' || (isSmall && isIn(EUROPE, middle))) return 'europe';
  return 'world';
}

/** Chips that would lie on one another are pushed apart, a little at a time, and stay inside their panel. */
function apart(chips: readonly Chip[], box: Box): Chip[] {
  const moved = chips.map((chip) => ({ ...chip }));
  for (let round = 0; round < 80; round += 1) {
    let isClear = true;
    for (const [at, one] of moved.entries()) {
      for (const other of moved.slice(at + 1)) {
        const wide = (one.width + other.width) / 2 + 2 - Math.abs(one.x - other.x);
        const high = CHIP_HEIGHT + 2 - Math.abs(one.y - other.y);
        if (wide <= 0 || high <= 0) continue;
        isClear = false;
        if (wide < high) {
          const step = (wide / 2) * (one.x <= other.x ? -1 : 1);
          one.x += step;
          other.x -= step;
        } else {
          const step = (high / 2) * (one.y <= other.y ? -1 : 1);
          one.y += step;
          other.y -= step;
        }
      }
    }
    for (const chip of moved) {
      chip.x = Math.min(Math.max(chip.x, box.x + chip.width / 2), box.x + box.width - chip.width / 2);
      chip.y = Math.min(Math.max(chip.y, box.y + CHIP_HEIGHT / 2), box.y + box.height - CHIP_HEIGHT / 2);
    }
    if (isClear) break;
  }
  return moved.map((chip, at) => {
    const origin = chips[at] ?? chip;
    const far = Math.hypot(chip.x - origin.x, chip.y - origin.y) > 9;
    return {
      ...chip,
      x: px(chip.x),
      y: px(chip.y),
      width: px(chip.width),
      from: far ? { x: px(origin.x), y: px(origin.y) } : null,
    };
  });
}
