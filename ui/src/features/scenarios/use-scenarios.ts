import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { commands, type ScenarioDto } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { useText } from '../../i18n/index.tsx';
import { sourceSegments } from '../capital/segments.ts';
import { useProgramNames } from '../programs/names.ts';
import { useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { nowOf, scenarioOf } from './adapt.ts';
import { WISHES, type Wishes } from './allocation.ts';
import type { Asked, Offer } from './generate.tsx';
import type { Part, Scenario } from './types.ts';

export type Made = {
  /** The deal as it stands, and those that were made of it. */
  scenarios: readonly Scenario[];
  /** As they were made, with what each changes in the deal. */
  made: readonly ScenarioDto[];
  revision: number | null;
  offers: readonly Offer[];
  /** How many came out the same as another. */
  same: number;
  source: { text: string; reviewed: string } | null;
  isPending: boolean;
  isMoving: boolean;
  fault: Refusal | null;
  retry: () => void;
};

const NONE: readonly never[] = [];

/** The deals that are made of this one: usual shapes of its stack, and one of a person's own. */
export function useScenarios(asked: Asked): Made {
  const { view } = useDeal();
  const { maybe } = useText();
  const { deal, revision } = view;
  const now = useNow();
  const allocations = useMemo(
    () => (asked.own ? [{ name: asked.own.name.trim(), parts: partsOf(asked.own.wishes) }] : []),
    [asked.own],
  );
  const most = asked.equityAtMost;
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery({
    queryKey: ['scenarios', deal, revision, allocations, most],
    queryFn: () =>
      take(commands.generateScenarios({ deal, templates: null, allocations, equity_at_most: most })),
    placeholderData: keepPreviousData,
  });
  const chosen = useMemo(
    () =>
      (data?.scenarios ?? NONE).filter(
        ({ template }) => template === null || asked.templates.includes(template),
      ),
    [data, asked.templates],
  );
  const made = useMemo(() => distinct(chosen), [chosen]);
  const scenarios = useMemo(
    () => [
      now,
      ...made.map((one) =>
        scenarioOf(
          one,
          undefined,
          one.template === null ? one.name : maybe(`scenarios.template.${one.template}`, one.name),
        ),
      ),
    ],
    [now, made, maybe],
  );
  const offers = useMemo(() => (data?.scenarios ?? NONE).flatMap(offerOf), [data]);
  return {
    scenarios,
    made,
    revision: data?.revision ?? null,
    offers,
    same: chosen.length - made.length,
    source: data ? { text: data.template_source, reviewed: data.template_reviewed } : null,
    isPending,
    isMoving: isPlaceholderData,
    fault: error instanceof Refusal ? error : null,
    retry: () => void refetch(),
  };
}

/** A usual shape whose stack is that of another in sight to the cent says nothing new; a person's own is shown as it is. */
function distinct(chosen: readonly ScenarioDto[]): ScenarioDto[] {
  const inSight = new Set(chosen.map(({ scenario }) => scenario));
  return chosen.filter(
    ({ template, same_as: same }) => template === null || same === null || !inSight.has(same),
  );
}

/** The deal as it stands, with its stack from the book of figures. */
function useNow(): Scenario {
  const { document } = useDeal();
  const { t } = useText();
  const book = useBook();
  const programs = useProgramNames();
  return useMemo(() => {
    const parts = sourceSegments(document, book, { missing: '', programs })
      .filter(({ certainty }) => certainty !== 'missing')
      .map(({ kind, amount, certainty }): Part => ({ kind, amount, isConditional: certainty !== 'firm' }));
    const difference = book.money('closing.difference');
    return nowOf(t('scenarios.working_copy'), parts, difference);
  }, [document, book, programs, t]);
}

const partsOf = (wishes: Wishes) =>
  WISHES.filter((kind) => wishes[kind] > 0).map((kind) => ({ kind, percent: String(wishes[kind]) }));

function offerOf({ template, shares }: ScenarioDto): Offer[] {
  if (template === null) return [];
  const wished = shares.flatMap(({ kind, wished_percent: { value } }) =>
    value.kind === 'number' && Number(value.decimal) > 0 ? [{ kind, percent: Number(value.decimal) }] : [],
  );
  return [{ id: template, shares: wished }];
}
