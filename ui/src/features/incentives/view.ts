import { useQuery } from '@tanstack/react-query';
import {
  type AssessedProgram,
  commands,
  type FigureDto,
  type IncentivesView,
  type WeighedAnswer,
  type WeighedLines,
} from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import type { Money } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useDesk } from '../workspace/desk.tsx';

export type Answered<T> = { data: T | null; isPending: boolean; fault: Refusal | null; retry: () => void };

/** Something about the deal at the revision that is on show. */
export function useOfDeal<T>(what: string, ask: (deal: string) => Promise<T>, how?: string): Answered<T> {
  const { view } = useDesk();
  const query = useQuery({
    queryKey: [what, view?.deal, view?.revision, how],
    queryFn: () => ask(view?.deal ?? ''),
    enabled: view !== null,
  });
  return {
    data: query.data ?? null,
    isPending: query.isPending,
    fault: query.error instanceof Refusal ? query.error : null,
    retry: () => void query.refetch(),
  };
}

/** Every program that was considered. */
export function useIncentives(): Answered<IncentivesView> {
  const { language } = useText();
  return useOfDeal('incentives', (deal) => take(commands.viewIncentives({ deal, language })), language);
}

/** What the next money on each budget line would earn. */
export function useWeighedLines(): Answered<WeighedLines> {
  return useOfDeal('incentives-lines', (deal) => take(commands.weighLines({ deal })));
}

/** What other answers to a program's questions would lead to. */
export function useWeighedAnswers(claim: string | null): readonly WeighedAnswer[] {
  const { view } = useDesk();
  const query = useQuery({
    queryKey: ['incentives-answers', view?.deal, view?.revision, claim],
    queryFn: () => take(commands.weighAnswers({ deal: view?.deal ?? '', claim: claim ?? '' })),
    enabled: view !== null && claim !== null,
  });
  return query.data?.answers ?? [];
}

export function moneyOf(figure: FigureDto | null | undefined): Money | null {
  return figure?.value.kind === 'money' ? figure.value.amount : null;
}

export function decimalOf(figure: FigureDto | null | undefined): string | null {
  return figure?.value.kind === 'number' ? figure.value.decimal : null;
}

export function isNought(figure: FigureDto): boolean {
  return moneyOf(figure)?.minor === 0;
}

export function counts(program: AssessedProgram): boolean {
  return program.standing === 'claimed';
}

/** Programs by jurisdiction, in the order in which the first of each appears. */
export function byJurisdiction(
  programs: readonly AssessedProgram[],
): { jurisdiction: string; programs: AssessedProgram[] }[] {
  const groups = new Map<string, AssessedProgram[]>();
  for (const program of programs) {
    groups.set(program.jurisdiction, [...(groups.get(program.jurisdiction) ?? []), program]);
  }
  return [...groups].map(([jurisdiction, own]) => ({ jurisdiction, programs: own }));
}

/** The months in which a program pays, each once, in order. */
export function monthsOf(program: AssessedProgram): string[] {
  const paid = program.cash.filter((event) => event.date !== null && moneyOf(event.figure)?.minor);
  return [...new Set(paid.map((event) => event.date?.slice(0, 7) ?? ''))].sort();
}
