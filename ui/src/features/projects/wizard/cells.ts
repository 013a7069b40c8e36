import { useCallback, useState } from 'react';
import { useText } from '../../../i18n/index.tsx';
import { useFaultText } from '../../shell/refusal.ts';
import { type CellValue, type Outcome, useDeal } from '../../workspace/desk.tsx';

export type Cells = {
  /** Changes a cell; a refusal is kept beside it until the cell is accepted. */
  edit: (path: string, value: CellValue) => Promise<boolean>;
  /** Adds an element to a list. */
  add: (path: string, element: CellValue) => Promise<boolean>;
  /** What the application said about a cell. */
  refusedAt: (path: string) => string | null;
  /** What it said about the cells under a path. */
  refusedUnder: (path: string) => readonly string[];
};

/** The cells of a step: every change is saved when it is made, and a refusal stands beside its field. */
export function useCells(): Cells {
  const desk = useDeal();
  const told = useFaultText();
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const settle = useCallback(
    (path: string, { refusal }: Outcome): boolean => {
      const at = refusal?.details.path ?? path;
      setRefused((before) => {
        const { [path]: _own, [at]: _named, ...others } = before;
        return refusal ? { ...others, [at]: told(refusal) } : others;
      });
      return refusal === null;
    },
    [told],
  );
  return {
    edit: async (path, value) => settle(path, await desk.edit(path, value, false)),
    add: async (path, element) => settle(path, await desk.add(path, element, false)),
    refusedAt: (path) => refused[path] ?? null,
    refusedUnder: (path) =>
      Object.entries(refused)
        .filter(([at]) => at.startsWith(path))
        .map(([, text]) => text),
  };
}

/** What a field holds that may be empty. */
export function useOptional() {
  const { t } = useText();
  return {
    /** Words; none empties the cell. */
    text: (text: string) => ({ value: text.trim() === '' ? null : text.trim() }),
    /** A whole number; none empties the cell. */
    count: (text: string) => {
      if (text.trim() === '') return { value: null };
      const number = Number(text);
      const isCount = /^\d+$/.test(text.trim()) && Number.isSafeInteger(number);
      return isCount ? { value: number } : { error: t('field.number.invalid') };
    },
  };
}
