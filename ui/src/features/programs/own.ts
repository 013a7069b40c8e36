import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { commands, type OwnProgramEntry } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';

const KEY = ['programs', 'own'] as const;
const NONE: readonly OwnProgramEntry[] = [];

type Own = { programs: readonly OwnProgramEntry[]; fault: Refusal | null; isPending: boolean };

/** The person's own programs, those of this session and those that are kept. */
export function useOwnPrograms(): Own {
  const found = useQuery({ queryKey: KEY, queryFn: () => take(commands.listOwnPrograms({})) });
  return {
    programs: found.data?.programs ?? NONE,
    fault: found.error instanceof Refusal ? found.error : null,
    isPending: found.isPending,
  };
}

/** After an own program was kept, restored or deleted: every list that shows it asks again. */
export function useOwnChanged(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['programs'] }),
      client.invalidateQueries({ queryKey: ['program'] }),
    ]);
  }, [client]);
}
