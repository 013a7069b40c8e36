import type { ClaimInputDto } from '../../api/bindings.ts';
import {
  formatExact,
  minorDigits,
  normaliseNumber,
  parseMinor,
  writeDocumentMoney,
} from '../../domain/money.ts';
import { formatRateNumber, parsePercent } from '../../domain/rate.ts';
import type { Translate } from '../../i18n/index.tsx';
import type { Reading } from '../cells.ts';

/** Whether somebody typed the value for this program. */
export function isTyped(input: ClaimInputDto): boolean {
  return input.typed_at !== null;
}

/** What the editor of an input begins with. */
export function draftOf(input: ClaimInputDto, locale: string, t: Translate): string {
  const value = input.figure?.value;
  if (value?.kind === 'money') return formatExact(value.amount, locale);
  if (value?.kind === 'flag') return t(value.yes ? 'incentives.answers.yes' : 'incentives.answers.no');
  if (value?.kind === 'number') {
    return input.unit === 'rate' ? formatRateNumber(value.decimal, locale) : value.decimal;
  }
  return input.word ?? '';
}

/** What was typed in place of the form's own value; emptied, that counts again. */
export function readInput(
  input: ClaimInputDto,
  text: string,
  currency: string,
  locale: string,
  t: Translate,
): Reading {
  const typed = text.trim();
  if (typed === '') return input.typed_at === null ? null : { path: input.typed_at, value: null };
  const path = input.typed_at ?? input.path;
  switch (input.unit) {
    case 'money': {
      const minor = parseMinor(typed.replace(currency, ''), currency, locale);
      if (minor === null) return { wrong: t('field.money.invalid', { digits: minorDigits(currency) }) };
      return { path, value: { money: writeDocumentMoney({ minor, currency }) } };
    }
    case 'rate': {
      const share = parsePercent(typed, locale);
      return share === null ? { wrong: t('field.rate.invalid') } : { path, value: { number: share } };
    }
    case 'number': {
      const number = normaliseNumber(typed, locale);
      return number === null ? { wrong: t('field.number.invalid') } : { path, value: { number } };
    }
    case 'flag':
      return readFlag(path, typed, t);
    default:
      return readWord(input, path, typed, t);
  }
}

function readFlag(path: string, typed: string, t: Translate): Reading {
  const said = typed.toLowerCase();
  const [yes, no] = [t('incentives.answers.yes'), t('incentives.answers.no')];
  if (said === yes.toLowerCase()) return { path, value: { flag: true } };
  if (said === no.toLowerCase()) return { path, value: { flag: false } };
  return { wrong: t('field.choice.invalid', { choices: `${yes}, ${no}` }) };
}

function readWord(input: ClaimInputDto, path: string, typed: string, t: Translate): Reading {
  if (input.options.length === 0) return { path, value: { text: typed } };
  const plain = (word: string) => word.replace(/[-_]/g, ' ').toLowerCase();
  const chosen = input.options.find((word) => plain(word) === plain(typed));
  return chosen === undefined
    ? { wrong: t('field.choice.invalid', { choices: input.options.map(plain).join(', ') }) }
    : { path, value: { text: chosen } };
}
