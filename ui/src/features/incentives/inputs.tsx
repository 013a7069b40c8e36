import type { AssessedProgram, ClaimInputDto } from '../../api/bindings.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Grid, type GridColumn } from '../../components/grid.tsx';
import { type Translate, useText } from '../../i18n/index.tsx';
import { typedColumn } from '../cells.ts';
import { Amount } from '../explain/amount.tsx';
import { useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { Claimants } from './claimants.tsx';
import { draftOf, isTyped, readInput } from './typed-input.ts';

type Props = { program: AssessedProgram; book: FigureBook };

/** What the form of a program was given: each value, where it comes from, and a place to type over it. */
export function Inputs({ program, book }: Props) {
  const { t, locale } = useText();
  const { edit } = useDeal();
  const change = (path: string, value: Parameters<typeof edit>[1]) => void edit(path, value);
  const columns: GridColumn<ClaimInputDto>[] = [
    { id: 'input', head: t('inputs.input'), cell: (input) => input.label, width: '46%' },
    typedColumn(
      {
        id: 'value',
        head: t('inputs.value', { currency: program.currency }),
        align: 'right',
        path: (input) => (input.unit === 'list' ? null : (input.typed_at ?? input.path)),
        cell: (input) => <Value input={input} book={book} />,
        text: (input) => draftOf(input, locale, t),
        read: (input, text) => readInput(input, text, program.currency, locale, t),
      },
      change,
    ),
    {
      id: 'from',
      head: t('inputs.from'),
      cell: (input) => (
        <span className="input-from">
          {isTyped(input) ? (
            <>
              <Badge look="dashed">{t(`inputs.from.${input.from}` as 'inputs.from.override')}</Badge>
              <Button look="quiet" onClick={() => input.typed_at && change(input.typed_at, null)}>
                {t('inputs.take_back')}
              </Button>
            </>
          ) : (
            <span className="sub">{fromText(input, program, t)}</span>
          )}
        </span>
      ),
    },
  ];
  return (
    <div className="stack">
      <Claimants claim={program.claim} program={program.program} />
      <Grid
        label={t('inputs.table', { program: program.name })}
        hint={t('table.edit')}
        columns={columns}
        rows={program.inputs}
        rowId={(input) => input.name}
      />
    </div>
  );
}

function Value({ input, book }: { input: ClaimInputDto; book: FigureBook }) {
  const { t } = useText();
  if (input.figure) return <Amount book={book} address={input.figure.address} />;
  if (input.word !== null) return <span>{input.word.replace(/[-_]/g, ' ')}</span>;
  return <span className="sub">{t('na')}</span>;
}

/** Where a value comes from that nobody typed for this program. */
function fromText(input: ClaimInputDto, program: AssessedProgram, t: Translate): string {
  if (input.from === 'stack') {
    const givers = program.handed.filter((handed) => handed.input === input.name).map((one) => one.name);
    return t('inputs.from.stack', { programs: [...new Set(givers)].join(', ') });
  }
  if (input.from !== 'budget') return t(`inputs.from.${input.from}` as 'inputs.from.default');
  const lines = new Set(
    input.cells.map((cell) => /^budget\.lines\[([^\]]+)\]/.exec(cell)?.[1]).filter(Boolean),
  );
  if (lines.size > 0) return t('inputs.from.lines', { count: lines.size });
  return t(
    input.cells.some((cell) => cell.startsWith('project.')) ? 'inputs.from.project' : 'inputs.from.none',
  );
}
