import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { commands, type ProgramView } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Skeleton } from '../../components/states.tsx';
import { Clause, TableRegion } from '../../components/table-region.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { freeId } from '../ids.ts';
import { Fault } from '../shell/fault.tsx';
import { useWords } from '../words.ts';
import { useDesk } from '../workspace/desk.tsx';
import { VersionTable } from './versions.tsx';

/** One dated version of a program: its law, its lines, its sources. */
export function ProgramSheet({ program, asked = null }: { program: string; asked?: string | null }) {
  const { t, language, locale } = useText();
  const [version, setVersion] = useState<{ program: string; on: string } | null>(null);
  const [compared, setCompared] = useState<string | null>(null);
  const isCompared = compared === program;
  const on = version?.program === program ? version.on : asked;
  const view = useQuery({
    queryKey: ['program', program, on, language],
    queryFn: () => take(commands.showProgram({ program, on, deal: null, language })),
  });
  if (view.error instanceof Refusal) return <Fault fault={view.error} onRetry={() => void view.refetch()} />;
  if (!view.data) return <Skeleton label={t('pages.loading')} rows={7} />;
  const { entry, versions, statute } = view.data;
  return (
    <div className="stack">
      <div>
        <div className="sheet-title">
          <h2>{entry.legal_name}</h2>
          {entry.computable ? (
            <ClaimButton program={entry.program} jurisdiction={entry.jurisdiction} />
          ) : (
            <Badge look="outline">{t('programs.not_computable')}</Badge>
          )}
        </div>
        <p className="sub">
          {[
            ...statute,
            t('programs.from', { date: formatDate(entry.from, locale) }),
            entry.sunset ? t('programs.sunset', { date: formatDate(entry.sunset, locale) }) : null,
            t('programs.reviewed', { date: formatDate(entry.reviewed, locale) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {versions.length > 1 ? (
        <div className="row-flex">
          <Segmented
            label={t('programs.versions')}
            value={isCompared ? '' : entry.from}
            options={versions.map((from) => ({ value: from, label: formatDate(from, locale) }))}
            onChange={(from) => {
              setCompared(null);
              setVersion({ program, on: from });
            }}
          />
          <Button
            icon="table"
            aria-pressed={isCompared}
            onClick={() => setCompared(isCompared ? null : program)}
          >
            {t(isCompared ? 'programs.compare.one' : 'programs.compare')}
          </Button>
        </div>
      ) : null}
      {isCompared ? <VersionTable program={program} versions={versions} /> : null}
      {!isCompared && view.data.lines.length > 0 ? <LineTable view={view.data} /> : null}
      <Known view={view.data} />
      {view.data.notes.length > 0 ? (
        <section>
          <h3>{t('programs.notes')}</h3>
          <ul className="bullets">
            {view.data.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </section>
      ) : null}
      <section>
        <h3>{t('programs.sources')}</h3>
        <ul className="bullets">
          {view.data.sources.map((source) => (
            <li key={source.address}>
              <a href={source.address} target="_blank" rel="noreferrer">
                {source.title} <Icon name="external" size={11} />
              </a>{' '}
              <span className="sub">{t('programs.seen', { date: formatDate(source.seen, locale) })}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** What is known of a program beside its form, and the fact without which there is none. */
function Known({ view }: { view: ProgramView }) {
  const { t } = useText();
  const words = useWords();
  return (
    <>
      {view.missing ? (
        <section>
          <h3>{t('programs.missing')}</h3>
          <p>{view.missing}</p>
        </section>
      ) : null}
      {view.known.length > 0 ? (
        <section>
          <h3>{t('programs.known')}</h3>
          <ul className="bullets">
            {view.known.map((fact) => (
              <li key={`${fact.label} ${fact.text}`}>
                <span className="strong">{fact.label}</span> {fact.text}{' '}
                <span className="sub">
                  <Clause clause={fact.clause} source={fact.source} />
                  {` · ${words.term('confidence', fact.confidence)}`}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

/** Puts the program into the open deal; the best legal combination decides whether it counts. */
function ClaimButton({ program, jurisdiction }: { program: string; jurisdiction: string }) {
  const { t } = useText();
  const { document, add } = useDesk();
  const navigate = useNavigate();
  if (!document) return null;
  const claim = async () => {
    const id = freeId(
      program,
      (document.incentives ?? []).map((one) => one.id),
    );
    const outcome = await add('incentives', {
      id,
      program,
      jurisdiction,
      election: 'best',
      status: 'estimated',
    });
    if (outcome.view) await navigate({ to: '/incentives' });
  };
  return (
    <Button icon="plus" onClick={() => void claim()}>
      {t('programs.claim')}
    </Button>
  );
}

function LineTable({ view }: { view: ProgramView }) {
  const { t } = useText();
  return (
    <TableRegion label={t('programs.lines')}>
      <thead>
        <tr>
          <th scope="col">{t('programs.line')}</th>
          <th scope="col">{t('programs.formula')}</th>
          <th scope="col">{t('programs.clause')}</th>
        </tr>
      </thead>
      <tbody>
        {view.lines.map((line) => (
          <tr key={line.id}>
            <td className="text">{line.label}</td>
            <td className="mono formula">{line.formula}</td>
            <td>
              <Clause clause={line.clause} source={line.source} />
            </td>
          </tr>
        ))}
      </tbody>
    </TableRegion>
  );
}
