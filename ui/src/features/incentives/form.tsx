import { Link } from '@tanstack/react-router';
import type { AssessedProgram } from '../../api/bindings.ts';
import { Badge } from '../../components/badge.tsx';
import { Icon } from '../../components/icon.tsx';
import { Select } from '../../components/select.tsx';
import { Clause, TableRegion } from '../../components/table-region.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { Amount } from '../explain/amount.tsx';
import { useWords } from '../words.ts';
import { useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { reasonText } from './programs.tsx';

const VERDICTS = { pass: 'pass', fail: 'blocker', unknown: 'question' } as const;

type Props = { program: AssessedProgram; book: FigureBook };

/** The whole form of one program: what stands for and against it, and every line with its clause. */
export function ProgramForm({ program, book }: Props) {
  const { t, locale } = useText();
  const notes = program.reasons.filter((reason) => !reason.kind.startsWith('condition'));
  return (
    <div className="stack">
      <p className="sub">
        {[
          program.legal_name,
          ...program.statute,
          program.version ? t('programs.from', { date: formatDate(program.version, locale) }) : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <Link to="/programs" search={{ program: program.program, on: program.version ?? undefined } as never}>
        {t('incentives.sheet')} <Icon name="arrow" size={11} />
      </Link>
      <ElectionChoice claim={program.claim} />
      {notes.map((reason) => (
        <p key={`${reason.kind}${reason.program}`}>{reasonText(reason, t)}</p>
      ))}
      {program.conditions.length > 0 ? (
        <ul className="conditions">
          {program.conditions.map((condition) => (
            <li key={condition.id}>
              <Badge look={VERDICTS[condition.verdict as keyof typeof VERDICTS] ?? 'outline'}>
                {t(`incentives.verdict.${condition.verdict}` as 'incentives.verdict.pass')}
              </Badge>
              <span>{condition.label}</span>
              <span className="sub">{condition.clause}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <Lines program={program} book={book} />
    </div>
  );
}

const ELECTIONS = ['best', 'claim', 'compare', 'exclude'] as const;

/** Whether the claim belongs to the stack: by the producer's wish, or by what is worth most. */
function ElectionChoice({ claim }: { claim: string }) {
  const { t } = useText();
  const words = useWords();
  const { document, edit } = useDeal();
  const typed = document.incentives?.find((one) => one.id === claim);
  if (!typed) return null;
  const path = `incentives[${claim}].election`;
  return (
    <div className="election" data-path={path} tabIndex={-1}>
      <Select
        label={t('incentives.election')}
        value={typed.election ?? 'best'}
        options={ELECTIONS.map((value) => ({ value, label: words.term('election', value) }))}
        onChange={(value) => void edit(path, value)}
      />
    </div>
  );
}

function Lines({ program, book }: Props) {
  const { t } = useText();
  if (program.lines.length === 0) return null;
  return (
    <TableRegion label={t('incentives.lines')}>
      <thead>
        <tr>
          <th scope="col">{t('programs.line')}</th>
          <th scope="col">{t('incentives.line.kind')}</th>
          <th scope="col">{t('programs.clause')}</th>
          <th scope="col" className="num">
            {t('incentives.line.value', { currency: program.currency })}
          </th>
        </tr>
      </thead>
      <tbody>
        {program.lines.map((line) => (
          <tr key={line.id}>
            <td className="text">{line.label}</td>
            <td>{t(`incentives.kind.${line.kind}` as 'incentives.kind.base')}</td>
            <td>
              <Clause clause={line.clause} source={line.source} />
            </td>
            <td className="num">
              {line.figure ? <Amount book={book} address={line.figure.address} /> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </TableRegion>
  );
}
