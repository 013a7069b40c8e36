import type { BudgetLine } from '../../domain/document.ts';
import { freeId } from '../ids.ts';

/** A list as it becomes, and the row that is at hand then. */
export type Rearranged = { lines: readonly BudgetLine[]; at: number };

const idsOf = (lines: readonly BudgetLine[]) => lines.map(({ id }) => id);

/** New lines under ids made of their names. */
export function withIds(added: readonly BudgetLine[], known: readonly BudgetLine[]): BudgetLine[] {
  const used = idsOf(known);
  return added.map((line) => {
    const id = freeId(line.label, used);
    used.push(id);
    return { ...line, id };
  });
}

/** An empty line below a row: of the same account, place and phase, as the lines of a group mostly are. */
export function inserted(lines: readonly BudgetLine[], after: number, label: string): Rearranged {
  const above = lines[after];
  const [line] = withIds(
    [
      {
        id: '',
        account: above?.account ?? 'other',
        label,
        ...(above?.spend
          ? {
              spend: above.spend.map(({ id, jurisdiction, share }) => ({
                id,
                jurisdiction,
                ...(share === undefined ? {} : { share }),
              })),
            }
          : {}),
        ...(above?.phase ? { phase: above.phase } : {}),
      },
    ],
    lines,
  );
  const at = above === undefined ? lines.length : after + 1;
  return { lines: line ? [...lines.slice(0, at), line, ...lines.slice(at)] : lines, at };
}

/** The rows again below themselves, as they are, under ids of their own. */
export function duplicated(lines: readonly BudgetLine[], first: number, last: number): Rearranged {
  const copies = withIds(lines.slice(first, last + 1), lines);
  return { lines: [...lines.slice(0, last + 1), ...copies, ...lines.slice(last + 1)], at: last + 1 };
}

/** The rows one place up or down, together; they stay where they are at either end. */
export function moved(lines: readonly BudgetLine[], first: number, last: number, step: 1 | -1): Rearranged {
  const block = lines.slice(first, last + 1);
  const rest = [...lines.slice(0, first), ...lines.slice(last + 1)];
  const to = Math.max(0, Math.min(first + step, rest.length));
  return { lines: [...rest.slice(0, to), ...block, ...rest.slice(to)], at: to };
}

export function removed(lines: readonly BudgetLine[], first: number, last: number): Rearranged {
  const left = [...lines.slice(0, first), ...lines.slice(last + 1)];
  return { lines: left, at: Math.max(0, Math.min(first, left.length - 1)) };
}
