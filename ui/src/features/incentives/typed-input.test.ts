import { expect, test } from 'vitest';
import type { ClaimInputDto } from '../../api/bindings.ts';
import type { Translate } from '../../i18n/index.tsx';
import { draftOf, readInput } from './typed-input.ts';

const t = ((key: string) =>
  key === 'incentives.answers.yes' ? 'Yes' : key === 'incentives.answers.no' ? 'No' : key) as Translate;

function input(part: Partial<ClaimInputDto>): ClaimInputDto {
  return {
    name: 'labour',
    label: 'Labour',
    unit: 'money',
    from: 'budget',
    figure: null,
    word: null,
    options: [],
    path: 'incentives[a].overrides.labour',
    typed_at: null,
    cells: ['budget.lines[anim].amount'],
    ...part,
  };
}

test('an amount is typed over in the currency of the program, to the cent', () => {
  expect(readInput(input({}), 'CAD 1,234.50', 'CAD', 'en', t)).toEqual({
    path: 'incentives[a].overrides.labour',
    value: { money: 'CAD 1234.50' },
  });
  expect(readInput(input({}), 'much', 'CAD', 'en', t)).toEqual({ wrong: 'field.money.invalid' });
});

test('what was typed is changed where it stands, and emptied it is taken back', () => {
  const typed = input({ typed_at: 'incentives[a].answers.labour', from: 'answer' });
  expect(readInput(typed, '5', 'CAD', 'en', t)).toEqual({
    path: 'incentives[a].answers.labour',
    value: { money: 'CAD 5.00' },
  });
  expect(readInput(typed, ' ', 'CAD', 'en', t)).toEqual({
    path: 'incentives[a].answers.labour',
    value: null,
  });
  expect(readInput(input({}), '', 'CAD', 'en', t)).toBeNull();
});

test('shares, counts, answers and words are read as what they are', () => {
  const read = (part: Partial<ClaimInputDto>, text: string) => readInput(input(part), text, 'CAD', 'en', t);
  const path = 'incentives[a].overrides.labour';
  expect(read({ unit: 'rate' }, '12.5')).toEqual({ path, value: { number: '0.125' } });
  expect(read({ unit: 'number' }, '52')).toEqual({ path, value: { number: '52' } });
  expect(read({ unit: 'flag' }, 'yes')).toEqual({ path, value: { flag: true } });
  expect(read({ unit: 'flag' }, 'perhaps')).toEqual({ wrong: 'field.choice.invalid' });
  const format = { unit: 'text', options: ['single_scripted', 'feature'] };
  expect(read(format, 'Single scripted')).toEqual({ path, value: { text: 'single_scripted' } });
  expect(read(format, 'opera')).toEqual({ wrong: 'field.choice.invalid' });
});

test('the editor begins with what the form saw', () => {
  const figure = {
    address: 'incentives.a.input.labour',
    value: { kind: 'money' as const, amount: { minor: 123450, currency: 'CAD' } },
  };
  expect(draftOf(input({ figure }), 'en', t)).toBe('1,234.50');
  const yes = { address: 'x', value: { kind: 'flag' as const, yes: true } };
  expect(draftOf(input({ unit: 'flag', figure: yes }), 'en', t)).toBe('Yes');
});
