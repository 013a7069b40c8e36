import type { CellValue } from './desk.tsx';

type Step = { field: string } | { element: string };

function stepsOf(path: string): Step[] {
  return [...path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map((part) =>
    part[1] === undefined ? { field: part[2] ?? '' } : { element: part[1] },
  );
}

function withStep(at: unknown, steps: readonly Step[], change: (before: unknown) => unknown): unknown {
  const [step, ...rest] = steps;
  if (!step) return change(at);
  if ('element' in step) {
    if (!Array.isArray(at)) return at;
    return at.flatMap((one) => {
      if ((one as { id?: unknown }).id !== step.element) return [one];
      const after = withStep(one, rest, change);
      return after === null && rest.length === 0 ? [] : [after];
    });
  }
  const fields = (at ?? {}) as Record<string, unknown>;
  if (typeof fields !== 'object' || Array.isArray(fields)) return at;
  const after = withStep(fields[step.field], rest, change);
  if (after === null || after === undefined) {
    const { [step.field]: _gone, ...others } = fields;
    return others;
  }
  return { ...fields, [step.field]: after };
}

/** The document as it would be with a cell changed: what was typed stays in sight while it is not saved. */
export function withCell<T>(document: T, path: string, value: CellValue): T {
  return withStep(document, stepsOf(path), () => value) as T;
}

/** The document as it would be with an element more. */
export function withElement<T>(document: T, path: string, element: CellValue): T {
  const add = (before: unknown) => [...(Array.isArray(before) ? before : []), element];
  return withStep(document, stepsOf(path), add) as T;
}
