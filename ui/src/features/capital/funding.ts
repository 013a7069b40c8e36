import type { Facility, FundingData, FundingMonth, Part } from '../../charts/facility-bands/layout.ts';
import type { DealDocument } from '../../domain/document.ts';
import { type Kind, kindOfInstrument } from '../../domain/kinds.ts';
import { type Money, toScale } from '../../domain/money.ts';
import type { FigureBook } from '../workspace/figures.ts';
import { deliveryMonth } from './segments.ts';

/** A line of the cash flow as a bank reads it: a stem whose months are addresses, and on which side it stands. */
export type CashLine = {
  id: string;
  stem: string;
  /** The word that names it, unless it is an instrument's. */
  word: string | null;
  name: string | null;
  kind: Kind;
  side: 'opening' | 'in' | 'out' | 'closing' | 'beside';
};

const OUT: readonly [string, Kind][] = [
  ['spend', 'neutral'],
  ['costs', 'neutral2'],
  ['fees', 'cost'],
  ['interest', 'senior'],
  ['to_reserve', 'neutral2'],
  ['to_lenders', 'senior'],
  ['to_collection', 'neutral2'],
];

/** Every line of the schedule that has a month in the book, in a bank's order. */
export function cashLines(document: DealDocument, book: FigureBook): CashLine[] {
  const own = (word: string, kind: Kind, side: CashLine['side']): CashLine => ({
    id: word,
    stem: `cash_flow.${word}`,
    word,
    name: null,
    kind,
    side,
  });
  const instruments = document.instruments ?? [];
  const of = (word: string, side: CashLine['side']): CashLine[] =>
    instruments.map((one) => ({
      id: `${one.id}-${word}`,
      stem: `capital.${one.id}.${word}`,
      word: word === 'draw' ? null : word,
      name: one.name,
      kind: kindOfInstrument(one.terms.kind),
      side,
    }));
  const lines: CashLine[] = [
    own('opening', 'neutral', 'opening'),
    ...of('draw', 'in'),
    own('received', 'presale', 'in'),
    own('credits', 'soft', 'in'),
    own('from_reserve', 'senior', 'in'),
    ...OUT.map(([word, kind]) => own(word, kind, 'out')),
    own('closing', 'neutral', 'closing'),
    own('restricted', 'neutral', 'beside'),
    own('funding_need', 'neutral', 'beside'),
    ...of('balance', 'beside'),
  ];
  return lines.filter((line) => monthsIn(book, line.stem).size > 0);
}

/** The monthly members of a family: `[2028-03]` and not `[2028]`. */
export function monthsIn(book: FigureBook, stem: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const { address, value } of book.family(stem)) {
    const [, month] = /\[(\d{4}-\d{2})\]$/.exec(address) ?? [];
    if (month && value.kind === 'money') found.set(month, toScale(value.amount));
  }
  return found;
}

type PeakText = (amount: Money, month: string) => string;

/** The months from the first to the last in which money moves or is owed. */
export function fundingData(document: DealDocument, book: FigureBook, peakText: PeakText): FundingData {
  const lines = cashLines(document, book).map((line) => ({ line, amounts: monthsIn(book, line.stem) }));
  const need = monthsIn(book, 'cash_flow.funding_need');
  const left = monthsIn(book, 'cash_flow.closing');
  const all = [...new Set([...left.keys(), ...lines.flatMap(({ amounts }) => [...amounts.keys()])])].sort();
  const parts = (side: CashLine['side'], month: string): Part[] =>
    lines.flatMap(({ line, amounts }) => {
      const amount = line.side === side ? (amounts.get(month) ?? 0) : 0;
      return amount > 0 ? [{ id: line.id, kind: line.kind, amount }] : [];
    });
  const months = all.map(
    (month): FundingMonth => ({
      month,
      sources: parts('in', month),
      uses: parts('out', month),
      need: need.get(month) ?? null,
      left: left.get(month) ?? null,
      address: left.has(month) ? `cash_flow.closing[${month}]` : `cash_flow.spend[${month}]`,
    }),
  );
  const facilities = (document.instruments ?? [])
    .map(
      (one): Facility => ({
        id: one.id,
        label: one.name,
        kind: kindOfInstrument(one.terms.kind),
        balances: [...monthsIn(book, `capital.${one.id}.balance`)].map(([month, amount]) => ({
          month,
          amount,
        })),
        peak: facilityPeak(book, one.id, peakText),
      }),
    )
    .filter(({ balances }) => balances.some(({ amount }) => amount > 0));
  return {
    months: quietEndCut(months, facilities),
    facilities,
    peak: peakOf(book),
    marker: deliveryMonth(document),
  };
}

function quietEndCut(months: FundingMonth[], facilities: readonly Facility[]): FundingMonth[] {
  const owed = new Set(
    facilities.flatMap(({ balances }) =>
      balances.filter(({ amount }) => amount > 0).map(({ month }) => month),
    ),
  );
  const isQuiet = ({ month, sources, uses }: FundingMonth) =>
    sources.length === 0 && uses.length === 0 && !owed.has(month);
  const last = months.findLastIndex((month) => !isQuiet(month));
  return months.slice(0, last + 1);
}

function facilityPeak(book: FigureBook, id: string, text: PeakText): string | null {
  const amount = book.money(`capital.${id}.peak`);
  const date = book.at(`capital.${id}.peak_date`);
  return amount && date?.kind === 'date' ? text(amount, date.date.slice(0, 7)) : null;
}

function peakOf(book: FigureBook): FundingData['peak'] {
  const amount = book.money('capital.peak_funding');
  const date = book.at('capital.peak_date');
  return amount && date?.kind === 'date' ? { month: date.date.slice(0, 7), amount: toScale(amount) } : null;
}

/** The first month in which the account is overdrawn, and in how many it is. */
export function shortMonths(months: readonly FundingMonth[]): { count: number; first: string | null } {
  const short = months.filter((month) => (month.left ?? 0) < 0);
  return { count: short.length, first: short[0]?.month ?? null };
}
