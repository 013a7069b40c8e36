import type { ReceivedStatement, StatementLine } from '../../domain/document.ts';
import { normaliseNumber, parseDocumentMoney, writeDocumentMoney } from '../../domain/money.ts';
import { readMinor } from '../cells.ts';
import { freeId } from '../ids.ts';

/** Deductions that a form offers columns for, in the order in which they are taken. */
export const DEDUCTIONS = [
  'distribution_fee',
  'distribution_expenses',
  'p_and_a',
  'guarantee_recouped',
  'sales_commission',
  'sales_expenses',
  'sales_advance',
  'overage_kept',
  'withholding',
  'exhibitors',
  'other_shares',
  'other',
] as const;
export type DeductionKind = (typeof DEDUCTIONS)[number];
/** Those that are there before anybody asks for more. */
export const USUAL: readonly DeductionKind[] = [
  'distribution_fee',
  'distribution_expenses',
  'sales_commission',
];

/** A line as it is typed: texts, and nothing where nothing is typed. */
export type LineDraft = {
  key: string;
  source: string;
  currency: string;
  gross: string;
  deductions: Readonly<Partial<Record<DeductionKind, string>>>;
  amount: string;
  rate: string;
  units: string;
};
export type ExpenseDraft = {
  key: string;
  type: string;
  date: string;
  currency: string;
  amount: string;
  counts: boolean;
};
export type StatementDraft = {
  /** The statement that is changed; none while it is a new one. */
  id: string | null;
  from: string;
  to: string;
  reported: string;
  received: string;
  sender: string;
  document: string;
  lines: readonly LineDraft[];
  expenses: readonly ExpenseDraft[];
};

export function blankLine(key: string, source: string, currency: string): LineDraft {
  return { key, source, currency, gross: '', deductions: {}, amount: '', rate: '', units: '' };
}

/** What stands in the deal, as texts in the reader's way of writing. */
export function draftOf(statement: ReceivedStatement, write: (money: string) => string): StatementDraft {
  const line = (one: StatementLine): LineDraft => {
    const deductions: Partial<Record<DeductionKind, string>> = {};
    for (const { kind, amount } of one.deductions ?? []) {
      const known = DEDUCTIONS.find((each) => each === kind);
      if (known) deductions[known] = write(amount);
    }
    return {
      key: one.id,
      source: one.source,
      currency: parseDocumentMoney(one.amount)?.currency ?? '',
      gross: one.gross ? write(one.gross) : '',
      deductions,
      amount: write(one.amount),
      rate: one.rate ?? '',
      units: one.units ?? '',
    };
  };
  return {
    id: statement.id,
    from: statement.from,
    to: statement.to,
    reported: statement.reported ?? '',
    received: statement.received ?? '',
    sender: statement.sender ?? '',
    document: statement.document ?? '',
    lines: (statement.lines ?? []).map(line),
    expenses: (statement.expenses ?? []).map((one) => ({
      key: one.id,
      type: one.expense_type,
      date: one.date ?? '',
      currency: parseDocumentMoney(one.amount)?.currency ?? '',
      amount: write(one.amount),
      counts: one.counts_to_cap ?? true,
    })),
  };
}

/** Whether somebody has typed anything about a line. */
export function isTyped(line: LineDraft): boolean {
  const deducted = Object.values(line.deductions).some((text) => text !== '');
  return line.gross !== '' || line.amount !== '' || deducted;
}

/** A text as an amount of the document; nothing where it is none. */
export function amountOf(text: string, currency: string, locale: string): string | null {
  const minor = readMinor(text, currency, locale);
  return minor === null ? null : writeDocumentMoney({ minor, currency });
}

/** Why a line cannot be kept as it is: the field, or nothing. */
export function wrongIn(line: LineDraft, locale: string): string | null {
  const isAmount = (text: string) => text === '' || readMinor(text, line.currency, locale) !== null;
  if (line.amount === '' || !isAmount(line.amount)) return 'amount';
  if (!isAmount(line.gross)) return 'gross';
  const bad = DEDUCTIONS.find((kind) => !isAmount(line.deductions[kind] ?? ''));
  if (bad) return bad;
  if (line.rate !== '' && normaliseNumber(line.rate, locale) === null) return 'rate';
  return line.units !== '' && normaliseNumber(line.units, locale) === null ? 'units' : null;
}

/** The statement as the deal holds it. Lines nobody typed into are left out. */
export function statementOf(
  draft: StatementDraft,
  used: readonly string[],
  before: ReceivedStatement | null,
  locale: string,
): ReceivedStatement {
  // What keeps its line keeps its id; another one gets an id that nobody has.
  const ids: string[] = (before?.lines ?? []).map((line) => line.id);
  const named = (name: string) => {
    const id = freeId(name, ids);
    ids.push(id);
    return id;
  };
  const lines = draft.lines.filter(isTyped).map((line): StatementLine => {
    const amount = (text: string | undefined) => (text ? amountOf(text, line.currency, locale) : null);
    const deductions = DEDUCTIONS.flatMap((kind) => {
      const taken = amount(line.deductions[kind]);
      return taken ? [{ id: kind.replace(/_/g, '-'), kind, amount: taken }] : [];
    });
    const old = before?.lines?.find((one) => one.id === line.key);
    const gross = amount(line.gross);
    const rate = line.rate === '' ? null : normaliseNumber(line.rate, locale);
    const units = line.units === '' ? null : normaliseNumber(line.units, locale);
    return {
      id: old ? old.id : named(line.source),
      source: line.source,
      ...(gross ? { gross } : {}),
      ...(deductions.length > 0 ? { deductions } : {}),
      amount: amount(line.amount) ?? '',
      ...(rate ? { rate } : {}),
      ...(units ? { units } : {}),
      ...(old?.note ? { note: old.note } : {}),
    };
  });
  const expenses = draft.expenses.flatMap((one) => {
    const amount = amountOf(one.amount, one.currency, locale);
    if (one.type === '' || !amount) return [];
    return [
      {
        id: named(one.type),
        expense_type: one.type,
        ...(one.date === '' ? {} : { date: one.date }),
        amount,
        ...(one.counts ? {} : { counts_to_cap: false }),
      },
    ];
  });
  const filled = (word: 'reported' | 'received' | 'sender' | 'document') =>
    draft[word] === '' ? {} : { [word]: draft[word] };
  return {
    id: draft.id ?? freeId([draft.sender, draft.from.slice(0, 7), draft.to.slice(0, 7)].join(' '), used),
    from: draft.from,
    to: draft.to,
    ...filled('reported'),
    ...filled('received'),
    ...filled('sender'),
    ...filled('document'),
    ...(before?.standing ? { standing: before.standing } : {}),
    ...(before?.note ? { note: before.note } : {}),
    ...(lines.length > 0 ? { lines } : {}),
    ...(expenses.length > 0 ? { expenses } : {}),
  };
}
