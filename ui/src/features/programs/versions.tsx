import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { commands, type ProgramLine, type ProgramView } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Select } from '../../components/select.tsx';
import { Skeleton } from '../../components/states.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { LawDifferences } from '../incentives/law-differences.tsx';
import { Fault } from '../shell/fault.tsx';

/** One line of the law in several versions; the newest that has it gives its name. */
export type VersionRow = { id: string; label: string; formulas: (string | null)[]; differs: boolean };

/** Lines of all versions side by side, in the order of the newest; those that fell away come last. */
export function versionRows(versions: readonly { lines: readonly ProgramLine[] }[]): VersionRow[] {
  const newestFirst = [...versions].reverse();
  const ids = [...new Set(newestFirst.flatMap((version) => version.lines.map((line) => line.id)))];
  return ids.map((id) => {
    const found = versions.map((version) => version.lines.find((line) => line.id === id) ?? null);
    const formulas = found.map((line) => line?.formula ?? null);
    return {
      id,
      label: [...found].reverse().find((line) => line !== null)?.label ?? id,
      formulas,
      differs: new Set(formulas).size > 1,
    };
  });
}

type Props = { view: ProgramView; onRead: (version: string) => void };

/** The dated versions of a program, and two of them beside each other. */
export function Versions({ view, onRead }: Props) {
  const { t, locale } = useText();
  const { entry, versions } = view;
  const at = Math.max(versions.indexOf(entry.from), 1);
  const [pair, setPair] = useState<readonly [string, string] | null>(null);
  const [from, to] = pair ?? [versions[at - 1] ?? entry.from, versions[at] ?? entry.from];
  const [what, setWhat] = useState<'changed' | 'lines'>('changed');
  const options = versions.map((value) => ({ value, label: formatDate(value, locale) }));
  return (
    <div className="stack">
      <ul className="version-list">
        {[...versions].reverse().map((version) => (
          <li key={version}>
            <span className={version === entry.from ? 'strong' : ''}>
              {t('programs.from', { date: formatDate(version, locale) })}
            </span>
            {version === entry.from ? (
              <span className="sub">{t('programs.version.shown')}</span>
            ) : (
              <Button look="quiet" onClick={() => onRead(version)}>
                {t('programs.version.read')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {versions.length > 1 ? (
        <section className="stack">
          <div className="section-head">
            <h3>{t('programs.compare')}</h3>
            <Segmented
              label={t('programs.compare')}
              value={what}
              options={[
                { value: 'changed', label: t('programs.compare.changed') },
                { value: 'lines', label: t('programs.compare.lines') },
              ]}
              onChange={setWhat}
            />
          </div>
          <div className="version-pair">
            <Select
              label={t('programs.compare.before')}
              value={from}
              options={options}
              onChange={(value) => setPair([value, to])}
            />
            <Select
              label={t('programs.compare.after')}
              value={to}
              options={options}
              onChange={(value) => setPair([from, value])}
            />
          </div>
          {what === 'changed' ? (
            <Changed program={entry.program} from={from} to={to} />
          ) : (
            <BothLines program={entry.program} versions={[from, to]} />
          )}
        </section>
      ) : (
        <p className="sub">{t('programs.version.only')}</p>
      )}
    </div>
  );
}

function Changed({ program, from, to }: { program: string; from: string; to: string }) {
  const { t, language, locale } = useText();
  const found = useQuery({
    queryKey: ['programs', 'comparison', program, from, to, language],
    queryFn: () => take(commands.compareVersions({ program, from, to, language })),
  });
  if (found.error instanceof Refusal)
    return <Fault fault={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton label={t('pages.loading')} rows={5} />;
  if (found.data.differences.length === 0) return <p className="sub">{t('programs.compare.same')}</p>;
  const day = (date: string) => t('programs.from', { date: formatDate(date, locale) });
  return (
    <LawDifferences
      differences={found.data.differences}
      currency={found.data.currency}
      caption={t('programs.compare')}
      before={day(found.data.from)}
      after={day(found.data.to)}
    />
  );
}

/** Every line of two versions beside each other; what changed stands out. */
function BothLines({ program, versions }: { program: string; versions: readonly string[] }) {
  const { t, language, locale } = useText();
  const queries = useQueries({
    queries: versions.map((on) => ({
      queryKey: ['program', program, on, language],
      queryFn: () => take(commands.showProgram({ program, on, deal: null, language })),
    })),
  });
  const views = queries.flatMap(({ data }): ProgramView[] => (data ? [data] : []));
  if (views.length < versions.length) return <Skeleton label={t('pages.loading')} rows={7} />;
  return (
    <>
      <p className="sub">{t('programs.same')}</p>
      <TableRegion label={t('programs.compare.lines')}>
        <thead>
          <tr>
            <th scope="col">{t('programs.line')}</th>
            {views.map((view, at) => (
              <th key={at === 0 ? 'before' : 'after'} scope="col">
                {t('programs.from', { date: formatDate(view.entry.from, locale) })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {versionRows(views).map((row) => (
            <tr key={row.id} className={row.differs ? 'version-differs' : ''}>
              <td>{row.label}</td>
              {row.formulas.map((formula, at) => (
                <td key={at === 0 ? 'before' : 'after'} className="mono formula">
                  {formula ?? t('na')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </TableRegion>
    </>
  );
}
