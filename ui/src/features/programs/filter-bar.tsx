import { useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TextInput } from '../../components/field.tsx';
import { type Option, Select } from '../../components/select.tsx';
import { useText } from '../../i18n/index.tsx';
import { useWords } from '../words.ts';
import { ALL, countryOf, EVERYTHING, type Filters, isNarrowed, type Listed, SORTS } from './filters.ts';

type Props = { all: readonly Listed[]; filters: Filters; onChange: (filters: Filters) => void };

const FIXED = {
  stream: ['content', 'service'],
  animation: ['yes', 'no'],
  form: ['computable', 'record'],
  force: ['in_force', 'soon', 'ended', 'not_yet'],
  origin: ['library', 'own'],
} as const;

/** One row of questions over the list; what is not asked stays at *all*. */
export function FilterBar({ all, filters, onChange }: Props) {
  const { t, maybe, locale } = useText();
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  const set = (key: keyof Filters) => (value: string) => onChange({ ...filters, [key]: value });
  const everything: Option = { value: ALL, label: t('programs.filter.all') };
  const places = useMemo(() => {
    const codes = new Set(all.flatMap(({ jurisdiction }) => [countryOf(jurisdiction), jurisdiction]));
    if (filters.place !== ALL) codes.add(filters.place);
    const label = (code: string) =>
      code.length === 2 ? words.place(code) : `${words.place(countryOf(code))} · ${words.place(code)}`;
    const order = new Intl.Collator(locale);
    return [...codes]
      .map((value) => ({ value, label: label(value) }))
      .sort((a, b) => order.compare(a.label, b.label));
  }, [all, filters.place, locale]);
  const kinds = useMemo(
    () =>
      [...new Set([...all.map(({ kind }) => kind), ...(filters.kind === ALL ? [] : [filters.kind])])]
        .sort()
        .map((value) => ({ value, label: maybe(`programs.kind.${value}`, value) })),
    [all, filters.kind, maybe],
  );
  const fixed = (key: keyof typeof FIXED): Option[] => [
    everything,
    ...FIXED[key].map((value) => ({ value, label: maybe(`programs.filter.${key}.${value}`, value) })),
  ];
  const confidence = ['high', 'medium', 'low'].map((value) => ({
    value,
    label: words.term('confidence', value),
  }));
  return (
    <search className="library-filters" aria-label={t('programs.filter')} data-open={isOpen}>
      <div className="library-search">
        <TextInput
          label={t('programs.search')}
          type="search"
          value={filters.q}
          onChange={set('q')}
          placeholder={t('programs.search.hint')}
        />
      </div>
      <Button className="filters-toggle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('programs.filters.show')}
      </Button>
      <Select
        label={t('programs.filter.place')}
        value={filters.place}
        options={[everything, ...places]}
        onChange={set('place')}
      />
      <Select
        label={t('programs.filter.kind')}
        value={filters.kind}
        options={[everything, ...kinds]}
        onChange={set('kind')}
      />
      {(Object.keys(FIXED) as (keyof typeof FIXED)[]).map((key) => (
        <Select
          key={key}
          label={maybe(`programs.filter.${key}`, key)}
          value={filters[key]}
          options={fixed(key)}
          onChange={set(key)}
        />
      ))}
      <Select
        label={t('programs.filter.confidence')}
        value={filters.confidence}
        options={[everything, ...confidence]}
        onChange={set('confidence')}
      />
      <Select
        label={t('programs.sort')}
        value={filters.sort}
        options={SORTS.map((value) => ({ value, label: maybe(`programs.sort.${value}`, value) }))}
        onChange={set('sort')}
      />
      {isNarrowed(filters) ? (
        <Button look="quiet" icon="close" onClick={() => onChange({ ...EVERYTHING, sort: filters.sort })}>
          {t('programs.filter.clear')}
        </Button>
      ) : null}
    </search>
  );
}
