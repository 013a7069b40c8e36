import { useQueries } from '@tanstack/react-query';
import { commands, type ProgramLine, type ProgramView } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Skeleton } from '../../components/states.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';

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

/** Every version of a program beside the others; what changed stands out. */
export function VersionTable({ program, versions }: { program: string; versions: readonly string[] }) {
  const { t, language, locale } = useText();
  const queries = useQueries({
    queries: versions.map((on) => ({
      queryKey: ['program', program, on, language],
      queryFn: () => take(commands.showProgram({ program, on, deal: null, language })),
    })),
  });
  const views = queries.flatMap((query): ProgramView[] => (query.data ? [query.data] : []));
  if (views.length < versions.length) return <Skeleton label={t('pages.loading')} rows={7} />;
  const rows = versionRows(views);
  const caption = t('programs.compare');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <div className="scroll-x" tabIndex={0} role="region" aria-label={caption}>
      <p className="sub">{t('programs.same')}</p>
      <table className="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('programs.line')}</th>
            {views.map((view) => (
              <th key={view.entry.from} scope="col">
                {t('programs.from', { date: formatDate(view.entry.from, locale) })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={row.differs ? 'version-differs' : ''}>
              <td>{row.label}</td>
              {row.formulas.map((formula, at) => (
                <td key={views[at]?.entry.from} className="mono formula">
                  {formula ?? t('na')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
