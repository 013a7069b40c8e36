import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { type AssessedProgram, type ClaimInputDto, commands, type TreeDto } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import type { BudgetLine } from '../../domain/document.ts';
import { counts, useIncentives } from '../incentives/view.ts';
import { useDesk } from '../workspace/desk.tsx';

/** A program that counts a line, and the inputs of its form that take something of it. */
export type Counted = { claim: string; name: string; inputs: readonly string[] };

/** Lines that bring something to an input, by the input's address. */
export type Bringing = ReadonlyMap<string, ReadonlySet<string>>;

const LINE = /^budget\.lines\[([^\]]+)\]/;

const lineOf = (path: string) => LINE.exec(path)?.[1];

/** How much a node is worth, for telling something from nothing and what is added from what is taken off. */
function weightOf({ value }: TreeDto): number {
  if (value.kind === 'money') return value.amount.minor;
  return value.kind === 'number' ? Number(value.decimal) : 0;
}

/** Every line in the leaves under a node. */
function linesUnder(node: TreeDto): string[] {
  const own = node.leaf !== null && 'path' in node.leaf ? lineOf(node.leaf.path) : undefined;
  return [...(own === undefined ? [] : [own]), ...node.inputs.flatMap(linesUnder)];
}

/** What a node is added up from: the parts of a sum, also of one that is scaled or converted as a whole. */
function partsOf(node: TreeDto): TreeDto[] {
  if (node.operation === 'sum') return node.inputs.flatMap(partsOf);
  const sums = node.inputs.filter((input) => input.operation === 'sum' || hasSum(input));
  return sums.length === 1 && sums[0] ? partsOf(sums[0]) : [node];
}

const hasSum = (node: TreeDto): boolean => node.inputs.some((one) => one.operation === 'sum' || hasSum(one));

/**
 * The lines that bring more to an amount than is taken off for them; one whose part comes to nothing brings nothing. Null
 * where a part is folded too deep to tell whose it is.
 */
export function bringingLines(node: TreeDto): Set<string> | null {
  const brought = new Map<string, number>();
  for (const part of partsOf(node)) {
    const weight = weightOf(part);
    if (weight === 0) continue;
    const lines = new Set(linesUnder(part));
    if (lines.size === 0) return null;
    for (const line of lines) brought.set(line, (brought.get(line) ?? 0) + weight);
  }
  return new Set([...brought].flatMap(([line, weight]) => (weight > 0 ? [line] : [])));
}

/** The amounts a program reads from the budget. */
const amountsOf = (program: AssessedProgram) =>
  program.inputs.filter((input) => input.from === 'budget' && input.unit === 'money');

const linesOf = (input: ClaimInputDto, bringing: Bringing) =>
  bringing.get(input.figure?.address ?? '') ?? new Set(input.cells.flatMap((cell) => lineOf(cell) ?? []));

const liesWithin = (place: string, area: string) => place === area || place.startsWith(`${area}-`);

/**
 * Which claimed programs count which lines, by what the lines bring to the amounts of their forms; where that is not
 * known, by the cells the amounts were read from. The cost of the whole film is read from every line and makes none of
 * them count.
 */
export function countedLines(
  programs: readonly AssessedProgram[],
  lines: readonly BudgetLine[],
  bringing: Bringing = new Map(),
): Map<string, Counted[]> {
  const found = new Map<string, Counted[]>();
  const placesOf = new Map(
    lines.map((line) => [line.id, (line.spend ?? []).map((part) => part.jurisdiction)]),
  );
  for (const program of programs.filter(counts)) {
    const isThere = (id: string) =>
      (placesOf.get(id) ?? []).some((place) => liesWithin(place, program.jurisdiction));
    const read = amountsOf(program)
      .map((input) => ({ label: input.label, lines: linesOf(input, bringing) }))
      .filter((input) => input.lines.size > 0 && [...input.lines].every(isThere));
    const narrow = read.filter((input) => input.lines.size < lines.length);
    const meant = narrow.length > 0 ? narrow : read;
    for (const { id } of lines) {
      const inputs = meant.filter((input) => input.lines.has(id)).map((input) => input.label);
      if (inputs.length === 0) continue;
      found.set(id, [...(found.get(id) ?? []), { claim: program.claim, name: program.name, inputs }]);
    }
  }
  return found;
}

/** How long a deal stands still before it is asked in detail: not while something is dragged. */
const STILL = 300;

function useIsStill(revision: number): boolean {
  const [settled, setSettled] = useState(revision);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(revision), STILL);
    return () => clearTimeout(timer);
  }, [revision]);
  return settled === revision;
}

/** What each line qualifies for; the amounts explain themselves, and what they are added up from decides. */
export function useCounted(lines: readonly BudgetLine[], isShown: boolean): Map<string, Counted[]> {
  const { view } = useDesk();
  const { data } = useIncentives();
  const isStill = useIsStill(view?.revision ?? 0);
  const addresses = (data?.programs ?? [])
    .filter(counts)
    .flatMap((program) => amountsOf(program).flatMap((input) => input.figure?.address ?? []));
  const query = useQuery({
    queryKey: ['budget-counted', view?.deal, view?.revision, addresses.join(' ')],
    queryFn: async () => {
      const trees = await Promise.all(
        addresses.map((address) => take(commands.explainFigure({ deal: view?.deal ?? '', address }))),
      );
      return new Map(
        trees.flatMap((tree, at) => {
          const lines = bringingLines(tree);
          return lines === null ? [] : [[addresses[at] ?? '', lines] as const];
        }),
      );
    },
    enabled: isShown && isStill && view !== null && addresses.length > 0,
    // What was known of the revision before stands until the new one is there.
    placeholderData: (before) => before,
  });
  return useMemo(
    () => countedLines(data?.programs ?? [], lines, query.data ?? new Map()),
    [data, lines, query.data],
  );
}
