import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { commands, type FlowsView } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import type { FlowData } from '../../charts/recoupment-sankey/data.ts';
import { useText } from '../../i18n/index.tsx';
import { useProgramNames } from '../programs/names.ts';
import { useDeal } from '../workspace/desk.tsx';
import { flowData } from './flow.ts';

export type Opened = ReadonlySet<string>;

/** Where the money goes, at the revision on show; the drawing stays while stations are opened. */
export function useFlows(open: Opened, keep: number | null) {
  const { view } = useDeal();
  const opened = [...open].sort().join('+');
  const query = useQuery({
    queryKey: ['flows', view.deal, view.revision, keep, opened],
    queryFn: () =>
      take(
        commands.viewFlows({
          deal: view.deal,
          keep: keep === null ? null : String(keep),
          open: opened === '' ? null : opened,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  return {
    flows: query.data ?? null,
    isPending: query.isPending,
    fault: query.error instanceof Refusal ? query.error : null,
    retry: () => void query.refetch(),
  };
}

/** What is drawn of it, in the reader's words. */
export function useFlowData(flows: FlowsView | null): FlowData | null {
  const { t, maybe } = useText();
  const { document } = useDeal();
  const programs = useProgramNames();
  return useMemo(() => {
    if (!flows) return null;
    const instruments = new Map((document.instruments ?? []).map((one) => [one.id, one.name]));
    const claims = new Map((document.incentives ?? []).map((one) => [one.id, programs.get(one.program)]));
    return flowData(flows, {
      window: (window) => maybe(`window.${window}`, window.replace(/_/g, ' ')),
      deduction: (word) => maybe(`deduction.${word}`, word.replace(/_/g, ' ')),
      tier: (role) => maybe(`tier.${role}`, role.replace(/_/g, ' ')),
      surplus: (id) => {
        const [bare = id] = id.split('@');
        return instruments.get(id) ?? claims.get(bare) ?? programs.get(bare) ?? id;
      },
      others: (column, count) => t(`flow.others.${column as 'sources'}`, { count }),
      station: (word) => t(`flow.station.${word}`),
    });
  }, [flows, document.instruments, document.incentives, programs, t, maybe]);
}
