import type { KeyboardEvent } from 'react';
import type { ProjectEntry, ProjectList, ProjectOrder } from '../../api/bindings.ts';
import { Badge } from '../../components/badge.tsx';
import { formatDate } from '../../domain/dates.ts';
import { formatProse } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useWords } from '../words.ts';
import type { Actions } from './actions.ts';
import { ActionButton, type MenuAction, WithContextMenu } from './menu.tsx';
import type { Asked } from './query.ts';
import { STEPS } from './terms.ts';

type Props = {
  list: ProjectList;
  asked: Asked;
  onAsk: (asked: Asked) => void;
  onRename: (project: ProjectEntry) => void;
  actions: Actions;
};

/** The list of projects. Arrows walk it, Enter opens, F2 renames, Delete puts into the bin. */
export function ProjectTable({ list, asked, onAsk, onRename, actions }: Props) {
  const { t } = useText();
  const head = (sort: ProjectOrder, label: string, isNumber = false) => (
    <SortHead sort={sort} label={label} isNumber={isNumber} asked={asked} onAsk={onAsk} />
  );
  return (
    <div className="scroll-x projects-table">
      <table className="table" aria-label={t('projects.table')}>
        <thead>
          <tr>
            {head('name', t('projects.col.name'))}
            <th scope="col">{t('projects.col.form')}</th>
            <th scope="col">{t('projects.col.status')}</th>
            <th scope="col">{t('projects.col.places')}</th>
            {head('budget', t('projects.col.budget'), true)}
            {head('created', t('projects.col.created'))}
            {head('updated', t('projects.col.updated'))}
            <th scope="col">
              <span className="visually-hidden">{t('projects.col.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {list.projects.map((project) => (
            <Row key={project.project} project={project} actions={actions} onRename={onRename} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type HeadProps = {
  sort: ProjectOrder;
  label: string;
  isNumber: boolean;
  asked: Asked;
  onAsk: (asked: Asked) => void;
};

function SortHead({ sort, label, isNumber, asked, onAsk }: HeadProps) {
  const { t } = useText();
  const isSorted = asked.sort === sort;
  // What grows is looked for from its large end, a name from its beginning.
  const descending = isSorted ? !asked.descending : sort !== 'name';
  const order = asked.descending ? 'descending' : 'ascending';
  return (
    <th scope="col" className={isNumber ? 'num' : ''} aria-sort={isSorted ? order : 'none'}>
      <button
        type="button"
        className={`sort ${isSorted ? 'sort-on' : ''}`}
        title={t('table.sort', { column: label })}
        onClick={() => onAsk({ ...asked, sort, descending, page: 1 })}
      >
        {label}
        <span aria-hidden="true">{isSorted ? (asked.descending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  );
}

type RowProps = {
  project: ProjectEntry;
  actions: Actions;
  onRename: (project: ProjectEntry) => void;
};

function Row({ project, actions, onRename }: RowProps) {
  const { t, locale, maybe } = useText();
  const { place } = useWords();
  const open = () => void actions.open(project);
  const menu: MenuAction[] = [
    { id: 'open', label: t('projects.open'), icon: 'arrow', keys: 'Enter', run: open },
    { id: 'rename', label: t('projects.rename'), icon: 'pen', keys: 'F2', run: () => onRename(project) },
    { id: 'copy', label: t('projects.copy'), icon: 'copy', run: () => void actions.copy(project) },
    { id: 'export', label: t('projects.export'), icon: 'docs', run: () => void actions.exportFile(project) },
    {
      id: 'bin',
      label: t('projects.put_in_bin'),
      icon: 'trash',
      keys: t('projects.key.delete'),
      run: () => void actions.bin(project),
    },
  ];
  const onKey = (event: KeyboardEvent<HTMLTableRowElement>) => {
    if (!(event.target as HTMLElement).closest('.project-open')) return;
    if (event.key === 'ArrowDown') step(event.currentTarget.nextElementSibling);
    else if (event.key === 'ArrowUp') step(event.currentTarget.previousElementSibling);
    else if (event.key === 'F2') onRename(project);
    else if (event.key === 'Delete') void actions.bin(project);
    else return;
    event.preventDefault();
  };
  const form = [
    project.project_type ? maybe(`projects.type.${project.project_type}`, project.project_type) : '',
    project.technique ? maybe(`projects.technique.${project.technique}`, project.technique) : '',
  ];
  return (
    <WithContextMenu actions={menu}>
      <tr onKeyDown={onKey}>
        <td className="text">
          <button type="button" className="project-open" onClick={open}>
            {project.name}
          </button>
          {project.step !== null ? (
            <Badge look="question">{t('projects.resume', { step: project.step, steps: STEPS })}</Badge>
          ) : null}
          {project.title !== project.name ? <span className="sub project-note">{project.title}</span> : null}
          {project.description ? <span className="sub project-note">{project.description}</span> : null}
        </td>
        <td>{form.filter(Boolean).join(', ')}</td>
        <td>{project.status ? maybe(`projects.status.${project.status}`, project.status) : ''}</td>
        <td>{project.jurisdictions.map(place).join(', ')}</td>
        <td className="num" data-path="budget.lines">
          {project.budget ? formatProse(project.budget, locale) : <span className="sub">{t('na')}</span>}
        </td>
        <td>{formatDate(project.created_at.slice(0, 10), locale)}</td>
        <td>{formatDate(project.updated_at.slice(0, 10), locale)}</td>
        <td className="row-actions">
          <ActionButton label={t('projects.actions', { name: project.name })} actions={menu} />
        </td>
      </tr>
    </WithContextMenu>
  );
}

function step(row: Element | null): void {
  row?.querySelector<HTMLElement>('.project-open')?.focus();
}
