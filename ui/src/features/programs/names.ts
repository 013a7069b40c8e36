import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { commands } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';

/** Names of the programs on file by their ids; the deal itself knows only the ids. */
export function useProgramNames(): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ['programs', ''],
    queryFn: () => take(commands.searchPrograms({ words: null })),
  });
  return useMemo(() => new Map(data?.programs.map((one) => [one.program, one.name])), [data]);
}
