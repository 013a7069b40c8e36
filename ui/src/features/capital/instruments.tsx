import { DropdownMenu } from 'radix-ui';
import { type KeyboardEvent, useState } from 'react';
import { Swatch } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Grid } from '../../components/grid.tsx';
import { useToast } from '../../components/toast.tsx';
import type { Instrument } from '../../domain/document.ts';
import { kindOfInstrument } from '../../domain/kinds.ts';
import { useText } from '../../i18n/index.tsx';
import { useBlock } from '../block.ts';
import { TakeUsualTerms } from '../usual-terms.tsx';
import { useWords } from '../words.ts';
import { type CellValue, useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { instrumentColumns } from './columns.tsx';
import { RowMenu } from './row-menu.tsx';
import { blank, duplicated, moved } from './stack-edits.ts';
import { useCollaterals } from './terms/collateral.tsx';
import { TermsDialog } from './terms/dialog.tsx';
import { KINDS_OF_MONEY } from './terms/types.ts';

export function InstrumentSheet({ book }: { book: FigureBook }) {
  const { t, locale, maybe } = useText();
  const { document, edit, add } = useDeal();
  const words = useWords();
  const collaterals = useCollaterals('');
  const [shown, setShown] = useState<string | null>(null);
  const instruments = document.instruments ?? [];
  const actions = useRowActions(instruments, setShown);
  const columns = instrumentColumns({
    t,
    maybe,
    locale,
    document,
    book,
    words,
    over: (word) => collaterals.find(({ value }) => value === word)?.label ?? word,
    edit: (path, value) => void edit(path, value),
    add: (path, element) => void add(path, element),
    menu: (one) => <RowMenu label={t('inst.actions', { name: one.name })} actions={actions(one)} />,
  });
  const pasting = useBlock({ path: 'instruments', rows: instruments, edit });
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key] as -1 | 1 | undefined;
    const [row] =
      (event.target as HTMLElement).closest<HTMLElement>('td[data-spot]')?.dataset.spot?.split(':') ?? [];
    const one = instruments[Number(row)];
    if (!event.altKey || by === undefined || !one) return;
    event.preventDefault();
    event.stopPropagation();
    const next = moved(instruments, one.id, by);
    if (next !== instruments)
      void edit('instruments', next as unknown as CellValue).then(() => follow(event, by));
  };
  return (
    <div className="stack instruments" onKeyDownCapture={onKey}>
      <Grid
        label={t('capital.headline', { count: instruments.length })}
        hint={t('table.edit.why')}
        columns={columns}
        rows={instruments}
        rowId={(one) => one.id}
        {...pasting}
      />
      <TakeUsualTerms instruments={instruments} edit={(path, value) => void edit(path, value)} />
      <TermsDialog id={shown} onClose={() => setShown(null)} />
    </div>
  );
}

/** The focus goes with the row that was moved. */
function follow(event: KeyboardEvent<HTMLElement>, by: -1 | 1): void {
  const cell = (event.target as HTMLElement).closest<HTMLElement>('td[data-spot]');
  const [row, column] = cell?.dataset.spot?.split(':') ?? [];
  const table = cell?.closest('table');
  requestAnimationFrame(() => {
    // The row may have kept the focus on its way: the sheet learns its new place from a fresh one.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    table?.querySelector<HTMLElement>(`[data-spot="${Number(row) + by}:${column}"]`)?.focus();
  });
}

function useRowActions(instruments: readonly Instrument[], show: (id: string) => void) {
  const { t } = useText();
  const { edit, undo } = useDeal();
  const notify = useToast();
  const write = (next: readonly Instrument[]) => edit('instruments', next as unknown as CellValue);
  return (one: Instrument) => [
    { id: 'terms', label: t('inst.terms'), icon: 'pen' as const, run: () => show(one.id) },
    {
      id: 'duplicate',
      label: t('inst.duplicate'),
      icon: 'copy' as const,
      run: () => {
        const made = duplicated(instruments, one.id, (of) => t('inst.copy_of', { name: of }));
        if (made) void write(made.instruments);
      },
    },
    {
      id: 'up',
      label: t('inst.up'),
      icon: 'up' as const,
      keys: t('inst.up.keys'),
      run: () => void write(moved(instruments, one.id, -1)),
    },
    {
      id: 'down',
      label: t('inst.down'),
      icon: 'down' as const,
      keys: t('inst.down.keys'),
      run: () => void write(moved(instruments, one.id, 1)),
    },
    {
      id: 'remove',
      label: t('setup.remove', { name: one.name }),
      icon: 'trash' as const,
      run: () =>
        void edit(`instruments[${one.id}]`, null).then((outcome) => {
          if (!outcome.refusal)
            notify(t('inst.removed', { name: one.name }), { label: t('undo'), run: undo });
        }),
    },
  ];
}

/** A new source: its kind is chosen, everything else is typed in its row or its terms. */
export function AddInstrument() {
  const { t } = useText();
  const words = useWords();
  const { document, add } = useDeal();
  const instruments = document.instruments ?? [];
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button look="primary" icon="plus">
          {t('inst.add')}
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={window.document.getElementById('page')}>
        <DropdownMenu.Content className="menu menu-tall" align="end" sideOffset={4}>
          {KINDS_OF_MONEY.map((kind) => {
            const name = words.term('instrument', kind);
            return (
              <DropdownMenu.Item
                key={kind}
                className="menu-item"
                onSelect={() =>
                  void add('instruments', blank(instruments, kind, name) as unknown as CellValue)
                }
              >
                <Swatch kind={kindOfInstrument(kind)} />
                {name}
              </DropdownMenu.Item>
            );
          })}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
