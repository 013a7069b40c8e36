import type { ProjectEntry, ProjectList } from '../../api/bindings.ts';
import { Button } from '../../components/button.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';

const DAY = 86_400_000;

/** Whole days until the bin lets go of what was put into it at `since`. */
export function daysLeft(since: string, days: number, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(since) + days * DAY - now) / DAY));
}

type Props = {
  list: ProjectList;
  onRestore: (project: ProjectEntry) => Promise<void>;
  onPurge: (project: ProjectEntry) => void;
};

export function BinTable({ list, onRestore, onPurge }: Props) {
  const { t, locale } = useText();
  return (
    <div className="scroll-x projects-table">
      <table className="table" aria-label={t('projects.headline.bin')}>
        <thead>
          <tr>
            <th scope="col">{t('projects.col.name')}</th>
            <th scope="col">{t('projects.col.binned')}</th>
            <th scope="col">{t('projects.col.left')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('projects.col.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {list.projects.map((project) => {
            const since = project.binned_at ?? project.updated_at;
            const left = daysLeft(since, list.bin_days, Date.now());
            return (
              <tr key={project.project}>
                <td className="text">{project.name}</td>
                <td>{formatDate(since.slice(0, 10), locale)}</td>
                <td>{t('projects.days', { count: left })}</td>
                <td className="row-actions">
                  <span className="row-flex">
                    <Button
                      aria-label={t('projects.restore.name', { name: project.name })}
                      onClick={() => void onRestore(project)}
                    >
                      {t('projects.restore')}
                    </Button>
                    <Button
                      look="danger"
                      aria-label={t('projects.purge.name', { name: project.name })}
                      onClick={() => onPurge(project)}
                    >
                      {t('projects.purge')}
                    </Button>
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
