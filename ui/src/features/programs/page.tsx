import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { commands, type ProgramEntry } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Badge, type BadgeLook } from '../../components/badge.tsx';
import { TextInput } from '../../components/field.tsx';
import { type Option, Select } from '../../components/select.tsx';
import { Skeleton } from '../../components/states.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { useWords } from '../words.ts';
import { ProgramSheet } from './sheet.tsx';

const ALL = '*';
type Filter = { jurisdiction: string; kind: string; confidence: string };
const EVERYTHING: Filter = { jurisdiction: ALL, kind: ALL, confidence: ALL };

export function filtered(programs: readonly ProgramEntry[], filter: Filter): ProgramEntry[] {
  const keys = Object.keys(EVERYTHING) as (keyof Filter)[];
  return programs.filter((program) =>
    keys.every((key) => filter[key] === ALL || program[key] === filter[key]),
  );
}

/** What a filter offers: what occurs, and what is chosen even where it no longer does. */
function valuesOf(programs: readonly ProgramEntry[], key: keyof Filter, chosen: string): string[] {
  const found = new Set(programs.map((program) => program[key]));
  if (chosen !== ALL) found.add(chosen);
  return [...found].sort();
}

const LOOKS: Record<string, BadgeLook> = { high: 'pass', medium: 'outline', low: 'dashed' };

/** The policy library: every program on file, each number with the clause it stands in. */
export function ProgramsPage() {
  const { t, language } = useText();
  const words = useWords();
  const asked = useSearch({ strict: false }) as { program?: string; on?: string };
  const [sought, setSought] = useState('');
  const [filter, setFilter] = useState<Filter>(EVERYTHING);
  const [chosen, setChosen] = useState<string | null>(asked.program ?? null);
  const found = useQuery({
    queryKey: ['programs', sought, language],
    queryFn: () => take(commands.searchPrograms({ words: sought.trim() === '' ? null : sought, language })),
    placeholderData: (before) => before,
  });
  const all = found.data?.programs ?? [];
  const programs = filtered(all, filter);
  const shown = chosen ?? programs[0]?.program ?? null;
  const choice = (key: keyof Filter, label: (value: string) => string): Option[] => [
    { value: ALL, label: t('programs.filter.all') },
    ...valuesOf(all, key, filter[key]).map((value) => ({ value, label: label(value) })),
  ];
  return (
    <Page crumb={t('nav.programs')} headline={t('programs.headline', { count: programs.length })}>
      {found.error instanceof Refusal ? (
        <Fault fault={found.error} onRetry={() => void found.refetch()} />
      ) : null}
      <div className="tiles tiles-fill">
        <Tile span={4} edge>
          <TextInput label={t('programs.search')} type="search" value={sought} onChange={setSought} />
          <div className="program-filters">
            <Select
              label={t('programs.filter.place')}
              value={filter.jurisdiction}
              options={choice('jurisdiction', words.place)}
              onChange={(jurisdiction) => setFilter({ ...filter, jurisdiction })}
            />
            <Select
              label={t('programs.filter.kind')}
              value={filter.kind}
              options={choice('kind', (kind) => t(`programs.kind.${kind}` as 'programs.kind.grant'))}
              onChange={(kind) => setFilter({ ...filter, kind })}
            />
            <Select
              label={t('programs.filter.confidence')}
              value={filter.confidence}
              options={choice('confidence', (value) => words.term('confidence', value))}
              onChange={(confidence) => setFilter({ ...filter, confidence })}
            />
          </div>
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
        <Tile span={8}>
          {shown ? (
            <ProgramSheet program={shown} asked={shown === asked.program ? (asked.on ?? null) : null} />
          ) : null}
        </Tile>
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
      </Badge>{' '}
      {program.computable ? null : <Badge look="outline">{t('programs.not_computable')}</Badge>}
    </button>
  );
}
