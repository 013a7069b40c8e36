import { Badge } from '../../components/badge.tsx';
import { Grid, type GridColumn } from '../../components/grid.tsx';
import type { DealDocument } from '../../domain/document.ts';
import { formatRateNumber, parsePercent } from '../../domain/rate.ts';
import { type Translate, useText } from '../../i18n/index.tsx';
import { type Reading, typedColumn } from '../cells.ts';
import { Amount } from '../explain/amount.tsx';
import { useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';

type Test = {
  id: string;
  label: string;
  /** What is tested; what is asked for and whether it is met stand beside it. */
  address: string;
  /** The cell that holds what this deal's lenders ask for. */
  limit: string;
  isDays: boolean;
};

/** Tests of one loan, by the last word of their address, with the limit of the deal that they are held to. */
const OF_LOANS = [
  ['cover', 'cover', 'gap_cover'],
  ['advance', 'advance', 'credit_advance'],
  ['days_after_cash', 'days', 'days_after_cash'],
] as const;

const OF_STACK = [
  ['gap_to_budget', 'gap_to_budget'],
  ['loan_to_value', 'loan_to_value'],
  ['contingency_share', 'contingency'],
] as const;

function testsOf(document: DealDocument, book: FigureBook, t: Translate): Test[] {
  const loans = (document.instruments ?? []).flatMap((instrument) =>
    OF_LOANS.map(([word, label, limit]): Test => {
      const isContract = word === 'cover' && instrument.terms.kind !== 'gap_loan';
      const own = instrument.terms as { required_cover?: string };
      const ofDeal = `market.limits.${isContract ? 'contract_cover' : limit}`;
      return {
        id: `${instrument.id}-${word}`,
        label: `${instrument.name}, ${t(`capital.test.${label}`)}`,
        address: `capital.${instrument.id}.${word}`,
        limit:
          word === 'cover' && own.required_cover
            ? `instruments[${instrument.id}].terms.required_cover`
            : ofDeal,
        isDays: word === 'days_after_cash',
      };
    }),
  );
  const stack = OF_STACK.map(
    ([word, limit]): Test => ({
      id: word,
      label: t(`capital.test.${limit}`),
      address: `capital.${word}`,
      limit: `market.limits.${limit}`,
      isDays: false,
    }),
  );
  return [...loans, ...stack].filter((test) => book.at(test.address) !== null);
}

function typedAt(document: DealDocument, test: Test): string {
  const limits = (document as { market?: { limits?: Record<string, string | number> } }).market?.limits ?? {};
  const instrument = (document.instruments ?? []).find((one) =>
    test.limit.startsWith(`instruments[${one.id}].`),
  );
  if (instrument) return (instrument.terms as { required_cover?: string }).required_cover ?? '';
  return String(limits[test.limit.split('.').at(-1) ?? ''] ?? '');
}

function read(test: Test, text: string, locale: string, t: Translate): Reading {
  if (text.trim() === '') return { path: test.limit, value: null };
  if (test.isDays) {
    const days = Number(text);
    return Number.isInteger(days) && days >= 0
      ? { path: test.limit, value: days }
      : { wrong: t('capital.tests.days.invalid') };
  }
  const fraction = parsePercent(text, locale);
  return fraction === null ? { wrong: t('field.rate.invalid') } : { path: test.limit, value: fraction };
}

/** What lenders ask of this deal, what it gives, and whether that is enough. */
export function Coverage({ book }: { book: FigureBook }) {
  const { t, locale } = useText();
  const { document, edit } = useDeal();
  const rows = testsOf(document, book, t);
  if (rows.length === 0) return <p className="sub">{t('capital.tests.none')}</p>;
  const columns: GridColumn<Test>[] = [
    { id: 'test', head: t('capital.tests.test'), cell: (test) => test.label },
    {
      id: 'now',
      head: t('capital.tests.now'),
      align: 'right',
      cell: (test) => <Amount book={book} address={test.address} />,
    },
    typedColumn<Test>(
      {
        id: 'asked',
        head: t('capital.tests.asked'),
        align: 'right',
        path: (test) => test.limit,
        cell: (test) =>
          book.at(`${test.address}_required`) ? (
            <Amount book={book} address={`${test.address}_required`} />
          ) : (
            <span className="sub">{t('capital.tests.no_limit')}</span>
          ),
        text: (test) => {
          const typed = typedAt(document, test);
          return typed === '' || test.isDays ? typed : formatRateNumber(typed, locale);
        },
        read: (test, text) => read(test, text, locale, t),
      },
      edit,
    ),
    {
      id: 'verdict',
      head: t('capital.tests.verdict'),
      cell: (test) => <Verdict book={book} address={`${test.address}_met`} />,
    },
  ];
  return (
    <Grid
      label={t('capital.tests')}
      hint={t('table.edit.why')}
      columns={columns}
      rows={rows}
      rowId={(test) => test.id}
    />
  );
}

function Verdict({ book, address }: { book: FigureBook; address: string }) {
  const { t } = useText();
  const met = book.at(address);
  if (met?.kind !== 'flag') return <Badge look="outline">{t('capital.tests.open')}</Badge>;
  return met.yes ? (
    <Badge look="pass">{t('capital.tests.met')}</Badge>
  ) : (
    <Badge look="blocker">{t('capital.tests.failed')}</Badge>
  );
}
