import { Swatch } from '../../../components/badge.tsx';
import { IconButton } from '../../../components/button.tsx';
import { Grid, type GridColumn } from '../../../components/grid.tsx';
import { type Instrument, moneyAt } from '../../../domain/document.ts';
import { certaintyOfStatus, kindOfInstrument } from '../../../domain/kinds.ts';
import { writeDocumentMoney } from '../../../domain/money.ts';
import { useText } from '../../../i18n/index.tsx';
import { useBlock } from '../../block.ts';
import { choiceColumn, moneyColumn, percentColumn, textColumn } from '../../cells.ts';
import { Amount } from '../../explain/amount.tsx';
import { freeId } from '../../ids.ts';
import { Usual } from '../../library/usual.tsx';
import { maturityColumn } from '../../maturity.ts';
import { TakeUsualTerms } from '../../usual-terms.tsx';
import { useWords } from '../../words.ts';
import { useDeal } from '../../workspace/desk.tsx';
import { type FigureBook, useBook } from '../../workspace/figures.ts';
import { INSTRUMENT_KINDS, INSTRUMENT_STATUSES, LOANS } from '../terms.ts';
import { AddRow } from './add-row.tsx';
import { type Cells, useCells } from './cells.ts';
import { Refusals } from './refusals.tsx';

/** Step 4: who gives money, and how sure it is. */
export function MoneyStep() {
  const { t } = useText();
  const cells = useCells();
  const { document } = useDeal();
  const words = useWords();
  const book = useBook();
  const instruments = document.instruments ?? [];
  const kindName = (kind: string) => words.term('instrument', kind);
  return (
    <section className="setup-part" aria-label={t('setup.name.4')}>
      {instruments.length > 0 ? (
        <Sheet instruments={instruments} cells={cells} book={book} />
      ) : (
        <p className="sub">{t('setup.money.none')}</p>
      )}
      <Refusals texts={cells.refusedUnder('instruments')} />
      <TakeUsualTerms instruments={instruments} edit={(path, value) => void cells.edit(path, value)} />
      <AddRow
        label={t('setup.money.add')}
        kinds={INSTRUMENT_KINDS}
        kindLabel={kindName}
        kindHead={t('capital.kind')}
        currency={document.currency}
        onAdd={(kind, name, amount) =>
          cells.add('instruments', {
            id: freeId(
              name || kind,
              instruments.map(({ id }) => id),
            ),
            name: name || kindName(kind),
            terms: { kind },
            status: 'prospective',
            ...(amount ? { amount: { fixed: writeDocumentMoney(amount) } } : {}),
          })
        }
      />
      {book.at('closing.difference') ? (
        <dl className="totals">
          {(['closing.uses_cash', 'closing.sources_cash', 'closing.difference'] as const).map((address) => (
            <div key={address} className="total-item">
              <dt className="sub">{t(`setup.${address}`)}</dt>
              <dd>
                <Amount book={book} address={address} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </section>
  );
}

type SheetProps = { instruments: readonly Instrument[]; cells: Cells; book: FigureBook };

function Sheet({ instruments, cells, book }: SheetProps) {
  const { t, locale, maybe } = useText();
  const { document } = useDeal();
  const words = useWords();
  const pasting = useBlock({ path: 'instruments', rows: instruments, edit: cells.edit });
  const edit = (path: string, value: Parameters<Cells['edit']>[1]) => void cells.edit(path, value);
  const context = { t, locale, edit };
  const cell = (field: string) => (one: Instrument) => `instruments[${one.id}].${field}`;
  const isTyped = (one: Instrument) => one.amount === undefined || 'fixed' in one.amount;
  const name = textColumn<Instrument>(
    { id: 'name', head: t('capital.instrument'), path: cell('name'), value: (one) => one.name },
    edit,
  );
  const rate = percentColumn<Instrument>(
    {
      id: 'rate',
      head: t('capital.rate'),
      path: (one) => (LOANS.has(one.terms.kind) ? cell('rate.fixed')(one) : null),
      value: (one) => one.rate?.fixed,
    },
    context,
  );
  const amount = moneyColumn<Instrument>(
    {
      id: 'amount',
      head: `${t('capital.amount')}, ${document.currency}`,
      path: (one) => (isTyped(one) ? cell('amount.fixed')(one) : null),
      value: (one) => moneyAt(one.amount?.fixed),
      currency: document.currency,
    },
    context,
  );
  const columns: GridColumn<Instrument>[] = [
    {
      ...name,
      cell: (one) => (
        <span className="legend-item">
          <Swatch kind={kindOfInstrument(one.terms.kind)} certainty={certaintyOfStatus(one.status)} />
          <span className="strong">{one.name}</span>
        </span>
      ),
    },
    { id: 'kind', head: t('capital.kind'), cell: (one) => words.term('instrument', one.terms.kind) },
    {
      ...amount,
      cell: (one) =>
        isTyped(one) ? amount.cell(one) : <Amount book={book} address={`capital.${one.id}.principal`} />,
    },
    {
      ...rate,
      cell: (one) =>
        one.rate === undefined ? (
          <Usual
            kind={one.terms.kind}
            measure="rate"
            name={one.name}
            onTake={(fraction) => edit(cell('rate.fixed')(one), fraction)}
          />
        ) : (
          rate.cell(one)
        ),
    },
    maturityColumn(
      { head: 'capital.maturity', isLoan: (one) => LOANS.has(one.terms.kind) },
      { ...context, maybe },
    ),
    percentColumn(
      {
        id: 'probability',
        head: t('setup.probability'),
        path: cell('probability'),
        value: (one) => one.probability,
      },
      context,
    ),
    choiceColumn(
      {
        id: 'status',
        head: t('capital.status'),
        path: cell('status'),
        value: (one) => one.status ?? 'prospective',
        label: (status) => words.term('status', status),
        choices: INSTRUMENT_STATUSES,
      },
      context,
    ),
    {
      id: 'remove',
      head: '',
      cell: (one) => (
        <IconButton
          icon="trash"
          tabIndex={-1}
          label={t('setup.remove', { name: one.name })}
          onClick={() => void cells.edit(`instruments[${one.id}]`, null)}
        />
      ),
    },
  ];
  return (
    <Grid
      label={t('setup.name.4')}
      hint={t('table.edit')}
      columns={columns}
      rows={instruments}
      rowId={(one) => one.id}
      {...pasting}
    />
  );
}
