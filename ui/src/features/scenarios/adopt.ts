import type { ChangeDto } from '../../api/bindings.ts';
import type { Cell, CellValue } from '../workspace/desk.tsx';
import { withCell, withElement } from '../workspace/overlay.ts';

type Fields = Readonly<Record<string, CellValue>>;

/** A list and the element that is chosen in it. */
const ELEMENT = /^(.*)\[[^[\]]+\]$/;

/** The document with every change made: cells, elements that come and go, and then the order of lists. */
export function applied(document: Fields, changes: readonly ChangeDto[]): Fields {
  let now: Fields = document;
  for (const { path, before, after } of changes.filter((one) => !one.path.endsWith('[]'))) {
    const [, list] = ELEMENT.exec(path) ?? [];
    const isNew = before === null || before === undefined;
    now =
      isNew && list !== undefined
        ? withElement(now, list, after as CellValue)
        : withCell(now, path, (after ?? null) as CellValue);
  }
  for (const { path, after } of changes.filter((one) => one.path.endsWith('[]')))
    now = ordered(now, path.slice(0, -2), after);
  return now;
}

function ordered(document: Fields, path: string, ids: unknown): Fields {
  if (!Array.isArray(ids)) return document;
  const found = elementsAt(document, path);
  const place = (one: CellValue) => ids.indexOf((one as { id?: string }).id);
  return withCell(
    document,
    path,
    [...found].sort((a, b) => place(a) - place(b)),
  );
}

function elementsAt(document: Fields, path: string): readonly CellValue[] {
  let at: unknown = document;
  for (const [, element, field] of path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)) {
    if (element !== undefined)
      at = Array.isArray(at) ? at.find((one) => (one as { id?: string }).id === element) : undefined;
    else at = (at as Record<string, unknown> | undefined)?.[field ?? ''];
  }
  return Array.isArray(at) ? at : [];
}

/** What has to be typed so that the deal is another one: each part of the document that differs, as a whole, in one edit. */
export function cellsOf(document: Fields, changes: readonly ChangeDto[]): Cell[] {
  const after = applied(document, changes);
  const names = new Set([...Object.keys(document), ...Object.keys(after)]);
  return [...names]
    .filter((name) => document[name] !== after[name])
    .map((name) => ({ path: name, value: after[name] ?? null }));
}
