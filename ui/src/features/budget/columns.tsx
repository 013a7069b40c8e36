import type { GridColumn } from '../../components/grid.tsx';
import { companiesOf } from '../../domain/companies.ts';
import { type BudgetLine, type DealDocument, moneyAt, type SpendShare } from '../../domain/document.ts';
import { formatRateNumber, parsePercent } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import {
  choiceColumn,
  choiceOf,
  moneyColumn,
  noteColumn,
  percentColumn,
  type Reading,
  textColumn,
  typedColumn,
} from '../cells.ts';
import { ACCOUNTS, PHASES } from '../projects/terms.ts';
import { useWords } from '../words.ts';
import type { CellValue } from '../workspace/desk.tsx';
import type { Counted } from './counted.ts';
import { sumOf } from './split.ts';
import { phaseOf } from './weights.ts';

export const CURVES = ['even', 's_curve', 'first_month', 'last_month'] as const;

/** Columns that may be taken away, and those that are there before anybody chose. */
export const OPTIONAL = [
  'account',
  'place',
  'labour',
  'resident',
  'animation',
  'phase',
  'curve',
  'company',
  'core',
  'counted',
  'notes',
] as const;
export type Optional = (typeof OPTIONAL)[number];
export const USUAL: readonly Optional[] = [
  'account',
  'place',
  'labour',
  'resident',
  'animation',
  'phase',
  'counted',
];

type Given = {
  document: DealDocument;
  edit: (path: string, value: CellValue) => void;
  counted: ReadonlyMap<string, readonly Counted[]>;
  onSplit: (line: BudgetLine) => void;
  onMonths: (line: BudgetLine) => void;
};

const at = (field: string) => (line: BudgetLine) => `budget.lines[${line.id}].${field}`;

/** Every column of the top sheet, in its order. */
export function useLineColumns(given: Given): GridColumn<BudgetLine>[] {
  const { t, locale } = useText();
  const words = useWords();
  const { document, edit, counted } = given;
  const context = { t, locale, edit };
  const account = (value: string) => (value === '' ? '' : t(`account.${value}` as 'account.other'));
  const percent = (id: 'labour' | 'resident' | 'animation') =>
    percentColumn<BudgetLine>(
      {
        id,
        head: t(`budget.${id}`),
        path: at(`${id}_share`),
        value: (line) => line[`${id}_share`],
      },
      context,
    );
  return [
    {
      ...textColumn<BudgetLine>(
        { id: 'label', head: t('setup.line'), path: at('label'), value: (line) => line.label },
        edit,
      ),
      width: '21%',
    },
    choiceColumn(
      {
        id: 'account',
        head: t('budget.account'),
        path: at('account'),
        value: (line) => line.account,
        label: account,
        choices: ACCOUNTS,
      },
      context,
    ),
    moneyColumn(
      {
        id: 'amount',
        head: `${t('budget.amount')}, ${document.currency}`,
        path: at('amount'),
        value: (line) => moneyAt(line.amount),
        currency: document.currency,
      },
      context,
    ),
    usePlaceColumn(given),
    percent('labour'),
    percent('resident'),
    percent('animation'),
    phaseColumn(
      choiceColumn(
        {
          id: 'phase',
          head: t('budget.phase'),
          path: at('phase'),
          value: (line) => line.phase ?? '',
          label: (phase) => (phase === '' ? t('topsheet.phase.usual') : words.term('phase', phase)),
          choices: PHASES,
          unset: true,
        },
        context,
      ),
      (phase) => words.term('phase', phase),
    ),
    curveColumn(given, t),
    choiceOf<BudgetLine, string>(
      {
        id: 'company',
        head: t('companies.company'),
        path: at('company'),
        value: (line) => line.company ?? '',
        choices: [
          { value: '', label: t('companies.unsaid'), typed: null },
          ...companiesOf(document).map(({ id, name }) => ({ value: id, label: name, typed: id })),
        ],
      },
      context,
    ),
    choiceOf<BudgetLine, boolean>(
      {
        id: 'core',
        head: t('topsheet.core'),
        path: at('core'),
        value: (line) => (line.core === undefined ? '' : line.core ? 'yes' : 'no'),
        choices: [
          { value: '', label: t('topsheet.core.usual'), typed: null },
          { value: 'yes', label: t('topsheet.core.yes'), typed: true },
          { value: 'no', label: t('topsheet.core.no'), typed: false },
        ],
      },
      context,
    ),
    {
      id: 'counted',
      head: t('topsheet.counted'),
      cell: (line) => <CountedBy programs={counted.get(line.id) ?? []} />,
    },
    noteColumn(
      { id: 'notes', head: t('topsheet.notes'), path: at('notes'), value: (line) => line.notes },
      edit,
    ),
  ];
}

/** The phase of a line; one that nobody typed is the usual one of its account. */
function phaseColumn(
  column: GridColumn<BudgetLine>,
  word: (phase: string) => string,
): GridColumn<BudgetLine> {
  return {
    ...column,
    cell: (line) => (
      <span className={line.phase === undefined ? 'nowrap sub' : 'nowrap'}>{word(phaseOf(line))}</span>
    ),
  };
}

function CountedBy({ programs }: { programs: readonly Counted[] }) {
  const { t } = useText();
  if (programs.length === 0) return <span className="sub">{t('topsheet.counted.none')}</span>;
  const told = programs.map(({ name, inputs }) => `${name}: ${inputs.join(', ')}`).join('\n');
  return (
    <span className="sheet-counted" title={told}>
      {programs.map(({ name }) => name).join(', ')}
    </span>
  );
}

function curveColumn({ edit, onMonths }: Given, t: ReturnType<typeof useText>['t']): GridColumn<BudgetLine> {
  const column = choiceOf<BudgetLine, string>(
    {
      id: 'curve',
      head: t('topsheet.curve'),
      path: at('curve'),
      value: (line) => line.curve ?? '',
      choices: [
        { value: '', label: t('topsheet.curve.usual'), typed: null },
        ...CURVES.map((curve) => ({ value: curve, label: t(`topsheet.curve.${curve}`), typed: curve })),
      ],
    },
    { t, edit },
  );
  return {
    ...column,
    cell: (line) => (
      <span className="sheet-curve">
        {line.months ? t('topsheet.curve.months') : column.cell(line)}
        <button
          type="button"
          className="link sheet-cell-tool"
          tabIndex={-1}
          aria-label={t('months.open', { line: line.label })}
          onClick={() => onMonths(line)}
        >
          {t('months.open.short')}
        </button>
      </span>
    ),
  };
}

/** Where a line is spent: opens the editor of its parts, copies and pastes as `CA-QC 70, FR 30`. */
function usePlaceColumn({ document, edit, onSplit }: Given): GridColumn<BudgetLine> {
  const { t, locale } = useText();
  const words = useWords();
  const path = at('spend');
  const known = new Map(
    (document.budget?.lines ?? [])
      .flatMap((line) => line.spend ?? [])
      .map(({ jurisdiction }) => [words.place(jurisdiction).toLowerCase(), jurisdiction]),
  );
  const read = (line: BudgetLine, text: string): Reading => {
    if (text.trim() === '') return line.spend ? { path: path(line), value: null } : null;
    const parts = readParts(text, known, locale, line.spend ?? []);
    if (parts === null) return { wrong: t('topsheet.place.invalid') };
    return { path: path(line), value: parts as unknown as CellValue };
  };
  const share = (part: SpendShare) =>
    part.share === undefined
      ? ''
      : ` ${formatRateNumber(part.share, locale)
          .replace(/([.,]\d*?)0+$/, '$1')
          .replace(/[.,]$/, '')}`;
  return {
    ...typedColumn<BudgetLine>(
      {
        id: 'place',
        head: t('budget.place'),
        path,
        cell: (line) => {
          const parts = line.spend ?? [];
          if (parts.length === 0) return <span className="sub">{t('topsheet.place.none')}</span>;
          const isWhole = sumOf(parts) === '1';
          return (
            <span className={isWhole ? 'sheet-places' : 'sheet-places sheet-not-whole'}>
              {parts.map((part, at) => (
                <span key={part.id} className="nowrap">
                  {words.place(part.jurisdiction)}
                  {parts.length > 1 || !isWhole ? share(part) : ''}
                  {at < parts.length - 1 ? ', ' : ''}
                </span>
              ))}
            </span>
          );
        },
        text: (line) => (line.spend ?? []).map((part) => `${part.jurisdiction}${share(part)}`).join('; '),
        read,
      },
      edit,
    ),
    open: onSplit,
  };
}

const CODE = /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/;

/** `CA-QC 70; FR 30`, or one place by its code or its name; what was said of a part stays with it. */
export function readParts(
  text: string,
  known: ReadonlyMap<string, string>,
  locale: string,
  before: readonly SpendShare[],
): SpendShare[] | null {
  const written = text.split(/[;\n]/).filter((part) => part.trim() !== '');
  const parts: SpendShare[] = [];
  for (const one of written) {
    const match = /^\s*(.+?)\s*([\d.,]+\s*%?)?\s*$/.exec(one);
    const place = match?.[1] ?? '';
    const code = CODE.test(place.toUpperCase()) ? place.toUpperCase() : known.get(place.toLowerCase());
    const share =
      match?.[2] === undefined ? (written.length === 1 ? '1' : null) : parsePercent(match[2], locale);
    if (code === undefined || share === null || parts.some((part) => part.jurisdiction === code)) return null;
    const kept = before.find((part) => part.jurisdiction === code);
    parts.push({ id: code, jurisdiction: code, ...kept, share });
  }
  return parts;
}
