import { useState } from 'react';
import type { ProjectList } from '../../api/bindings.ts';
import { Button } from '../../components/button.tsx';
import { TextInput } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { useText } from '../../i18n/index.tsx';
import { useWords } from '../words.ts';
import { ALL_PROJECTS, type Asked, BUDGETS, isNarrowed } from './query.ts';
import { PROJECT_TYPES, STATUSES, TECHNIQUES } from './terms.ts';

type Props = { asked: Asked; list: ProjectList | undefined; onAsk: (asked: Asked) => void };
/** A choice needs a value of its own where nothing is chosen. */
const ALL = '*';

export function Filters({ asked, list, onAsk }: Props) {
  const { t } = useText();
  const { place } = useWords();
  // On a small screen the list is worth more than the filters: they open on request.
  const [isOpen, setOpen] = useState(false);
  const narrow = (change: Partial<Asked>) => onAsk({ ...asked, ...change, page: 1 });
  const choice = (
    key: 'status' | 'currency' | 'type' | 'technique' | 'budget' | 'place',
    values: readonly string[],
    label: (value: string) => string,
  ) => {
    const chosen = asked[key];
    const offered = chosen === '' || values.includes(chosen) ? values : [...values, chosen];
    return (
      <Select
        label={t(`projects.filter.${key}`)}
        value={chosen || ALL}
        options={[
          { value: ALL, label: t('projects.filter.all') },
          ...offered.map((value) => ({ value, label: label(value) })),
        ]}
        onChange={(value) => narrow({ [key]: value === ALL ? '' : value })}
      />
    );
  };
  const places = [...new Set((list?.jurisdictions ?? []).flatMap((code) => [code.slice(0, 2), code]))].sort();
  return (
    <search className="filters" data-open={isOpen} aria-label={t('projects.filter')}>
      <div className="filters-search">
        <TextInput
          label={t('projects.search')}
          type="search"
          value={asked.search}
          onChange={(search) => narrow({ search })}
        />
      </div>
      <Button className="filters-toggle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('projects.filter.more')}
      </Button>
      {choice('status', STATUSES, (status) => t(`projects.status.${status}` as 'projects.status.concept'))}
      {choice('type', PROJECT_TYPES, (type) => t(`projects.type.${type}` as 'projects.type.feature'))}
      {choice('technique', TECHNIQUES, (one) => t(`projects.technique.${one}` as 'projects.technique.cgi'))}
      {choice('budget', Object.keys(BUDGETS), (band) =>
        t(`projects.budget.${band}` as 'projects.budget.low'),
      )}
      {choice('currency', list?.currencies ?? [], (currency) => currency)}
      {choice('place', places, (code) => (code.includes('-') ? `${place(code)} (${code})` : place(code)))}
      {isNarrowed(asked) ? (
        <Button look="quiet" icon="close" onClick={() => onAsk({ ...ALL_PROJECTS, bin: asked.bin })}>
          {t('projects.filter.clear')}
        </Button>
      ) : null}
    </search>
  );
}
