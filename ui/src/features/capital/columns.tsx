import type { ReactNode } from 'react';
import { Badge, type BadgeLook, Swatch } from '../../components/badge.tsx';
import type { GridColumn } from '../../components/grid.tsx';
import { type DealDocument, type Instrument, moneyAt } from '../../domain/document.ts';
import { certaintyOfStatus, kindOfInstrument } from '../../domain/kinds.ts';
import type { Translate } from '../../i18n/index.tsx';
import { choiceColumn, moneyColumn, percentColumn, type Reading, textColumn, typedColumn } from '../cells.ts';
import { Amount, TypedAmount } from '../explain/amount.tsx';
import { Usual } from '../library/usual.tsx';
import { maturityColumn } from '../maturity.ts';
import { INSTRUMENT_STATUSES, LOANS } from '../projects/terms.ts';
import { newFee } from '../usual-terms.tsx';
import type { useWords } from '../words.ts';
import type { CellValue } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { drawdownText, marginText, ruleText, securityText } from './summaries.ts';
import { asContract, KINDS_OF_MONEY } from './terms/types.ts';
import { isTyped } from './tried.ts';

const LOOKS: Record<string, BadgeLook> = {
  closed: 'pass',
  signed: 'pass',
  prospective: 'dashed',
  negotiating: 'dashed',
};

export type ColumnContext = {
  t: Translate;
  maybe: (key: string, fallback: string) => string;
  locale: string;
  document: DealDocument;
  book: FigureBook;
  words: ReturnType<typeof useWords>;
  over: (word: string) => string;
  edit: (path: string, value: CellValue) => void;
  add: (path: string, element: CellValue) => void;
  menu: (instrument: Instrument) => ReactNode;
};

const path = (one: Instrument, field: string) => `instruments[${one.id}].${field}`;
const originationFee = (one: Instrument) => one.fees?.find((fee) => fee.kind === 'origination');
const isDebt = (one: Instrument) =>
  one.rate === undefined ? LOANS.has(one.terms.kind) : 'fixed' in one.rate;

/** What a lender reads of each source, left to right. */
export function instrumentColumns(context: ColumnContext): GridColumn<Instrument>[] {
  const { t, maybe, locale, menu } = context;
  const words = { t, maybe, locale, over: context.over };
  return [
    nameColumn(context),
    { id: 'menu', head: '', cell: menu },
    kindColumn(context),
    providerColumn(context),
    amountColumn(context),
    {
      id: 'rule',
      path: (one) => path(one, 'amount'),
      head: t('inst.rule'),
      cell: (one) => quiet(ruleText(asContract(one), words)),
      width: '120px',
    },
    {
      id: 'currency',
      head: t('inst.currency'),
      cell: (one) => quiet(moneyAt(one.amount?.fixed)?.currency ?? asContract(one).currency ?? ''),
    },
    rateColumn(context, (one) => marginText(asContract(one), words)),
    feeColumn(context),
    {
      id: 'drawdown',
      width: '200px',
      head: t('terms.drawdown'),
      path: (one) => path(one, 'drawdown'),
      cell: (one) => quiet(drawdownText(asContract(one), words)),
    },
    maturityColumn({ head: 'capital.maturity', isLoan: isDebt }, context),
    {
      id: 'security',
      width: '170px',
      head: t('terms.security'),
      path: (one) => path(one, 'security'),
      cell: (one) => quiet(securityText(asContract(one), words)),
    },
    percentColumn<Instrument>(
      {
        id: 'probability',
        head: t('inst.probability'),
        path: (one) => path(one, 'probability'),
        value: (one) => one.probability,
      },
      context,
    ),
    statusColumn(context),
  ];
}

const quiet = (text: string) => <span className="sub">{text}</span>;

function nameColumn({ t, edit }: ColumnContext): GridColumn<Instrument> {
  const name = textColumn<Instrument>(
    {
      id: 'name',
      head: t('capital.instrument'),
      path: (one) => path(one, 'name'),
      value: (one) => one.name,
    },
    edit,
  );
  return {
    ...name,
    cell: (one) => (
      <span className="legend-item">
        <Swatch kind={kindOfInstrument(one.terms.kind)} certainty={certaintyOfStatus(one.status)} />
        <span className="strong">{one.name}</span>
      </span>
    ),
  };
}

/** Another kind has other terms: its own start afresh, what every kind has stays. */
function kindColumn({ t, words, edit }: ColumnContext): GridColumn<Instrument> {
  const column = choiceColumn<Instrument>(
    {
      id: 'kind',
      head: t('capital.kind'),
      path: (one) => path(one, 'terms'),
      value: (one) => one.terms.kind,
      label: (kind) => words.term('instrument', kind),
      choices: KINDS_OF_MONEY,
    },
    { t, edit },
  );
  const read = (one: Instrument, text: string): Reading => {
    const reading = column.read?.(one, text) as Reading;
    if (reading === null || 'wrong' in reading) return reading;
    return reading.value === one.terms.kind
      ? null
      : { path: path(one, 'terms'), value: { kind: reading.value } };
  };
  return typedColumn({ ...column, read }, edit);
}

function providerColumn({ t, document, edit }: ColumnContext): GridColumn<Instrument> {
  const parties = document.parties ?? [];
  const nameOf = (id: string | undefined) => parties.find((party) => party.id === id)?.name ?? '';
  return typedColumn<Instrument>(
    {
      id: 'provider',
      width: '150px',
      head: t('capital.provider'),
      path: (one) => path(one, 'provider'),
      choices: [{ value: '', label: '' }, ...parties.map(({ id, name }) => ({ value: id, label: name }))],
      cell: (one) => nameOf(one.provider),
      text: (one) => one.provider ?? '',
      read: (one, text) => {
        const typed = text.trim().toLowerCase();
        if (typed === '') return { path: path(one, 'provider'), value: null };
        const found = parties.find(({ id, name }) => id === typed || name.toLowerCase() === typed);
        if (found) return { path: path(one, 'provider'), value: found.id };
        return {
          wrong: t('field.choice.invalid', { choices: parties.map(({ name }) => name).join(', ') }),
        };
      },
    },
    edit,
  );
}

function amountColumn(context: ColumnContext): GridColumn<Instrument> {
  const { t, document, book } = context;
  const amount = moneyColumn<Instrument>(
    {
      id: 'amount',
      head: `${t('capital.amount')}, ${document.currency}`,
      path: (one) => (isTyped(one) ? path(one, 'amount.fixed') : null),
      value: (one) => moneyAt(one.amount?.fixed),
      currency: document.currency,
    },
    context,
  );
  return {
    ...amount,
    cell: (one) => {
      const address = `capital.${one.id}.principal`;
      const isKnown = book.money(address) !== null;
      // A typed amount is pressed to be chosen and typed again; whence it comes is asked beside it.
      if (isTyped(one)) return isKnown ? <TypedAmount book={book} address={address} /> : amount.cell(one);
      return isKnown ? <Amount book={book} address={address} /> : quiet(t('capital.formula'));
    },
  };
}

function rateColumn(context: ColumnContext, margin: (one: Instrument) => string): GridColumn<Instrument> {
  const { t, edit } = context;
  const rate = percentColumn<Instrument>(
    {
      id: 'rate',
      head: t('capital.rate'),
      path: (one) => (isDebt(one) ? path(one, 'rate.fixed') : null),
      value: (one) => one.rate?.fixed,
    },
    context,
  );
  return {
    ...rate,
    cell: (one) => {
      if (one.rate !== undefined) {
        const over = margin(one);
        return over === '' ? rate.cell(one) : <span data-path={path(one, 'rate')}>{over}</span>;
      }
      return (
        <Usual
          kind={one.terms.kind}
          measure="rate"
          name={one.name}
          onTake={(fraction) => edit(path(one, 'rate.fixed'), fraction)}
        />
      );
    },
  };
}

function feeColumn(context: ColumnContext): GridColumn<Instrument> {
  const { t, add } = context;
  const fee = percentColumn<Instrument>(
    {
      id: 'fee',
      head: t('capital.fee'),
      path: (one) => {
        const given = originationFee(one);
        return given ? path(one, `fees[${given.id}].amount.share`) : null;
      },
      value: (one) => originationFee(one)?.amount.share,
    },
    context,
  );
  return {
    ...fee,
    cell: (one) =>
      originationFee(one) === undefined ? (
        <Usual
          kind={one.terms.kind}
          measure="fee"
          name={one.name}
          onTake={(share) => add(path(one, 'fees'), newFee(one, share))}
        />
      ) : (
        fee.cell(one)
      ),
  };
}

function statusColumn(context: ColumnContext): GridColumn<Instrument> {
  const { t, words } = context;
  const status = choiceColumn<Instrument>(
    {
      id: 'status',
      head: t('capital.status'),
      path: (one) => path(one, 'status'),
      value: (one) => one.status ?? 'prospective',
      label: (value) => words.term('status', value),
      choices: INSTRUMENT_STATUSES,
    },
    context,
  );
  return {
    ...status,
    cell: (one) => {
      const value = one.status ?? 'prospective';
      return <Badge look={LOOKS[value] ?? 'outline'}>{words.term('status', value)}</Badge>;
    },
  };
}
