import type { GridColumn } from '../../components/grid.tsx';
import { type CostBase, type CostLine, moneyAt } from '../../domain/document.ts';
import { formatExact, minorDigits, writeDocumentMoney } from '../../domain/money.ts';
import { formatRateNumber, parsePercent } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { choiceOf, type Reading, readMinor, textColumn, typedColumn } from '../cells.ts';
import { Amount, TypedAmount } from '../explain/amount.tsx';
import { type CellValue, useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';

export const COST_KINDS = [
  'completion_bond',
  'legal',
  'credit_audit',
  'filing_fee',
  'collection_account',
  'insurance',
  'overhead',
  'interest_reserve',
  'other',
] as const;

/** What a share may be a share of. */
const BASES: readonly CostBase[] = ['lines', 'lines_and_contingency', 'bonded_budget'];

/** The contingency, which is no cost of the list, or one of the costs. */
export type CostRow = { id: string; cost: CostLine | null };

const DUE = ['signature', 'financial_close', 'start', 'deliveries', 'final_delivery', 'release'] as const;
const of = (cost: CostLine) => `budget.costs[${cost.id}]`;

/** The columns under the lines. */
export function useCostColumns(): GridColumn<CostRow>[] {
  const { t, maybe, locale } = useText();
  const { document, edit: change } = useDeal();
  const book = useBook();
  const edit = (path: string, value: CellValue) => void change(path, value);
  const context = { t, locale, edit };
  const contingency = document.budget?.contingency ?? {};
  const { share: _share, amount: _amount, ...kept } = contingency;

  const label: GridColumn<CostRow> = {
    ...textColumn<CostRow>(
      {
        id: 'label',
        head: t('setup.line'),
        path: ({ cost }) => (cost ? `${of(cost)}.label` : null),
        value: ({ cost }) =>
          cost ? (cost.label ?? t(`cost.${cost.kind}` as 'cost.other')) : t('costs.contingency'),
      },
      edit,
    ),
    width: '26%',
  };
  const kind = choiceOf<CostRow, string>(
    {
      id: 'kind',
      head: t('costs.kind'),
      path: ({ cost }) => (cost ? `${of(cost)}.kind` : null),
      value: ({ cost }) => cost?.kind ?? '',
      choices: COST_KINDS.map((one) => ({ value: one, label: t(`cost.${one}`), typed: one })),
    },
    context,
  );
  const shareOf = ({ cost }: CostRow) => (cost ? cost.amount?.share_of?.share : contingency.share);
  const share: GridColumn<CostRow> = typedColumn<CostRow>(
    {
      id: 'share',
      head: t('costs.share'),
      align: 'right',
      path: ({ cost }) => (cost ? `${of(cost)}.amount.share_of.share` : 'budget.contingency.share'),
      cell: (row) => {
        const decimal = shareOf(row);
        return decimal === undefined ? '' : formatRateNumber(decimal, locale);
      },
      text: (row) => {
        const decimal = shareOf(row);
        return decimal === undefined ? '' : formatRateNumber(decimal, locale);
      },
      read: ({ cost }, text): Reading => {
        if (text.trim() === '') return emptied(cost, cost ? cost.amount?.share_of : contingency.share);
        const decimal = parsePercent(text, locale);
        if (decimal === null) return { wrong: t('field.rate.invalid') };
        if (!cost) return { path: 'budget.contingency', value: { ...kept, share: decimal } as CellValue };
        const base = cost.amount?.share_of?.base ?? 'lines';
        return { path: `${of(cost)}.amount`, value: { share_of: { base, share: decimal } } };
      },
    },
    edit,
  );
  const emptied = (cost: CostLine | null, isThere: unknown): Reading => {
    if (isThere === undefined) return null;
    return cost ? { path: `${of(cost)}.amount`, value: null } : { path: 'budget.contingency', value: null };
  };
  const base = choiceOf<CostRow, CostBase>(
    {
      id: 'base',
      head: t('costs.base'),
      path: ({ cost }) => (cost?.amount?.share_of ? `${of(cost)}.amount.share_of.base` : null),
      value: ({ cost }) =>
        cost ? (cost.amount?.share_of?.base ?? '') : contingency.share === undefined ? '' : 'lines',
      choices: BASES.map((one) => ({ value: one, label: t(`costs.base.${one}`), typed: one })),
    },
    context,
  );
  const fixedOf = ({ cost }: CostRow) => moneyAt(cost ? cost.amount?.fixed : contingency.amount);
  const amount: GridColumn<CostRow> = typedColumn<CostRow>(
    {
      id: 'amount',
      head: `${t('budget.amount')}, ${document.currency}`,
      align: 'right',
      path: ({ cost }) => (cost ? `${of(cost)}.amount.fixed` : 'budget.contingency.amount'),
      cell: (row) => {
        const address = row.cost ? `budget.costs.${row.cost.id}.amount` : 'budget.contingency';
        if (!book.at(address)) return '';
        return fixedOf(row) ? (
          <TypedAmount book={book} address={address} />
        ) : (
          <Amount book={book} address={address} />
        );
      },
      text: (row) => {
        const money = fixedOf(row);
        return money === null ? '' : formatExact(money, locale);
      },
      read: (row, text): Reading => {
        const { cost } = row;
        if (text.trim() === '') return emptied(cost, fixedOf(row) ?? undefined);
        const unit = fixedOf(row)?.currency ?? document.currency;
        const minor = readMinor(text, unit, locale);
        if (minor === null) return { wrong: t('field.money.invalid', { digits: minorDigits(unit) }) };
        const typed = writeDocumentMoney({ minor, currency: unit });
        return cost
          ? { path: `${of(cost)}.amount`, value: { fixed: typed } }
          : { path: 'budget.contingency', value: { ...kept, amount: typed } as CellValue };
      },
    },
    edit,
  );
  const event = (word: string) => maybe(`event.${word}`, word.replace(/_/g, ' '));
  const wordOf = (due: CostLine['due']) =>
    typeof due === 'string' ? due : due === undefined ? '' : (Object.keys(due)[0] ?? '');
  const due = choiceOf<CostRow, string>(
    {
      id: 'due',
      head: t('costs.due'),
      path: ({ cost }) => (cost ? `${of(cost)}.due` : null),
      value: ({ cost }) => wordOf(cost?.due),
      choices: [
        { value: '', label: t('costs.due.usual'), typed: null },
        ...DUE.map((one) => ({ value: one, label: event(one), typed: one })),
      ],
    },
    context,
  );
  const spread: GridColumn<CostRow> = {
    ...due,
    cell: (row) => (row.cost ? due.cell(row) : <span className="sub">{t('costs.due.with_lines')}</span>),
  };
  const payee = choiceOf<CostRow, string>(
    {
      id: 'payee',
      head: t('costs.payee'),
      path: ({ cost }) => (cost ? `${of(cost)}.payee` : null),
      value: ({ cost }) => cost?.payee ?? '',
      choices: [
        { value: '', label: t('costs.payee.none'), typed: null },
        ...(document.parties ?? []).map(({ id, name }) => ({ value: id, label: name, typed: id })),
      ],
    },
    context,
  );
  const paid: GridColumn<CostRow> = { ...payee, cell: (row) => (row.cost ? payee.cell(row) : '') };
  return [label, kind, share, base, amount, spread, paid];
}
