/** A program as the file writes it. What is wrong in it is for the engine to say; here it is only changed. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Doc = { readonly [key: string]: Json };
export type Path = readonly (string | number)[];
export type Element = { readonly [key: string]: Json };

/** The lists of a program and the field that names their elements, as faults name them. */
const NAMED: Record<string, string> = {
  inputs: 'name',
  constants: 'id',
  lines: 'id',
  conditions: 'id',
  cash: 'label',
  sources: 'id',
  short_forms: 'id',
};

export function isDoc(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The document of a text; null where the text is no JSON object. */
export function readDoc(text: string): Doc | null {
  try {
    const read: unknown = JSON.parse(text);
    return isDoc(read) ? read : null;
  } catch {
    return null;
  }
}

export function writeDoc(doc: Doc): string {
  return JSON.stringify(doc, null, 2);
}

export function at(doc: Json, path: Path): Json | undefined {
  let value: Json | undefined = doc;
  for (const key of path) {
    if (Array.isArray(value) && typeof key === 'number') value = value[key];
    else if (isDoc(value) && typeof key === 'string') value = value[key];
    else return undefined;
  }
  return value;
}

export function textAt(doc: Json, path: Path): string {
  const value = at(doc, path);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** The elements of a list, those that are elements. */
export function elements(doc: Doc, list: string): readonly Element[] {
  const value = doc[list];
  return Array.isArray(value) ? value.map((one: Json) => (isDoc(one) ? one : {})) : [];
}

/** The document with another value at a path; `undefined` takes the field away. */
export function withAt(doc: Json, path: Path, value: Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) return value ?? null;
  if (typeof key === 'number') {
    const list: Json[] = Array.isArray(doc) ? [...doc] : [];
    if (rest.length === 0 && value === undefined) list.splice(key, 1);
    else list[key] = withAt(list[key] ?? null, rest, value);
    return list;
  }
  const object: Record<string, Json> = isDoc(doc) ? { ...doc } : {};
  if (rest.length === 0 && value === undefined) delete object[key];
  else object[key] = withAt(object[key] ?? null, rest, value);
  return object;
}

export function changed(doc: Doc, path: Path, value: Json | undefined): Doc {
  const next = withAt(doc, path, value);
  return isDoc(next) ? next : doc;
}

/** An element moved up or down its list. */
export function moved(doc: Doc, list: string, from: number, by: number): Doc {
  const all = doc[list];
  const to = from + by;
  if (!Array.isArray(all) || to < 0 || to >= all.length) return doc;
  const next: Json[] = [...all];
  const [one] = next.splice(from, 1);
  next.splice(to, 0, one ?? null);
  return { ...doc, [list]: next };
}

/** A name that no input, number or line of the form has yet. */
export function freeName(doc: Doc, wish: string): string {
  const used = new Set(namesIn(doc).map(({ name }) => name));
  let name = wish;
  for (let number = 2; used.has(name); number++) name = `${wish}_${number}`;
  return name;
}

export type NameIn = { name: string; label: string; list: 'inputs' | 'constants' | 'lines' };

/** Every name a formula may use. */
export function namesIn(doc: Doc): NameIn[] {
  return (['inputs', 'constants', 'lines'] as const).flatMap((list) =>
    elements(doc, list).flatMap((one) => {
      const name = one[NAMED[list] ?? 'id'];
      const label = one.label;
      return typeof name === 'string'
        ? [{ name, label: typeof label === 'string' ? label : name, list }]
        : [];
    }),
  );
}

/** The address of a field, as faults name it: `lines[credit].formula`. */
export function addressOf(doc: Doc, path: Path): string {
  let text = '';
  path.forEach((key, depth) => {
    if (typeof key === 'string') {
      text += text === '' ? key : `.${key}`;
      return;
    }
    const field = NAMED[String(path[depth - 1])];
    const name = field ? at(doc, [...path.slice(0, depth + 1), field]) : undefined;
    text += `[${typeof name === 'string' && name !== '' ? name : key}]`;
  });
  return text;
}

/** Which of these addresses a fault is about: its own field, else the nearest one it names a part of. */
export function nearest(path: string, addresses: readonly string[]): string | null {
  if (addresses.includes(path)) return path;
  const within = addresses.filter((one) => one.startsWith(path) && /^[.[]/.test(one.slice(path.length)));
  if (path !== '' && within[0] !== undefined) return within[0];
  const around = addresses.filter((one) => path.startsWith(one) && /^[.[]/.test(path.slice(one.length)));
  return around.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** The list a fault belongs to, such as `lines`; empty for the program itself. */
export function listOf(path: string): string {
  return /^(\w+)\[/.exec(path)?.[1] ?? path.split('.', 1)[0] ?? '';
}

/** The place in a formula that a reader stopped at, counted from nought. */
export function columnOf(message: string): number | null {
  const hit = /\bat character (\d+)/.exec(message);
  return hit ? Number(hit[1]) : null;
}
