import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { commands, type SensitivityView } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { useDeal } from '../workspace/desk.tsx';
import type { Output } from './outputs.ts';

/** Which input moves a result most, at the revision on show; what stood there stays until the new one is computed. */
export function useSensitivity(party: string | null, output: Output, enabled: boolean) {
  const { view } = useDeal();
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: ['risk-sensitivity', view.deal, view.revision, party, output],
    queryFn: () => take(commands.viewSensitivity({ deal: view.deal, party, output, paths: null })),
    placeholderData: keepPreviousData<SensitivityView>,
    enabled,
  });
  return {
    sensitivity: data ?? null,
    comes: isPlaceholderData || (enabled && data === undefined && error === null),
    fault: error instanceof Refusal ? error : null,
    retry: () => void refetch(),
  };
}
