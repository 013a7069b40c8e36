import { afterEach, expect, test } from 'vitest';
import { addressOf, changed, columnOf, type Doc, freeName, moved, namesIn, nearest, readDoc } from './doc.ts';
import { dropDraft, keepDraft, listDrafts, readDraft } from './drafts.ts';
import { placeOf } from './raw.tsx';
import { type State, step } from './use-draft.ts';

const DOC: Doc = {
  id: 'own-bonus',
  constants: [{ id: 'rate', value: '0.10', label: 'Rate' }],
  inputs: [{ name: 'cost', label: 'Cost' }],
  lines: [
    { id: 'base', formula: 'cost' },
    { id: 'credit', formula: 'rate * base' },
  ],
};
const state = (doc: Doc): State => ({ doc, raw: null, past: [], future: [], tag: '', at: 0 });
const value = (one: State) => (one.doc.constants as { value: string }[])[0]?.value;

afterEach(() => localStorage.clear());

test('a field is changed where it stands and nowhere else', () => {
  const next = changed(DOC, ['lines', 1, 'formula'], 'rate * cost');
  expect(next.lines).toEqual([
    DOC.lines && { id: 'base', formula: 'cost' },
    { id: 'credit', formula: 'rate * cost' },
  ]);
  expect(next.constants).toBe(DOC.constants);
  expect(changed(DOC, ['inputs', 0, 'map', 'measure'], 'labour').inputs).toEqual([
    { name: 'cost', label: 'Cost', map: { measure: 'labour' } },
  ]);
  expect(changed(DOC, ['lines', 0], undefined).lines).toHaveLength(1);
  expect('id' in changed(DOC, ['id'], undefined)).toBe(false);
  expect((moved(DOC, 'lines', 1, -1).lines as { id: string }[])[0]?.id).toBe('credit');
  expect(moved(DOC, 'lines', 1, 1)).toBe(DOC);
});

test('fields have the addresses that faults name', () => {
  expect(addressOf(DOC, ['lines', 1, 'formula'])).toBe('lines[credit].formula');
  expect(addressOf(DOC, ['inputs', 0, 'label'])).toBe('inputs[cost].label');
  expect(addressOf(DOC, ['interactions', 2, 'source'])).toBe('interactions[2].source');
  expect(addressOf(DOC, ['tax', 'ground'])).toBe('tax.ground');
  const fields = ['lines[credit]', 'lines[credit].formula', 'lines[base]', 'id'];
  expect(nearest('lines[credit].formula', fields)).toBe('lines[credit].formula');
  expect(nearest('lines[credit].clause', fields)).toBe('lines[credit]');
  expect(nearest('lines', fields)).toBe('lines[credit]');
  expect(nearest('cash[x]', fields)).toBeNull();
  expect(columnOf('unexpected ) at character 12')).toBe(12);
  expect(columnOf('there is no function f')).toBeNull();
});

test('new names are free among all that a formula may use', () => {
  expect(namesIn(DOC).map(({ name }) => name)).toEqual(['cost', 'rate', 'base', 'credit']);
  expect(freeName(DOC, 'rate')).toBe('rate_2');
  expect(freeName(DOC, 'cap')).toBe('cap');
});

test('keystrokes in one field are taken back together, other changes one by one', () => {
  const type = (from: State, text: string, at: number) =>
    step(from, { kind: 'set', path: ['constants', 0, 'value'], value: text, at });
  let now = type(type(state(DOC), '0.1', 100), '0.12', 200);
  now = type(now, '0.125', 5000);
  expect(value(now)).toBe('0.125');
  now = step(now, { kind: 'undo' });
  expect(value(now)).toBe('0.12');
  now = step(now, { kind: 'undo' });
  expect(now.doc).toBe(DOC);
  expect(step(now, { kind: 'undo' })).toBe(now);
  expect(value(step(now, { kind: 'redo' }))).toBe('0.12');
});

test('text that is no JSON object waits beside the form until it is one', () => {
  const broken = step(state(DOC), { kind: 'raw', text: '{"id": ', at: 1 });
  expect(broken.raw).toBe('{"id": ');
  expect(broken.doc).toBe(DOC);
  const read = step(broken, { kind: 'raw', text: '{"id": "x"}', at: 2 });
  expect(read.raw).toBeNull();
  expect(read.doc).toEqual({ id: 'x' });
  expect(step(read, { kind: 'undo' }).doc).toBe(DOC);
  expect(readDoc('[1]')).toBeNull();
  expect(placeOf('{\n  "id": }')).toMatchObject({ line: 2 });
  expect(placeOf('{}')).toBeNull();
});

test('a draft stays on the machine until it is saved or thrown away', () => {
  const draft = {
    key: 'o1',
    own: 'o1',
    version: 2,
    name: 'Bonus',
    base: '{}',
    text: '{"a":1}',
    at: '2026-11-23',
  };
  expect(keepDraft(draft)).toBe(true);
  expect(readDraft('o1')).toEqual(draft);
  expect(listDrafts().map(({ key }) => key)).toEqual(['o1']);
  keepDraft({ ...draft, text: '{}' });
  expect(listDrafts()).toEqual([]);
  dropDraft('o1');
  expect(readDraft('o1')).toBeNull();
  localStorage.setItem('recoup.program-draft.bad', '{');
  expect(listDrafts()).toEqual([]);
});
