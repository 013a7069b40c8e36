import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  commands,
  type LawDifference,
  type LawSide,
  type ProgramLine,
  type ProgramView,
  type VersionComparison,
} from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Select } from '../../components/select.tsx';
import { Skeleton } from '../../components/states.tsx';
import { Clause, TableRegion } from '../../components/table-region.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { formatLaw } from './law.ts';

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
          <li key={version} className="row-wrap">
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
  const { t, language } = useText();
  const found = useQuery({
    queryKey: ['programs', 'comparison', program, from, to, language],
    queryFn: () => take(commands.compareVersions({ program, from, to, language })),
  });
  if (found.error instanceof Refusal)
    return <Fault fault={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton label={t('pages.loading')} rows={5} />;
  if (found.data.differences.length === 0) return <p className="sub">{t('programs.compare.same')}</p>;
  return <ChangedTable comparison={found.data} />;
}

export function ChangedTable({ comparison }: { comparison: VersionComparison }) {
  const { t, maybe, locale } = useText();
  const parts = [...new Set(comparison.differences.map(({ part }) => part))];
  const day = (date: string) => t('programs.from', { date: formatDate(date, locale) });
  return (
    <TableRegion label={t('programs.compare')}>
      <thead>
        <tr>
          <th scope="col">{t('programs.compare.what')}</th>
          <th scope="col">{day(comparison.from)}</th>
          <th scope="col">{day(comparison.to)}</th>
        </tr>
      </thead>
      {parts.map((part) => (
        <tbody key={part}>
          <tr className="part-head">
            <th scope="rowgroup" colSpan={3}>
              {maybe(`programs.part.${part}`, part)}
            </th>
          </tr>
          {comparison.differences
            .filter((one) => one.part === part)
            .map((one) => (
              <DifferenceRow key={`${one.id} ${one.field}`} one={one} comparison={comparison} />
            ))}
        </tbody>
      ))}
    </TableRegion>
  );
}

type RowProps = { one: LawDifference; comparison: VersionComparison };

function DifferenceRow({ one, comparison }: RowProps) {
  const { t, maybe } = useText();
  const field = maybe(`programs.field.${one.field}`, one.field.replace(/_/g, ' '));
  const isWhole = one.before === null || one.after === null;
  return (
    <tr className={one.bears_on_figures ? 'version-differs' : ''}>
      <td>
        {one.label ?? field}
        <span className="sub choice-note">
          {one.label && !isWhole ? field : null}
          {one.before === null ? t('programs.compare.added') : null}
          {one.after === null ? t('programs.compare.gone') : null}
        </span>
        {one.bears_on_figures ? <Badge look="question">{t('programs.compare.bears')}</Badge> : null}
      </td>
      {[one.before, one.after].map((side, at) => (
        <td key={at === 0 ? 'before' : 'after'}>
          {side ? (
            <Side side={side} address={`${comparison.program}:${one.id || one.field}`} />
          ) : (
            <span className="sub">{t('na')}</span>
          )}
        </td>
      ))}
    </tr>
  );
}

function Side({ side, address }: { side: LawSide; address: string }) {
  return (
    <>
      <Stated side={side} address={address} />
      {side.clause ? (
        <span className="sub choice-note">
          <Clause clause={side.clause} source={side.source} />
        </span>
      ) : null}
    </>
  );
}

function Stated({ side: { stated }, address }: { side: LawSide; address: string }) {
  const { t, locale } = useText();
  switch (stated.kind) {
    case 'number':
      return <span data-law={address}>{formatLaw(stated.decimal, stated.unit, locale)}</span>;
    case 'formula':
      return <code className="mono formula">{stated.text}</code>;
    case 'day':
      return formatDate(stated.date, locale);
    case 'count':
      return String(stated.count);
    case 'flag':
      return t(stated.yes ? 'programs.yes' : 'programs.no');
    case 'text':
      return stated.text;
    case 'terms':
      return stated.terms.join(', ');
  }
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
