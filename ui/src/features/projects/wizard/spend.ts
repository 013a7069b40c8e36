import type { ProgramEntry } from '../../../api/bindings.ts';
import type { BudgetLine, DealDocument, SpendShare } from '../../../domain/document.ts';
import type { CellValue } from '../../workspace/desk.tsx';

/** Lines as they are written back: what a page does not know of a line stays as it is. */
function written(lines: readonly BudgetLine[]): CellValue {
  return lines as unknown as CellValue;
}

/** Where the work is made: where lines are spent, what claims look at, and what was ticked just now. */
export function chosenPlaces(document: DealDocument, extra: readonly string[]): string[] {
  const spent = (document.budget?.lines ?? []).flatMap((line) => line.spend ?? []);
  const claimed = (document.incentives ?? []).flatMap((claim) => claim.jurisdiction ?? []);
  const places = [...new Set([...spent.map((share) => share.jurisdiction), ...extra])];
  // A national claim looks at the spend in the regions as well: it makes no place of its own beside them.
  const others = claimed.filter((code) => !places.some((place) => place.startsWith(code)));
  return [...new Set([...places, ...others])];
}

/** A version that applies on the day, of a program the law still provides then. */
export function inForce(program: ProgramEntry, day: string): boolean {
  return program.computable && (program.until ?? '9999') >= day && (program.sunset ?? '9999') >= day;
}

function replaced(spend: readonly SpendShare[], place: string, share: string): SpendShare[] {
  const known = spend.find((one) => one.jurisdiction === place);
  if (!known) return [...spend, { id: place, jurisdiction: place, share }];
  return spend.map((one) => (one === known ? { ...one, share } : one));
}

/** The lines with a place more: the first takes all of each line that is not placed, a later one nothing yet. */
export function withPlace(lines: readonly BudgetLine[], place: string, isFirst: boolean): CellValue {
  return written(
    lines.map((line) => {
      const spend = line.spend ?? [];
      if (spend.some((share) => share.jurisdiction === place)) return line;
      return { ...line, spend: replaced(spend, place, isFirst && spend.length === 0 ? '1' : '0') };
    }),
  );
}

export function withoutPlace(lines: readonly BudgetLine[], place: string): CellValue {
  return written(
    lines.map((line) => {
      const { spend = [], ...rest } = line;
      const left = spend.filter((share) => share.jurisdiction !== place);
      return left.length > 0 ? { ...rest, spend: left } : rest;
    }),
  );
}

/** The lines with the same share spent at a place. */
export function withShare(lines: readonly BudgetLine[], place: string, share: string): CellValue {
  return written(lines.map((line) => ({ ...line, spend: replaced(line.spend ?? [], place, share) })));
}

/** The share every line spends at a place; null where they differ. */
export function commonShare(lines: readonly BudgetLine[], place: string): string | null {
  const shares = lines.map(
    (line) => (line.spend ?? []).find((one) => one.jurisdiction === place)?.share ?? '0',
  );
  const [first = '0'] = shares;
  return shares.every((share) => Number(share) === Number(first)) ? first : null;
}
