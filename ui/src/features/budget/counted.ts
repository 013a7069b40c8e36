import type { AssessedProgram, ClaimInputDto } from '../../api/bindings.ts';
import type { BudgetLine } from '../../domain/document.ts';
import { counts } from '../incentives/view.ts';

/** A program that counts a line, and the inputs of its form that read it. */
export type Counted = { claim: string; name: string; inputs: readonly string[] };

const LINE = /^budget\.lines\[([^\]]+)\]/;

const linesOf = (input: ClaimInputDto) => new Set(input.cells.flatMap((cell) => LINE.exec(cell)?.[1] ?? []));

const liesWithin = (place: string, area: string) => place === area || place.startsWith(`${area}-`);

/**
 * Which claimed programs count which lines: their forms say which cells each amount was read from. The total cost of the
 * film is read from every line wherever it is spent, and makes none of them count.
 */
export function countedLines(
  programs: readonly AssessedProgram[],
  lines: readonly BudgetLine[],
): Map<string, Counted[]> {
  const found = new Map<string, Counted[]>();
  const placesOf = new Map(
    lines.map((line) => [line.id, (line.spend ?? []).map((part) => part.jurisdiction)]),
  );
  for (const program of programs.filter(counts)) {
    const isThere = (id: string) =>
      (placesOf.get(id) ?? []).some((place) => liesWithin(place, program.jurisdiction));
    const read = program.inputs
      .filter((input) => input.from === 'budget' && input.unit === 'money')
      .map((input) => ({ label: input.label, lines: linesOf(input) }))
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
