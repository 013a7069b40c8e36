import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ActualsView, commands, type FigureDto, type WeighedActuals } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import type { Money } from '../../domain/money.ts';
import { useDeal } from '../workspace/desk.tsx';

/** What came in against what was expected. */
export function useActuals(): { actuals: ActualsView | null; fault: Refusal | null; retry: () => void } {
  const { view } = useDeal();
  const { data, error, refetch } = useQuery({
    queryKey: ['actuals', view.deal, view.revision],
    queryFn: () => take(commands.viewActuals({ deal: view.deal })),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const fault = error instanceof Refusal ? error : null;
  return { actuals: data ?? null, fault, retry: () => void refetch() };
}

/** What statements do to everybody: the deal is computed twice, so only when it is asked. */
export function useEffectOf(isAsked: boolean): { effect: WeighedActuals | null; fault: Refusal | null } {
  const { view } = useDeal();
  const { data, error } = useQuery({
    queryKey: ['actuals-effect', view.deal, view.revision],
    queryFn: () => take(commands.weighActuals({ deal: view.deal })),
    placeholderData: keepPreviousData,
    enabled: isAsked,
    retry: false,
  });
  return { effect: data ?? null, fault: error instanceof Refusal ? error : null };
}

export function moneyOf(figure: FigureDto | null | undefined): Money | null {
  return figure?.value.kind === 'money' ? figure.value.amount : null;
}
