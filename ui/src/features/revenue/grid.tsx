import { type FocusEvent, useMemo, useState } from 'react';
import type { RevenueView } from '../../api/bindings.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Grid, type GridColumn } from '../../components/grid.tsx';
import { Select } from '../../components/select.tsx';
import { useToast } from '../../components/toast.tsx';
import { moneyAt, type RevenueSource } from '../../domain/document.ts';
import { formatExact, minorDigits, writeDocumentMoney } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { readMinor, typedColumn } from '../cells.ts';
import { useWords } from '../words.ts';
import { type CellValue, useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { withCell } from '../workspace/overlay.ts';
import { mostByWindow, RevenueCell } from './cell.tsx';
import { readCodes } from './fields.tsx';
import { usePlaces } from './places.ts';
import { caseField, newPath, newSource, type Row, readNewPath, rowsOf, sourcesAt } from './rows.ts';

type Props = { revenue: RevenueView; onChoose: (sources: readonly string[]) => void };

/** Territories down, windows across: what is estimated, sold or claimed by two. Typed and pasted like a spreadsheet. */
export function RevenueGrid({ revenue, onChoose }: Props) {
  const { t, locale } = useText();
  const { document, edit, undo } = useDeal();
  const book = useBook();
  const words = useWords();
  const places = usePlaces();
  const notify = useToast();
  const sources = document.revenue?.sources ?? [];
  const rows = useMemo(() => rowsOf(revenue.rows), [revenue.rows]);
  const most = useMemo(() => mostByWindow(sources), [sources]);
  const chosen = document.revenue?.case ?? 'base';
  const contracts = (document.revenue?.distribution ?? []).map(({ id }) => id);

  const made = (path: string, used: readonly string[]): RevenueSource | null => {
    const fresh = readNewPath(path);
    if (!fresh) return null;
    const names = { place: places(fresh.territories), window: words.term('window', fresh.window) };
    return newSource(fresh, fresh.window, names, used);
  };
  /** One change or many, over sources that are there and such that typing makes. */
  const lay = (changes: readonly { path: string; value: unknown }[]) => {
    const existing = changes.filter(({ path }) => readNewPath(path) === null);
    let after = document;
    for (const { path, value } of existing) after = withCell(after, path, value as CellValue);
    const list: RevenueSource[] = [...(after.revenue?.sources ?? [])];
    for (const { path, value } of changes) {
      const source =
        value === null
          ? null
          : made(
              path,
              list.map(({ id }) => id),
            );
      if (source) list.push({ ...source, estimate: { base: value as string } });
    }
    return edit('revenue.sources', list as unknown as CellValue);
  };
  const change = (path: string, value: CellValue) => {
    if (readNewPath(path)) void lay([{ path, value }]);
    else void edit(path, value);
  };

  const pathOf = (row: Row, window: string): string | null => {
    const cell = row.cells.get(window);
    if (!cell || cell.state === 'sold' || cell.state === 'covered') return null;
    const here = sourcesAt(document, cell);
    if (here.length > 1) return null;
    const [only] = here;
    return only ? `revenue.sources[${only.id}].estimate.${caseField(only, chosen)}` : newPath(row, window);
  };
  const amountOf = (row: Row, window: string) => {
    const [only] = sourcesAt(document, row.cells.get(window));
    return only ? moneyAt(only.estimate?.[caseField(only, chosen)]) : null;
  };
  const columns: GridColumn<Row>[] = [
    { id: 'place', head: t('revenue.territories'), cell: (row) => places(row.territories), width: '180px' },
    ...revenue.windows.map((window) =>
      typedColumn<Row>(
        {
          id: window,
          head: words.term('window', window),
          align: 'right' as const,
          path: (row) => pathOf(row, window),
          cell: (row) => (
            <RevenueCell
              place={contracts.indexOf(row.cells.get(window)?.contract ?? '')}
              cell={row.cells.get(window)}
              document={document}
              book={book}
              chosen={chosen}
              most={most.get(window) ?? 0}
            />
          ),
          text: (row) => {
            const money = amountOf(row, window);
            return money ? formatExact(money, locale) : '';
          },
          read: (row, text) => {
            const path = pathOf(row, window);
            if (path === null) return null;
            const unit = amountOf(row, window)?.currency ?? document.currency;
            if (text.trim() === '') return readNewPath(path) ? null : { path, value: null };
            const minor = readMinor(text, unit, locale);
            if (minor === null) return { wrong: t('field.money.invalid', { digits: minorDigits(unit) }) };
            return { path, value: writeDocumentMoney({ minor, currency: unit }) };
          },
        },
        change,
      ),
    ),
  ];
  const choose = (event: FocusEvent) => {
    const spot = (event.target as HTMLElement).closest<HTMLElement>('[data-spot]')?.dataset.spot;
    const [row, column] = (spot ?? '').split(':').map(Number);
    const window = revenue.windows[(column ?? 0) - 1];
    const cell = rows[row ?? -1]?.cells.get(window ?? '');
    if (cell && cell.sources.length > 0) onChoose(cell.sources);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: listens where the focus goes within the sheet */}
      <div className="rights-grid" onFocus={choose}>
        <Grid
          label={t('revenue.grid')}
          hint={t('table.edit')}
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          pasteRefused={(line, column, reason) => t('table.paste.refused', { line, column, reason })}
          onBlock={(changes, _added, kind = 'paste') => {
            const told = {
              paste: 'table.pasted',
              fill: 'topsheet.filled',
              clear: 'topsheet.cleared',
            } as const;
            void lay(changes).then((outcome) => {
              if (outcome.refusal) return;
              notify(t(told[kind], { count: changes.length }), { label: t('undo'), run: undo });
            });
          }}
        />
      </div>
      <AddRow windows={revenue.windows} onAdded={onChoose} />
    </>
  );
}

/** Every window a deal may name, the earlier ones first. */
export const WINDOWS = [
  'all_rights',
  'theatrical',
  'pvod',
  'tvod',
  'est',
  'svod',
  'pay_tv',
  'free_tv',
  'avod',
  'fast',
  'physical',
  'airline',
  'non_theatrical',
  'merchandising',
  'music',
  'other',
] as const;

/** Territories and a window that have no line or column yet. */
function AddRow({ windows, onAdded }: { windows: readonly string[]; onAdded: (sources: string[]) => void }) {
  const { t } = useText();
  const { document, add } = useDeal();
  const words = useWords();
  const places = usePlaces();
  const [codes, setCodes] = useState('');
  const [window, setWindow] = useState<string>(windows[0] ?? 'all_rights');
  const [isTried, setTried] = useState(false);
  const read = readCodes(codes);
  const wrong = isTried && read === null ? t('revenue.territories.invalid') : null;
  const submit = async () => {
    setTried(true);
    if (!read) return;
    const used = (document.revenue?.sources ?? []).map(({ id }) => id);
    const names = { place: places(read), window: words.term('window', window) };
    const source = newSource({ territories: read }, window, names, used);
    const outcome = await add('revenue.sources', source as unknown as CellValue);
    if (outcome.refusal) return;
    setCodes('');
    setTried(false);
    onAdded([source.id]);
  };
  return (
    <div
      role="group"
      aria-label={t('revenue.add')}
      className="add-row rights-add"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) void submit();
      }}
    >
      <Field label={t('revenue.territories')} error={wrong}>
        {(aria) => (
          <input
            {...aria}
            className="input"
            placeholder={t('revenue.territories.example')}
            value={codes}
            onChange={(event) => setCodes(event.target.value)}
          />
        )}
      </Field>
      <Select
        label={t('revenue.window')}
        value={window}
        onChange={setWindow}
        options={WINDOWS.map((value) => ({ value, label: words.term('window', value) }))}
      />
      <Button icon="plus" className="add-button" onClick={() => void submit()}>
        {t('revenue.add')}
      </Button>
    </div>
  );
}
