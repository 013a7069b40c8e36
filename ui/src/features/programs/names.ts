import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { commands } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { useText } from '../../i18n/index.tsx';

/** Names of the programs on file by their ids; the deal itself knows only the ids. */
export function useProgramNames(): ReadonlyMap<string, string> {
  const { language } = useText();
  const { data } = useQuery({
    queryKey: ['programs', '', language],
    queryFn: () => take(commands.searchPrograms({ words: null, language })),
  });
  return useMemo(() => new Map(data?.programs.map((one) => [one.program, one.name])), [data]);
}
