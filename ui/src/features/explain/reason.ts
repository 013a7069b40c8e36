import { useCallback } from 'react';
import type { Quantity } from '../../domain/quantity.ts';
import { useText } from '../../i18n/index.tsx';
import { useAddressLabel } from './labels.ts';

type Absent = Extract<Quantity, { kind: 'absent' }>;

/** The engines say in English why there is no figure; the text key of a reason is its sentence. */
export function reasonKey(reason: string): string {
  const words = reason
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
  return `reason.${words}`;
}

/** Why there is no figure, in the language of the page; a missing cell is called by its name. */
export function useReason(): (absent: Absent) => string {
  const { t, maybe } = useText();
  const label = useAddressLabel();
  return useCallback(
    ({ reason, path }) =>
      path ? t('reason.not_given', { cell: label(path) }) : maybe(reasonKey(reason), reason),
    [t, maybe, label],
  );
}

/**
 * What the engines take where nobody typed a value: the text key of the sentence, the sentence itself, and the
 * numbers in it, which the text names {1}, {2} and so on. A source that the producer wrote has no key and stands.
 */
export function assumed(source: string): [key: string, fallback: string, params: Record<string, string>] {
  const numbers = source.match(NUMBER) ?? [];
  const words = source
    .toLowerCase()
    .replace(NUMBER, ' ')
    .replace(/[^a-z]+/g, '_')
    .replace(/^_|_$/g, '');
  const params = Object.fromEntries(numbers.map((number, at) => [String(at + 1), number]));
  return [`assumed.${words}`, source, params];
}

const NUMBER = /\d{4}-\d\d-\d\d|\d+/g;
