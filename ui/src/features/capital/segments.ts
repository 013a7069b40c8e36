import type { DebtSeries } from '../../charts/cash-flow/layout.ts';
import type { ClosingData } from '../../charts/closing-bar/layout.ts';
import type { Segment } from '../../charts/kernel/types.ts';
import type { DealDocument } from '../../domain/document.ts';
import { certaintyOfStatus, kindOfInstrument } from '../../domain/kinds.ts';
import { type Money, toScale } from '../../domain/money.ts';
import type { FigureBook } from '../workspace/figures.ts';

export type SourceWords = { missing: string; programs: ReadonlyMap<string, string> };
export type ClosingWords = SourceWords & { lines: string; contingency: string; financing: string };

/** Uses and sources as the closing table names them; what is short stands last, as a part to be found. */
export function closingData(document: DealDocument, book: FigureBook, words: ClosingWords): ClosingData {
  const part = (
    id: string,
    label: string,
    address: string,
    rest: Pick<Segment, 'kind' | 'certainty'>,
  ): Segment[] => {
    const amount = book.money(address);
    return amount && amount.minor > 0 ? [{ id, label, amount, address, ...rest }] : [];
  };
  const firm = { kind: 'neutral2', certainty: 'firm' } as const;
  const uses = [
    ...part('lines', words.lines, 'budget.lines', { kind: 'neutral', certainty: 'firm' }),
    ...part('contingency', words.contingency, 'budget.contingency', firm),
    ...(document.budget?.costs ?? []).flatMap((cost) =>
      part(cost.id, cost.label ?? cost.kind, `budget.costs.${cost.id}.amount`, firm),
    ),
    ...part('financing', words.financing, 'closing.financing_costs', firm),
  ];
  return { uses, sources: sourceSegments(document, book, words) };
}

export function sourceSegments(document: DealDocument, book: FigureBook, words: SourceWords): Segment[] {
  const found: Segment[] = [];
  const put = (id: string, label: string, rest: Pick<Segment, 'kind' | 'certainty' | 'hint'>) => {
    const address = `closing.source.${id}`;
    const amount = book.money(address);
    if (amount && amount.minor > 0) found.push({ id, label, amount, address, ...rest });
  };
  for (const claim of document.incentives ?? [])
    put(claim.id, words.programs.get(claim.program) ?? claim.program, {
      kind: 'soft',
      certainty: 'conditional',
      hint: claim.program,
    });
  for (const instrument of document.instruments ?? []) {
    if (NOT_CASH.has(instrument.terms.kind)) continue;
    put(instrument.id, instrument.name, {
      kind: kindOfInstrument(instrument.terms.kind),
      certainty: certaintyOfStatus(instrument.status),
    });
  }
  found.sort((a, b) => RANK.indexOf(a.kind) - RANK.indexOf(b.kind));
  const difference = book.money('closing.difference');
  if (difference && difference.minor < 0) {
    const amount: Money = { minor: -difference.minor, currency: difference.currency };
    found.push({
      id: 'missing',
      label: words.missing,
      kind: 'equity',
      certainty: 'missing',
      amount,
      address: 'closing.difference',
    });
  }
  return found;
}

/** A deferral or a gift in kind is a use and a source of the same amount, and never cash. */
const NOT_CASH = new Set(['deferral', 'in_kind']);
/** First out on top. */
const RANK = ['senior', 'soft', 'presale', 'gap', 'mezz', 'producer', 'equity'];

/** The months of a dated family of figures, `cash_flow.drawn[2028-03]`, in order. */
export function monthsOf(
  book: FigureBook,
  stem: string,
): { month: string; amount: Money; address: string }[] {
  const found: { month: string; amount: Money; address: string }[] = [];
  const month = (address: string) => address.slice(stem.length + 1, stem.length + 8);
  for (const { address, value } of book.family(stem)) {
    if (value.kind === 'money') found.push({ month: month(address), amount: value.amount, address });
  }
  return found.sort((a, b) => a.month.localeCompare(b.month));
}

export function debtSeries(document: DealDocument, book: FigureBook): DebtSeries[] {
  return (document.instruments ?? [])
    .filter((instrument) => instrument.rate !== undefined)
    .map((instrument) => ({
      id: instrument.id,
      label: instrument.name,
      kind: kindOfInstrument(instrument.terms.kind),
      points: monthsOf(book, `capital.${instrument.id}.balance`).map(({ month, amount, address }) => ({
        month,
        balance: toScale(amount),
        address,
      })),
    }))
    .filter((series) => series.points.some((point) => point.balance > 0));
}

export function deliveryMonth(document: DealDocument): string | undefined {
  return document.schedule?.deliveries?.at(-1)?.date?.slice(0, 7);
}
