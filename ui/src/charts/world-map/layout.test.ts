import { expect, test } from 'vitest';
import { CHIP_HEIGHT, type MapPlace, shadeOf, worldLayout } from './layout.ts';
import { POINTS } from './places.ts';
import { worldRegions } from './world.ts';

const regions = worldRegions();
const place = (code: string, rate: number | null, isSpent = false): MapPlace => ({
  code,
  country: code.slice(0, 2),
  rate,
  isSpent,
});

const EUROPEAN = [
  'AT',
  'BE',
  'CZ',
  'DE',
  'DK',
  'EE',
  'ES',
  'FR',
  'GB',
  'GR',
  'HR',
  'HU',
  'IE',
  'IS',
  'IT',
  'LT',
];
const everything = [
  ...EUROPEAN.map((code) => place(code, 0.25)),
  ...['CA', 'US', 'AU', 'NZ', 'ZA', 'JP', 'BR'].map((code) => place(code, 0.1)),
  ...Object.keys(POINTS).map((code) => place(code, 0.35)),
];

test('a rate falls into one class, and nought is not unknown', () => {
  expect([null, 0, 0.0001, 0.0999, 0.1, 0.2999, 0.3, 0.4, 0.9].map(shadeOf)).toEqual([
    'record',
    'zero',
    1,
    1,
    2,
    3,
    4,
    5,
    5,
  ]);
});

test('every place is reached once by the keyboard, and every country in the panel that shows it', () => {
  for (const width of [340, 620, 1000]) {
    const { panels } = worldLayout(regions, everything, { width });
    const marks = panels.flatMap((panel) => [
      ...panel.countries.filter((one) => one.isMark).map((one) => one.code),
      ...panel.chips.map((chip) => chip.code),
    ]);
    expect(marks.toSorted()).toEqual(everything.map((one) => one.code).toSorted());
    const europe = panels.find((panel) => panel.id === 'europe');
    const there = europe?.countries.filter((one) => one.isMark).map((one) => one.code) ?? [];
    expect(EUROPEAN.filter((code) => !there.includes(code))).toEqual([]);
  }
});

test('no chip lies on another or leaves its panel', () => {
  for (const width of [340, 620, 1000]) {
    for (const { id, chips, x, y, width: wide, height } of worldLayout(regions, everything, { width })
      .panels) {
      for (const [at, chip] of chips.entries()) {
        expect(chip.x - chip.width / 2, id).toBeGreaterThanOrEqual(x - 0.5);
        expect(chip.x + chip.width / 2, id).toBeLessThanOrEqual(x + wide + 0.5);
        expect(chip.y - CHIP_HEIGHT / 2, id).toBeGreaterThanOrEqual(y - 0.5);
        expect(chip.y + CHIP_HEIGHT / 2, id).toBeLessThanOrEqual(y + height + 0.5);
        for (const other of chips.slice(at + 1)) {
          const apart =
            Math.abs(chip.x - other.x) >= (chip.width + other.width) / 2 ||
            Math.abs(chip.y - other.y) >= CHIP_HEIGHT;
          expect(apart, `${width} ${chip.code} ${other.code}`).toBe(true);
        }
      }
    }
  }
});

test('a country takes the best of its places, and is marked where the deal spends in one of them', () => {
  const { panels } = worldLayout(
    regions,
    [place('CA', 0.14), place('CA-QC', 0.36, true), place('IE', null)],
    { width: 620 },
  );
  const found = (id: string, code: string) =>
    panels.find((panel) => panel.id === id)?.countries.find((one) => one.code === code);
  expect(found('america', 'CA')).toMatchObject({ shade: 4, isSpent: true, isMark: true });
  expect(found('world', 'CA')).toMatchObject({ shade: 4, isMark: false });
  expect(found('europe', 'IE')).toMatchObject({ shade: 'record', isSpent: false });
  expect(found('europe', 'FR')).toMatchObject({ shade: 'none', isMark: false });
});

test('the same places are laid out the same', () => {
  const once = worldLayout(regions, everything, { width: 620 });
  expect(worldLayout(worldRegions(), everything, { width: 620 })).toEqual(once);
});
