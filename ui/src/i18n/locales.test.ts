import { expect, test } from 'vitest';
import { Refusal, refusalKeys } from '../api/errors.ts';
import { assumed, reasonKey } from '../features/explain/reason.ts';
import { refusalText } from '../features/shell/refusal.ts';
import alike from './alike.json';
import { CATALOGS, translate, translateMaybe } from './index.tsx';

const { en, fr } = CATALOGS;
test('both languages have the same keys', () => {
  expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
});

/** What is the same in both languages, as texts: names and units, and words that happen to be alike. Places have the names they have. */
test('a text reads the same in both languages only where it is listed', () => {
  const forms = (entry: unknown): string[] =>
    typeof entry === 'string' ? [entry] : Object.values(entry ?? {});
  const named = Object.keys(en).filter((key) => !key.startsWith('place.'));
  const same = named.flatMap((key) => {
    const one = forms(en[key as keyof typeof en]);
    return one.join('|') === forms(fr[key as keyof typeof fr]).join('|') ? one : [];
  });
  const listed: readonly string[] = [...alike.names, ...alike.cognates];
  expect(same.filter((text) => !listed.includes(text))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});

test('a plural has both forms in both languages', () => {
  for (const catalog of [en, fr])
    for (const entry of Object.values(catalog))
      if (typeof entry !== 'string') expect(Object.keys(entry).sort()).toEqual(['one', 'other']);
});

test('the key of a reason is what its English sentence makes', () => {
  for (const [key, sentence] of Object.entries(en)) {
    if (!key.startsWith('reason.') || key === 'reason.not_given') continue;
    expect(reasonKey(sentence as string)).toBe(key);
  }
});

test('the key of an assumption is what its English sentence makes without its numbers', () => {
  for (const [key, sentence] of Object.entries(en)) {
    if (key.startsWith('assumed.')) expect(assumed((sentence as string).replace(/[{}]/g, ''))[0]).toBe(key);
  }
  const [key, fallback, params] = assumed('even by month, quarter 3 of 8, 24 months');
  expect(translateMaybe('en', key, '', params)).toBe(fallback);
  expect(translateMaybe('fr', key, '', params)).toBe('réparti par mois, trimestre 3 sur 8, 24 mois');
  expect(translateMaybe('fr', ...assumed('Letter of the bank, 3 May'))).toBe('Letter of the bank, 3 May');
});

test('a refusal is told by its cell, by its values, by its code, and else as it was sent', () => {
  const named = new Refusal('INVALID_REQUEST', 'A project needs a name.', { path: 'name' });
  expect(refusalKeys(named)[0]).toBe('refusal.INVALID_REQUEST.at.name');
  expect(refusalText(named, 'fr')).toBe('Il faut un nom ici.');
  expect(refusalText(named, 'en')).toBe('A project needs a name.');
  const over = new Refusal('OUT_OF_RANGE', 'Too much.', { path: 'a.b', given: '9', min: '0', max: '5' });
  expect(refusalText(over, 'fr')).toBe('9 est hors des limites de a.b\u00a0: de 0 à 5.');
  // A text with a hole that nothing fills is not shown.
  const bare = new Refusal('OUT_OF_RANGE', 'Too much.');
  expect(refusalText(bare, 'fr')).toBe('Too much.');
  expect(refusalText(new Refusal('NEW_CODE', 'Something new.'), 'fr')).toBe('Something new.');
  expect(refusalText(new Refusal('OFFLINE', 'fetch failed'), 'fr')).toBe(translate('fr', 'error.offline'));
});

test('French keeps its double signs on the line, also around what is filled in', () => {
  const told = translate('fr', 'refusal.INVALID_ORDER');
  expect(told).not.toMatch(/ [;:!?%»]|« /);
  expect(translate('fr', 'refusal.UNKNOWN_FIELD', { given: 'a : b' })).toBe(
    'Le champ «\u00a0a : b\u00a0» n’existe pas ici.',
  );
});
