import { Grid, type GridColumn } from '../../components/grid.tsx';
import { companiesOf } from '../../domain/companies.ts';
import type { BudgetLine, SpendShare } from '../../domain/document.ts';
import { formatRateNumber } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { typedColumn } from '../cells.ts';
import { Tile } from '../shell/page.tsx';
import { useWords } from '../words.ts';
import { useDeal } from '../workspace/desk.tsx';

type Part = { line: BudgetLine; spend: SpendShare };

/** Which company spends each part of a line, where the deal has more than one. */
export function CompaniesTile() {
  const { t, locale } = useText();
  const words = useWords();
  const { document, edit } = useDeal();
  const companies = companiesOf(document);
  const parts: Part[] = (document.budget?.lines ?? []).flatMap((line) =>
    (line.spend ?? []).map((spend) => ({ line, spend })),
  );
  const path = ({ line, spend }: Part) => `budget.lines[${line.id}].spend[${spend.id}].company`;
  const nameOf = (id: string | undefined) =>
    document.parties?.find((party) => party.id === id)?.name ?? t('companies.unsaid');
  const offered = companies.map((company) => ({ value: company.id, label: company.name }));
  const columns: GridColumn<Part>[] = [
    { id: 'line', head: t('budget.account'), cell: ({ line }) => line.label, width: '36%' },
    { id: 'place', head: t('budget.place'), cell: ({ spend }) => words.place(spend.jurisdiction) },
    {
      id: 'share',
      head: t('companies.share'),
      align: 'right',
      path: ({ line, spend }) => `budget.lines[${line.id}].spend[${spend.id}].share`,
      cell: ({ spend }) => (spend.share === undefined ? '' : formatRateNumber(spend.share, locale)),
    },
    typedColumn(
      {
        id: 'company',
        head: t('companies.company'),
        path,
        choices: [{ value: '', label: t('companies.unsaid') }, ...offered],
        cell: ({ line, spend }) => {
          const company = spend.company ?? line.company;
          const name = nameOf(company);
          return company === undefined ? <span className="sub">{name}</span> : name;
        },
        text: ({ spend }) => spend.company ?? '',
        read: (part, text) => {
          const typed = text.trim().toLowerCase();
          if (typed === '' || typed === t('companies.unsaid').toLowerCase()) {
            return part.spend.company === undefined ? null : { path: path(part), value: null };
          }
          const found = companies.find((one) => one.id === typed || one.name.toLowerCase() === typed);
          if (found) return { path: path(part), value: found.id };
          const choices = companies.map((company) => company.name).join(', ');
          return { wrong: t('field.choice.invalid', { choices }) };
        },
      },
      edit,
    ),
  ];
  if (companies.length < 2 || parts.length === 0) return null;
  return (
    <Tile title={t('companies.title')} note={t('companies.note')} edge>
      <Grid
        label={t('companies.title')}
        hint={t('table.edit')}
        columns={columns}
        rows={parts}
        rowId={({ line, spend }) => `${line.id}-${spend.id}`}
      />
    </Tile>
  );
}
