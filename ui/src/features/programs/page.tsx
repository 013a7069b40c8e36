import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { commands, type ProgramEntry } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Badge, type BadgeLook } from '../../components/badge.tsx';
import { TextInput } from '../../components/field.tsx';
import { Skeleton } from '../../components/states.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { useWords } from '../words.ts';
import { ProgramSheet } from './sheet.tsx';

const LOOKS: Record<string, BadgeLook> = { high: 'pass', medium: 'outline', low: 'dashed' };

/** The policy library: every program on file, each number with the clause it stands in. */
export function ProgramsPage() {
  const { t } = useText();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ['programs', words],
    queryFn: () => take(commands.searchPrograms({ words: words.trim() === '' ? null : words })),
    placeholderData: (before) => before,
  });
  const programs = found.data?.programs ?? [];
  const shown = chosen ?? programs[0]?.program ?? null;
  return (
    <Page crumb={t('nav.programs')} headline={t('programs.headline', { count: programs.length })}>
      {found.error instanceof Refusal ? (
        <Fault fault={found.error} onRetry={() => void found.refetch()} />
      ) : null}
      <div className="tiles tiles-fill">
        <Tile span={4} edge>
          <TextInput label={t('programs.search')} type="search" value={words} onChange={setWords} />
          {found.isPending ? <Skeleton label={t('pages.loading')} /> : null}
          {found.data && programs.length === 0 ? <p className="sub">{t('programs.none')}</p> : null}
          <ul className="choices" aria-label={t('programs.list')}>
            {programs.map((program) => (
              <li key={program.program}>
                <ProgramChoice
                  program={program}
                  isChosen={program.program === shown}
                  onChoose={() => setChosen(program.program)}
                />
              </li>
            ))}
          </ul>
        </Tile>
        <Tile span={8}>{shown ? <ProgramSheet program={shown} /> : null}</Tile>
      </div>
    </Page>
  );
}

type ChoiceProps = { program: ProgramEntry; isChosen: boolean; onChoose: () => void };

function ProgramChoice({ program, isChosen, onChoose }: ChoiceProps) {
  const { t, locale } = useText();
  const words = useWords();
  return (
    <button type="button" className="select-row" aria-pressed={isChosen} onClick={onChoose}>
      <span className="strong">{program.name}</span>
      <span className="sub choice-note">
        {`${words.place(program.jurisdiction)} · ${t('programs.from', { date: formatDate(program.from, locale) })}`}
      </span>
      <Badge look={LOOKS[program.confidence] ?? 'outline'}>
        {words.term('confidence', program.confidence)}
      </Badge>
    </button>
  );
}
