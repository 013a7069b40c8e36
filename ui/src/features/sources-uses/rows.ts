import type { DealDocument, Instrument } from '../../domain/document.ts';
import { certaintyOfStatus, type Kind, kindOfInstrument } from '../../domain/kinds.ts';
import type { FigureBook } from '../workspace/figures.ts';

/** How sure a row is; what never comes as cash is neither firm nor conditional money. */
export type Sureness = 'firm' | 'conditional' | 'missing' | 'not_cash';

/** One line of the closing table: the addresses of what it is on each basis, none where it is nothing there. */
export type ClosingRow = {
  id: string;
  label: string;
  kind: Kind;
  sureness: Sureness;
  cash: string | null;
  face: string | null;
  /** What the contract says, where that is not what counts. */
  contract: string | null;
  /** On a cash basis the amount leaves the total again: it stands in the lines and is paid later or in kind. */
  isTaken?: boolean;
  /** The rows this one is the sum of. */
  parts?: ClosingRow[];
};

export type ClosingTable = { uses: ClosingRow[]; sources: ClosingRow[] };

export type TableWords = {
  lines: string;
  contingency: string;
  financing: string;
  fee: (name: string) => string;
  reserve: (name: string) => string;
  interest: (name: string) => string;
  later: (name: string) => string;
  missing: string;
  programs: ReadonlyMap<string, string>;
};

/** A deferral or a gift in kind is a use and a source of the same amount, and never cash. */
const NEVER_CASH = new Set(['deferral', 'in_kind']);
const RANK: readonly Kind[] = ['senior', 'soft', 'presale', 'gap', 'mezz', 'equity', 'producer', 'cost'];

const both = (address: string) => ({ cash: address, face: address, contract: null });

export function closingTable(document: DealDocument, book: FigureBook, words: TableWords): ClosingTable {
  return { uses: usesOf(document, book, words), sources: sourcesOf(document, book, words) };
}

function has(book: FigureBook, address: string): boolean {
  const amount = book.money(address);
  return amount !== null && amount.minor !== 0;
}

function usesOf(document: DealDocument, book: FigureBook, words: TableWords): ClosingRow[] {
  const use = (id: string, label: string, address: string, parts: ClosingRow[] = []): ClosingRow[] =>
    has(book, address)
      ? [
          {
            id,
            label,
            kind: 'neutral',
            sureness: 'firm',
            ...both(address),
            ...(parts.length ? { parts } : {}),
          },
        ]
      : [];
  const lines = (document.budget?.lines ?? []).flatMap((line) =>
    use(line.id, line.label, `budget.${line.id}.amount`),
  );
  const instruments = document.instruments ?? [];
  const costs = instruments.flatMap((one) => [
    ...use(`${one.id}-fee`, words.fee(one.name), `capital.${one.id}.fee`),
    ...use(`${one.id}-interest`, words.interest(one.name), `capital.${one.id}.interest_paid`),
  ]);
  return [
    ...use('lines', words.lines, 'budget.lines', lines),
    ...use('contingency', words.contingency, 'budget.contingency'),
    ...(document.budget?.costs ?? []).flatMap((cost) =>
      use(cost.id, cost.label ?? cost.kind, `budget.costs.${cost.id}.amount`),
    ),
    ...use('financing', words.financing, 'closing.financing_costs', costs),
    ...instruments.flatMap((one) =>
      use(`${one.id}-reserve`, words.reserve(one.name), `capital.${one.id}.reserve_returned`),
    ),
    ...instruments
      .filter((one) => NEVER_CASH.has(one.terms.kind))
      .flatMap((one) => notPaidNow(one, book, words)),
  ];
}

/** On top of the lines it is a use on face alone; inside them it leaves the cash column again. */
function notPaidNow(one: Instrument, book: FigureBook, words: TableWords): ClosingRow[] {
  const address = `closing.source.${one.id}`;
  if (!has(book, address)) return [];
  const isInLines = ((one.terms.lines as readonly string[] | undefined) ?? []).length > 0;
  const shared = { id: one.id, kind: 'producer', sureness: 'not_cash', contract: null } as const;
  return isInLines
    ? [{ ...shared, label: words.later(one.name), cash: address, face: null, isTaken: true }]
    : [{ ...shared, label: one.name, cash: null, face: address }];
}

function sourcesOf(document: DealDocument, book: FigureBook, words: TableWords): ClosingRow[] {
  const rows: ClosingRow[] = [];
  for (const one of document.instruments ?? []) {
    const address = `closing.source.${one.id}`;
    const principal = `capital.${one.id}.principal`;
    if (book.money(address) === null) continue;
    const isCash = !NEVER_CASH.has(one.terms.kind);
    rows.push({
      id: one.id,
      label: one.name,
      kind: kindOfInstrument(one.terms.kind),
      sureness: isCash ? (certaintyOfStatus(one.status ?? 'prospective') as Sureness) : 'not_cash',
      cash: isCash ? address : null,
      face: address,
      contract: has(book, principal) ? principal : null,
    });
  }
  for (const claim of document.incentives ?? []) {
    const address = `closing.source.${claim.id}`;
    if (!has(book, address)) continue;
    const label = words.programs.get(claim.program) ?? claim.program;
    rows.push({ id: claim.id, label, kind: 'soft', sureness: 'conditional', ...both(address) });
  }
  rows.sort((one, other) => RANK.indexOf(one.kind) - RANK.indexOf(other.kind));
  if (has(book, 'closing.missing')) {
    const missing = { id: 'missing', label: words.missing, kind: 'equity', sureness: 'missing' } as const;
    rows.push({ ...missing, ...both('closing.missing') });
  }
  return rows;
}

/** What stands beside a currency, in the order it is worked out: in it, but for what is at risk. */
export const EXPOSED = ['in', 'out', 'net', 'hedged', 'open', 'at_risk'] as const;

/** The currencies the deal is exposed to, as the book names them. */
export function exposedCurrencies(book: FigureBook): string[] {
  const found = new Set<string>();
  for (const address of book.all.keys()) {
    const [, currency] = /^exposure\.([A-Z]{3})\.net$/.exec(address) ?? [];
    if (currency) found.add(currency);
  }
  return [...found];
}

type Quote = {
  id: string;
  base: string;
  quote: string;
  date?: string;
  hedged_share?: string;
  uncertainty?: string;
};

/** The quote of a currency against the deal's own that is in force: the latest on or before its day, else the earliest. */
export function quoteOf(document: DealDocument, currency: string): Quote | null {
  const pairs = ((document.fx ?? []) as readonly Quote[])
    .filter(
      ({ base, quote }) => [base, quote].includes(currency) && [base, quote].includes(document.currency),
    )
    .map((quote) => ({ quote, day: quote.date ?? document.as_of }))
    .sort((a, b) => a.day.localeCompare(b.day));
  return (pairs.findLast(({ day }) => day <= document.as_of) ?? pairs[0])?.quote ?? null;
}
