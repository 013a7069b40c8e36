import type { MarketTerm } from '../api/bindings.ts';
import { Button } from '../components/button.tsx';
import type { Instrument } from '../domain/document.ts';
import { useText } from '../i18n/index.tsx';
import { useUsualTerms } from './library/context.tsx';
import type { CellValue } from './workspace/desk.tsx';

const originationFee = ({ fees }: Instrument) => fees?.find((one) => one.kind === 'origination');

/** A fee for arranging the loan, under an id no other fee of it has. */
export function newFee(instrument: Instrument, share: string) {
  const used = new Set(instrument.fees?.map(({ id }) => id));
  const id = used.has('origination') ? `origination-${used.size + 1}` : 'origination';
  return { id, kind: 'origination', amount: { share }, withheld: false };
}

/** The instruments with the usual interest and fee where none is given, and how many values that fills in. */
export function withUsual(
  instruments: readonly Instrument[],
  terms: readonly MarketTerm[],
): { instruments: Instrument[]; count: number } {
  let count = 0;
  const usual = (instrument: Instrument, measure: 'rate' | 'fee') =>
    terms.find((one) => one.instrument === instrument.terms.kind && one.measure === measure)?.usual;
  const filled = instruments.map((instrument) => {
    const rate = instrument.rate === undefined ? usual(instrument, 'rate') : undefined;
    const fee = originationFee(instrument) === undefined ? usual(instrument, 'fee') : undefined;
    count += Number(rate !== undefined) + Number(fee !== undefined);
    return {
      ...instrument,
      ...(rate === undefined ? {} : { rate: { fixed: rate } }),
      ...(fee === undefined ? {} : { fees: [...(instrument.fees ?? []), newFee(instrument, fee)] }),
    };
  });
  return { instruments: filled, count };
}

type Props = {
  instruments: readonly Instrument[];
  edit: (path: string, value: CellValue) => void;
};

/** Fills in every usual value that is missing: one press, one revision. */
export function TakeUsualTerms({ instruments, edit }: Props) {
  const { t } = useText();
  const filled = withUsual(instruments, useUsualTerms());
  if (filled.count === 0) return null;
  return (
    <div className="row-wrap">
      <Button onClick={() => edit('instruments', filled.instruments as unknown as CellValue)}>
        {t('terms.take', { count: filled.count })}
      </Button>
      <span className="sub">{t('terms.take.note')}</span>
    </div>
  );
}
