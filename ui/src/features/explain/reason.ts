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
