import { Badge, type BadgeLook, Swatch } from '../../components/badge.tsx';
import { Grid, type GridColumn } from '../../components/grid.tsx';
import { type Instrument, moneyAt } from '../../domain/document.ts';
import { certaintyOfStatus, kindOfInstrument } from '../../domain/kinds.ts';
import { useText } from '../../i18n/index.tsx';
import { useBlock } from '../block.ts';
import { choiceColumn, moneyColumn, percentColumn } from '../cells.ts';
import { Amount, TypedAmount } from '../explain/amount.tsx';
import { Usual } from '../library/usual.tsx';
import { maturityColumn } from '../maturity.ts';
import { INSTRUMENT_STATUSES, LOANS } from '../projects/terms.ts';
import { newFee, TakeUsualTerms } from '../usual-terms.tsx';
import { useWords } from '../words.ts';
import { useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';

const LOOKS: Record<string, BadgeLook> = {
  closed: 'pass',
  signed: 'pass',
  prospective: 'dashed',
  negotiating: 'dashed',
};

const originationFee = (instrument: Instrument) => instrument.fees?.find((one) => one.kind === 'origination');

export function InstrumentSheet({ book }: { book: FigureBook }) {
  const { t, locale, maybe } = useText();
  const { document, edit, add } = useDeal();
  const words = useWords();
  const context = { t, locale, edit };
  const provider = (id: string | undefined) => document.parties?.find((party) => party.id === id)?.name ?? '';
  const path = (instrument: Instrument, field: string) => `instruments[${instrument.id}].${field}`;
  const isFixed = (instrument: Instrument) => instrument.amount === undefined || 'fixed' in instrument.amount;
  const isDebt = (instrument: Instrument) =>
    instrument.rate === undefined ? LOANS.has(instrument.terms.kind) : 'fixed' in instrument.rate;
  const amount = moneyColumn<Instrument>(
    {
      id: 'amount',
      head: `${t('capital.amount')}, ${document.currency}`,
      path: (instrument) => (isFixed(instrument) ? path(instrument, 'amount.fixed') : null),
      value: (instrument) => moneyAt(instrument.amount?.fixed),
      currency: document.currency,
    },
    context,
  );
  const rate = percentColumn<Instrument>(
    {
      id: 'rate',
      head: t('capital.rate'),
      path: (instrument) => (isDebt(instrument) ? path(instrument, 'rate.fixed') : null),
      value: (instrument) => instrument.rate?.fixed,
    },
    context,
  );
  const fee = percentColumn<Instrument>(
    {
      id: 'fee',
      head: t('capital.fee'),
      path: (instrument) => {
        const given = originationFee(instrument);
        return given ? path(instrument, `fees[${given.id}].amount.share`) : null;
      },
      value: (instrument) => originationFee(instrument)?.amount.share,
    },
    context,
  );
  const columns: GridColumn<Instrument>[] = [
    {
      id: 'name',
      head: t('capital.instrument'),
      cell: (instrument) => (
        <span className="legend-item">
          <Swatch
            kind={kindOfInstrument(instrument.terms.kind)}
            certainty={certaintyOfStatus(instrument.status)}
          />
          <span className="strong">{instrument.name}</span>
        </span>
      ),
    },
    { id: 'provider', head: t('capital.provider'), cell: (instrument) => provider(instrument.provider) },
    {
      id: 'kind',
      head: t('capital.kind'),
      cell: (instrument) => words.term('instrument', instrument.terms.kind),
    },
    {
      ...amount,
      cell: (instrument) => {
        const address = `capital.${instrument.id}.principal`;
        const isKnown = book.money(address) !== null;
        // A typed amount is pressed to be chosen and typed again; whence it comes is asked beside it.
        if (isFixed(instrument))
          return isKnown ? <TypedAmount book={book} address={address} /> : amount.cell(instrument);
        return isKnown ? (
          <Amount book={book} address={address} />
        ) : (
          <span className="sub">{t('capital.formula')}</span>
        );
      },
    },
    {
      ...rate,
      cell: (instrument) =>
        instrument.rate === undefined ? (
          <Usual
            kind={instrument.terms.kind}
            measure="rate"
            name={instrument.name}
            onTake={(fraction) => void edit(path(instrument, 'rate.fixed'), fraction)}
          />
        ) : (
          rate.cell(instrument)
        ),
    },
    {
      ...fee,
      cell: (instrument) =>
        originationFee(instrument) === undefined ? (
          <Usual
            kind={instrument.terms.kind}
            measure="fee"
            name={instrument.name}
            onTake={(share) => void add(path(instrument, 'fees'), newFee(instrument, share))}
          />
        ) : (
          fee.cell(instrument)
        ),
    },
    maturityColumn({ head: 'capital.maturity', isLoan: isDebt }, { ...context, maybe }),
    {
      ...choiceColumn<Instrument>(
        {
          id: 'status',
          head: t('capital.status'),
          path: (instrument) => path(instrument, 'status'),
          value: (instrument) => instrument.status ?? 'prospective',
          label: (status) => words.term('status', status),
          choices: INSTRUMENT_STATUSES,
        },
        context,
      ),
      cell: (instrument) => {
        const status = instrument.status ?? 'prospective';
        return <Badge look={LOOKS[status] ?? 'outline'}>{words.term('status', status)}</Badge>;
      },
    },
  ];
  const instruments = document.instruments ?? [];
  const pasting = useBlock({ path: 'instruments', rows: instruments, edit });
  return (
    <div className="stack">
      <Grid
        label={t('capital.headline', { count: instruments.length })}
        hint={t('table.edit.why')}
        columns={columns}
        rows={instruments}
        rowId={(instrument) => instrument.id}
        {...pasting}
      />
      <TakeUsualTerms instruments={instruments} edit={(path, value) => void edit(path, value)} />
    </div>
  );
}
