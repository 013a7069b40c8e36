import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { commands, type FigureDto, type RevenueView } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import type { Money } from '../../domain/money.ts';
import { useDeal } from '../workspace/desk.tsx';

/** Who has which rights where, and what each case and quarter comes to. */
export function useRevenue(): { revenue: RevenueView | null; fault: Refusal | null; retry: () => void } {
  const { view } = useDeal();
  const { data, error, refetch } = useQuery({
    queryKey: ['revenue', view.deal, view.revision],
    queryFn: () => take(commands.viewRevenue({ deal: view.deal })),
    placeholderData: keepPreviousData,
  });
  return {
    revenue: data ?? null,
    fault: error instanceof Refusal ? error : null,
    retry: () => void refetch(),
  };
}

export function moneyOf(figure: FigureDto | null | undefined): Money | null {
  return figure?.value.kind === 'money' ? figure.value.amount : null;
}
