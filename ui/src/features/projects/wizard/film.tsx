import { DraftInput } from '../../../components/draft-input.tsx';
import { Select } from '../../../components/select.tsx';
import { useText } from '../../../i18n/index.tsx';
import { freeId } from '../../ids.ts';
import { useDeal } from '../../workspace/desk.tsx';
import { AUDIENCES, PROJECT_TYPES, STATUSES, TECHNIQUES } from '../terms.ts';
import { useCells, useOptional } from './cells.ts';
import { CurrencyField } from './currency.tsx';

const UNSAID = '*';

/** Step 1: what the work is. */
export function FilmStep() {
  const { t } = useText();
  const { document } = useDeal();
  const cells = useCells();
  const { edit, add, refusedAt } = cells;
  const optional = useOptional();
  const film = document.project;
  const textOf = (field: string) => (film[field] === undefined ? '' : String(film[field]));
  const rename = async (title: string | null) => {
    if (await edit('project.title', title ?? '')) await edit('name', title ?? '');
  };
  const words = (field: 'genre' | 'logline') => (
    <DraftInput<string | null>
      label={t(`setup.${field}`)}
      text={textOf(field)}
      parse={optional.text}
      align="left"
      inputMode="text"
      error={refusedAt(`project.${field}`)}
      onCommit={(value) => void edit(`project.${field}`, value)}
    />
  );
  const count = (field: 'runtime_minutes' | 'episodes', hint?: string) => (
    <DraftInput<number | null>
      label={t(`setup.${field}`)}
      text={textOf(field)}
      parse={optional.count}
      inputMode="numeric"
      hint={hint}
      error={refusedAt(`project.${field}`)}
      onCommit={(value) => void edit(`project.${field}`, value)}
    />
  );
  const choice = (field: string, path: string, values: readonly string[], chosen: string, group: string) => (
    <div>
      <Select
        label={t(`setup.${field}` as 'setup.technique')}
        value={chosen || UNSAID}
        options={[
          { value: UNSAID, label: t('setup.unsaid') },
          ...values.map((value) => ({
            value,
            label: t(`projects.${group}.${value}` as 'projects.type.short'),
          })),
        ]}
        onChange={(value) => void edit(path, value === UNSAID ? null : value)}
      />
      {refusedAt(path) ? <p className="field-error">{refusedAt(path)}</p> : null}
    </div>
  );
  const companyId = typeof film.company === 'string' ? film.company : null;
  const company = (document.parties ?? []).find((party) => party.id === companyId);
  /** The company is a party of the deal; the film and its claims name it by its id. */
  const nameCompany = async (name: string | null) => {
    if (company) {
      if (name !== null) await edit(`parties[${company.id}].name`, name);
      else await edit('project.company', null);
      return;
    }
    if (name === null) return;
    const used = (document.parties ?? []).map((party) => party.id);
    const id = freeId('producer', used);
    if (await add('parties', { id, name, role: 'producer' })) await edit('project.company', id);
  };
  return (
    <div className="setup-fields">
      <DraftInput<string | null>
        label={t('setup.title')}
        text={film.title}
        parse={(text) => (text.trim() === '' ? { error: t('field.required') } : { value: text.trim() })}
        align="left"
        inputMode="text"
        error={refusedAt('project.title') ?? refusedAt('name')}
        onCommit={(value) => void rename(value)}
      />
      <DraftInput<string | null>
        label={t('setup.company')}
        text={company?.name ?? ''}
        parse={optional.text}
        align="left"
        inputMode="text"
        hint={t('setup.company.hint')}
        error={refusedAt('parties') ?? refusedAt('project.company')}
        onCommit={(name) => void nameCompany(name)}
      />
      <CurrencyField cells={cells} />
      {choice('project_type', 'project.project_type', PROJECT_TYPES, textOf('project_type'), 'type')}
      {choice('technique', 'project.technique', TECHNIQUES, textOf('technique'), 'technique')}
      {choice('audience', 'project.audience', AUDIENCES, textOf('audience'), 'audience')}
      {words('genre')}
      {count('runtime_minutes', t('setup.runtime.hint'))}
      {['series', 'limited_series'].includes(textOf('project_type')) ? count('episodes') : null}
      {choice('status', 'schedule.status', STATUSES, document.schedule?.status ?? '', 'status')}
      {words('logline')}
    </div>
  );
}
