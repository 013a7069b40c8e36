import type { DealDocument, Instrument } from '../../domain/document.ts';
import type { FigureBook } from '../workspace/figures.ts';

/** A test a lender puts to the deal: the address of what is tested; what is asked for and whether it is met stand beside it. */
export type LenderTest = {
  address: string;
  word: string;
  /** The name of the loan it is put to; none where it is put to the whole stack. */
  of: string | null;
  /** The cell that holds what this deal's lenders ask for. */
  limit: string;
  isDays: boolean;
  atLeast: boolean;
};

/** The cell under `market.limits` that holds a test's limit, where it is called otherwise than the test. */
const LIMITS: Record<string, string> = {
  cover: 'contract_cover',
  advance: 'credit_advance',
  contingency_share: 'contingency',
  debt_service_cover: 'debt_service',
};
const AT_MOST = new Set(['advance', 'gap_to_budget', 'loan_to_value']);
/** Tested without a limit of its own where nobody typed one. */
const ALWAYS = ['capital.loan_to_value'];
/** Loans first as they stand in the stack, each in the order lenders ask. */
const ORDER = ['cover', 'presale_cover', 'advance', 'debt_service_cover', 'days_after_cash'];

/** Every test of the book: an address with `_met` or `_required` beside it. */
export function lenderTests(document: DealDocument, book: FigureBook): LenderTest[] {
  const instruments = document.instruments ?? [];
  const found = new Set(ALWAYS.filter((address) => book.at(address) !== null));
  for (const address of book.all.keys()) {
    const [, tested] = /^(capital\..+)_(?:met|required)$/.exec(address) ?? [];
    if (tested && book.at(tested) !== null) found.add(tested);
  }
  const tests = [...found].map((address): LenderTest & { rank: number } => {
    const parts = address.split('.');
    const word = parts.at(-1) ?? '';
    const place = parts.length > 2 ? instruments.findIndex(({ id }) => id === parts[1]) : -1;
    const one = instruments[place];
    return {
      address,
      word,
      of: one?.name ?? null,
      limit: limitOf(word, one),
      isDays: word === 'days_after_cash',
      atLeast: !AT_MOST.has(word),
      rank: (one ? place : instruments.length) * 10 + Math.max(0, ORDER.indexOf(word)),
    };
  });
  return tests.sort((a, b) => a.rank - b.rank || a.word.localeCompare(b.word));
}

function limitOf(word: string, one: Instrument | undefined): string {
  if (word === 'cover' && one) {
    const { required_cover } = one.terms as { required_cover?: string };
    if (required_cover) return `instruments[${one.id}].terms.required_cover`;
    if (one.terms.kind === 'gap_loan') return 'market.limits.gap_cover';
  }
  return `market.limits.${LIMITS[word] ?? word}`;
}

/** What somebody typed as the limit, as the document holds it. */
export function typedLimit(document: DealDocument, test: LenderTest): string | null {
  const own = (document.instruments ?? []).find(({ id }) => test.limit.startsWith(`instruments[${id}].`));
  const limits = (document as { market?: { limits?: Record<string, string | number> } }).market?.limits ?? {};
  const held = own
    ? (own.terms as { required_cover?: string }).required_cover
    : limits[test.limit.split('.').at(-1) ?? ''];
  return held === undefined ? null : String(held);
}

/** Green where it is met, red where it is not, amber where nobody has said what is asked for. */
export function lightOf(test: LenderTest, book: FigureBook): 'green' | 'amber' | 'red' {
  const met = book.at(`${test.address}_met`);
  if (met?.kind !== 'flag') return 'amber';
  return met.yes ? 'green' : 'red';
}
