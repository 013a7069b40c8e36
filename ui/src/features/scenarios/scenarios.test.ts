import { expect, test } from 'vitest';
import { scenarios } from '../../gallery/scenarios.ts';
import { translate } from '../../i18n/index.tsx';
import { filled, NO_WISH, standing, sumOf } from './allocation.ts';
import { scenariosCsv } from './csv.ts';
import { bestOf, differencesOf, headlineOf, reasonOf } from './headline.ts';
import { betterOf, MEASURES } from './measures.ts';
import { ariaSort, ordered, sortedBy } from './sort.ts';
import type { Standing } from './types.ts';

const t = (key: Parameters<typeof translate>[1], params?: Record<string, string | number>) =>
  translate('en', key, params);
const stands = (id: string, rank: number | null): [string, Standing] => [
  id,
  { id, rank, score: null, strengths: [], weaknesses: [] },
];
const standings = new Map([
  stands('found', 1),
  stands('presale', 2),
  stands('now', 3),
  stands('equity', 4),
  stands('debt', null),
]);
const ids = (of: readonly { id: string }[]) => of.map(({ id }) => id);

test('deals are ordered by rank, pinned ones above, what has no rank last', () => {
  const byRank = ordered(scenarios, standings, { by: 'rank', isTurned: false }, new Set(['now']));
  expect(ids(byRank)).toEqual(['now', 'found', 'presale', 'equity', 'debt']);
  const turned = ordered(scenarios, standings, { by: 'rank', isTurned: true }, new Set());
  expect(ids(turned)).toEqual(['equity', 'now', 'presale', 'found', 'debt']);
});

test('a measure begins with its better end, and a second press turns it', () => {
  const sort = sortedBy({ by: 'rank', isTurned: false }, 'cost_of_capital');
  expect(betterOf('cost_of_capital')).toBe('lower');
  expect(ids(ordered(scenarios, standings, sort, new Set()))[0]).toBe('found');
  expect(ariaSort(sort, 'cost_of_capital')).toBe('ascending');
  const again = sortedBy(sort, 'cost_of_capital');
  expect(ids(ordered(scenarios, standings, again, new Set()))[0]).toBe('debt');
  expect(ariaSort(again, 'cost_of_capital')).toBe('descending');
  expect(ariaSort(again, 'equity_irr_p50')).toBe('none');
});

test('the sentence names the best deal and what speaks for it most', () => {
  const asked = { scenarios, standings, reader: 'lender', currency: 'USD', locale: 'en', t } as const;
  const criteria = [
    { measure: 'senior_recovery', weight: 0.5 },
    { measure: 'recoupment_chance', weight: 0.3 },
  ] as const;
  expect(headlineOf({ ...asked, criteria }).text).toMatch(/Best found.*82\.6.*76\.0/);
  const own = new Map([stands('now', 1), stands('found', 1)]);
  expect(bestOf(scenarios, own)?.id).toBe('now');
  expect(headlineOf({ ...asked, criteria, standings: own }).text).not.toMatch(/Best found/);
  expect(headlineOf({ ...asked, criteria, standings: new Map() }).text).toMatch(/none/i);
});

test('a working copy that does not close is nothing to be better than: the next deal is', () => {
  const [best] = scenarios;
  const next = scenarios.find(({ id }) => id === 'presale');
  if (!best || !next) throw new Error('the samples changed');
  const criteria = [{ measure: 'recoupment_chance', weight: 0.3 }] as const;
  const asked = { best, standings, criteria, currency: 'USD', locale: 'en', t };
  expect(reasonOf({ ...asked, scenarios }).text).toMatch(/82\.6 instead of 76\.0/);
  const open = scenarios.map((one) => (one.isNow ? { ...one, closes: false } : one));
  const { text, about } = reasonOf({ ...asked, scenarios: open });
  expect(text).toMatch(new RegExp(`82\\.6 %; ${next.name} has \\d+\\.\\d`));
  expect(about).toContain(next.measures.recoupment_chance.address);
});

test('what is stronger and what is weaker follows the direction of each measure', () => {
  const [found, now] = [scenarios[0], scenarios[3]];
  if (!found || !now) throw new Error('the samples changed');
  const { stronger, weaker } = differencesOf(found, now, MEASURES);
  expect(stronger.map(({ measure }) => measure)).toContain('cost_of_capital');
  expect(stronger.map(({ measure }) => measure)).toContain('recoupment_chance');
  expect([...stronger, ...weaker].map(({ measure }) => measure)).not.toContain('gap_coverage');
  expect(differencesOf(now, now, MEASURES)).toEqual({ stronger: [], weaker: [] });
});

test('a table for a spreadsheet has every deal and every measure, and no formula', () => {
  const tricky = scenarios.map((one) => (one.id === 'now' ? { ...one, name: '=1+1, "mine"' } : one));
  const lines = scenariosCsv(tricky, standings, ['recoupment_chance', 'money:equity'], 'USD', t).split(
    '\r\n',
  );
  expect(lines).toHaveLength(scenarios.length + 1);
  expect(lines.find((line) => line.includes('mine'))).toContain(`"'=1+1, ""mine"""`);
  expect(lines[1]).toContain('0.826');
});

test('wishes add up to a hundred within one, or say by how much they do not', () => {
  const wishes = { ...NO_WISH, equity: 40, senior_debt: 58 };
  expect(standing(wishes)).toMatchObject({ isWhole: false, off: -2 });
  expect(standing({ ...wishes, grants: 1 }).isWhole).toBe(true);
  const whole = filled({ ...NO_WISH, equity: 1, senior_debt: 1, presales: 1 });
  expect(sumOf(whole)).toBe(100);
  expect(filled(NO_WISH)).toEqual(NO_WISH);
});
