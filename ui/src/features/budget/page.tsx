import { Grid, type GridColumn } from '../../components/grid.tsx';
import { type BudgetLine, moneyAt } from '../../domain/document.ts';
import { useText } from '../../i18n/index.tsx';
import { useBlock } from '../block.ts';
import { choiceColumn, moneyColumn, percentColumn, textColumn } from '../cells.ts';
import { Amount } from '../explain/amount.tsx';
import { freeId } from '../ids.ts';
import { Page, Tile } from '../shell/page.tsx';
import { useWords } from '../words.ts';
import { useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { CompaniesTile } from './companies.tsx';
import { ScheduleTile } from './schedule.tsx';

const PHASES = ['development', 'pre_production', 'production', 'post_production', 'delivery'] as const;

/** New lines under ids made of their names. */
function withIds(added: readonly BudgetLine[], known: readonly BudgetLine[]): BudgetLine[] {
  const used = known.map(({ id }) => id);
  return added.map((line) => {
    const id = freeId(line.label, used);
    used.push(id);
    return { ...line, id };
  });
}

export function BudgetPage() {
  const { t, locale } = useText();
  const { document, edit } = useDeal();
  const book = useBook();
  const words = useWords();
  const lines = document.budget?.lines ?? [];
  const places = new Set(lines.flatMap((line) => (line.spend ?? []).map((share) => share.jurisdiction))).size;
  const cell = (line: BudgetLine, field: string) => `budget.lines[${line.id}].${field}`;
  const context = { t, locale, edit };

  const columns: GridColumn<BudgetLine>[] = [
    textColumn(
      {
        id: 'account',
        head: t('budget.account'),
        path: (line) => cell(line, 'label'),
        value: (line) => line.label,
      },
      edit,
    ),
    {
      id: 'place',
      head: t('budget.place'),
      cell: (line) => (line.spend ?? []).map((share) => words.place(share.jurisdiction)).join(', '),
    },
    moneyColumn(
      {
        id: 'amount',
        head: `${t('budget.amount')}, ${document.currency}`,
        path: (line) => cell(line, 'amount'),
        value: (line) => moneyAt(line.amount),
        currency: document.currency,
      },
      context,
    ),
    percentColumn(
      {
        id: 'labour',
        head: t('budget.labour'),
        path: (line) => cell(line, 'labour_share'),
        value: (line) => line.labour_share,
      },
      context,
    ),
    percentColumn(
      {
        id: 'resident',
        head: t('budget.resident'),
        path: (line) => cell(line, 'resident_share'),
        value: (line) => line.resident_share,
      },
      context,
    ),
    percentColumn(
      {
        id: 'animation',
        head: t('budget.animation'),
        path: (line) => cell(line, 'animation_share'),
        value: (line) => line.animation_share,
      },
      context,
    ),
    choiceColumn(
      {
        id: 'phase',
        head: t('budget.phase'),
        path: (line) => cell(line, 'phase'),
        value: (line) => line.phase ?? '',
        label: (phase) => (phase === '' ? '' : words.term('phase', phase)),
        choices: PHASES,
      },
      context,
    ),
  ];
  // What is pasted below the last line makes lines of its own.
  const pasting = useBlock<BudgetLine>({
    path: 'budget.lines',
    rows: lines,
    edit,
    blank: (at) => ({ id: `pasted-${at}`, account: 'other', label: t('budget.line.new') }),
    named: (added, known) => withIds(added, known),
  });

  return (
    <Page
      crumb={t('nav.budget')}
      headline={t('budget.headline', { count: lines.length, places: t('budget.places', { count: places }) })}
    >
      <div className="tiles">
        <Tile title={t('budget.lines')} note={t('budget.lines.note', { currency: document.currency })} edge>
          <Grid
            label={t('budget.lines')}
            hint={t('table.edit')}
            columns={columns}
            rows={lines}
            rowId={(line) => line.id}
            {...pasting}
            footer={
              book.at('budget.lines') ? (
                <tr>
                  <td colSpan={2}>{t('setup.lines.total')}</td>
                  <td className="num strong">
                    <Amount book={book} address="budget.lines" />
                  </td>
                  <td colSpan={4} />
                </tr>
              ) : null
            }
          />
        </Tile>
        <CompaniesTile />
        <ScheduleTile />
      </div>
    </Page>
  );
}
