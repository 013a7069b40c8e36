import type { Pasting } from '../components/grid.tsx';
import { useToast } from '../components/toast.tsx';
import { useText } from '../i18n/index.tsx';
import { type CellValue, type Outcome, useDeal } from './workspace/desk.tsx';
import { withCell } from './workspace/overlay.ts';

type List<Row> = {
  /** Where the rows of the table stand in the deal. */
  path: string;
  rows: readonly Row[];
  edit: (path: string, value: CellValue) => Promise<Outcome | boolean>;
  /** A row for what is pasted below the last one; without it that is left out. */
  blank?: (at: number) => Row;
  /** The pasted rows as they are kept: with ids of their own. */
  named?: (added: readonly Row[], rows: readonly Row[]) => readonly Row[];
};

const TOLD = { paste: 'table.pasted', fill: 'topsheet.filled', clear: 'topsheet.cleared' } as const;

/** A pasted block is one change of the whole list, so that one undo takes it back. */
export function useBlock<Row extends { id: string }>(list: List<Row>): Pasting<Row> {
  const { t } = useText();
  const { document, undo } = useDeal();
  const notify = useToast();
  const { path, rows, edit, blank, named } = list;
  const at = (document: unknown): Row[] =>
    path
      .split('.')
      .reduce<unknown>((part, field) => (part as Record<string, unknown>)[field], document) as Row[];
  return {
    ...(blank ? { blankRow: blank } : {}),
    pasteRefused: (line, column, reason) => t('table.paste.refused', { line, column, reason }),
    onBlock: (changes, added, kind = 'paste') => {
      const [only] = changes;
      if (only && changes.length === 1 && added.length === 0) {
        void edit(only.path, only.value as CellValue);
        return;
      }
      let pasted = withCell(document, path, [...rows, ...added] as unknown as CellValue);
      for (const change of changes) pasted = withCell(pasted, change.path, change.value as CellValue);
      const all = at(pasted);
      const kept = all.slice(0, rows.length);
      const fresh = all.slice(rows.length);
      const written = [...kept, ...(named?.(fresh, kept) ?? fresh)];
      void edit(path, written as unknown as CellValue).then((outcome) => {
        if (outcome === false || (typeof outcome === 'object' && outcome.refusal)) return;
        notify(t(TOLD[kind], { count: changes.length }), { label: t('undo'), run: undo });
      });
    },
  };
}
