import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { commands } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { useText } from '../../i18n/index.tsx';
import { useWords } from '../words.ts';
import { countryOf, type Filters, filtered, type Listed, sorted } from './filters.ts';
import { useOwnPrograms } from './own.ts';

export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

type Found = {
  all: readonly Listed[];
  shown: readonly Listed[];
  isPending: boolean;
  fault: Refusal | null;
  retry: () => void;
};

/** The programs of the library and the person's own, narrowed and in order. */
export function useFound(filters: Filters): Found {
  const { t, maybe, language, locale } = useText();
  const { place } = useWords();
  const library = useQuery({
    queryKey: ['programs', '', language],
    queryFn: () => take(commands.searchPrograms({ words: null, language })),
  });
  // Statutes, authorities and former ids are searched where the whole law is.
  const sought = filters.q.trim();
  const deep = useQuery({
    queryKey: ['programs', sought, language],
    queryFn: () => take(commands.searchPrograms({ words: sought, language })),
    enabled: sought.length > 2,
  });
  const { programs: own } = useOwnPrograms();
  const all = useMemo<Listed[]>(() => {
    const mine = own.flatMap(({ own: id, entry }): Listed[] => (entry ? [{ ...entry, own: id }] : []));
    const taken = new Set(mine.map((one) => one.program));
    return [...mine, ...(library.data?.programs ?? []).filter((one) => !taken.has(one.program))];
  }, [own, library.data]);
  const kindOf = (program: Listed) => maybe(`programs.kind.${program.kind}`, program.kind);
  const shown = useMemo(() => {
    const placed = (program: Listed) =>
      `${place(countryOf(program.jurisdiction))} ${place(program.jurisdiction)}`;
    const described = (program: Listed) =>
      [
        program.name,
        program.legal_name,
        program.program,
        program.jurisdiction,
        placed(program),
        kindOf(program),
        program.own ? t('programs.own') : '',
        ...program.headline.map((number) => number.label),
      ].join(' ');
    const also = new Set(deep.data?.programs.map((one) => one.program));
    const kept = filtered(all, filters, today(), described, also);
    return sorted(
      kept,
      filters.sort,
      (program) => ({ place: placed(program), kind: kindOf(program) }),
      locale,
    );
  }, [all, filters, deep.data, locale, language]);
  return {
    all,
    shown,
    isPending: library.isPending,
    fault: library.error instanceof Refusal ? library.error : null,
    retry: () => void library.refetch(),
  };
}
