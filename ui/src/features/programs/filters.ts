import type { ProgramEntry } from '../../api/bindings.ts';

/** A program in the list: one of the library, or one of the person's own. */
export type Listed = ProgramEntry & { own?: string };

export const ALL = '*';
export const SORTS = ['place', 'name', 'kind', 'sunset', 'reviewed'] as const;
export type Sort = (typeof SORTS)[number];

/** What the list is narrowed to; the address of the page holds it, so that a reload and a link find it again. */
export type Filters = {
  q: string;
  place: string;
  kind: string;
  stream: string;
  animation: string;
  form: string;
  confidence: string;
  force: string;
  origin: string;
  sort: Sort;
};

export const EVERYTHING: Filters = {
  q: '',
  place: ALL,
  kind: ALL,
  stream: ALL,
  animation: ALL,
  form: ALL,
  confidence: ALL,
  force: ALL,
  origin: ALL,
  sort: 'place',
};

type Search = Record<string, unknown>;

/** The filters an address holds; what it does not name, or names wrongly, is not narrowed. */
export function readFilters(search: Search): Filters {
  const text = (key: keyof Filters) =>
    typeof search[key] === 'string' || typeof search[key] === 'number'
      ? String(search[key])
      : EVERYTHING[key];
  const filters = Object.fromEntries(
    (Object.keys(EVERYTHING) as (keyof Filters)[]).map((key) => [key, text(key)]),
  ) as Filters;
  return SORTS.includes(filters.sort) ? filters : { ...filters, sort: EVERYTHING.sort };
}

/** Only what differs from everything stands in the address. */
export function writeFilters(filters: Filters): Partial<Filters> {
  return Object.fromEntries(
    Object.entries(filters).filter(([key, value]) => value !== EVERYTHING[key as keyof Filters]),
  );
}

export function isNarrowed(filters: Filters): boolean {
  return Object.keys(writeFilters(filters)).some((key) => key !== 'sort');
}

/** Whether a program may still be claimed on a day, ends soon after it, or does not apply. */
export type Force = 'in_force' | 'soon' | 'ended' | 'not_yet';

const SOON_YEARS = 2;

export function forceOn(program: ProgramEntry, day: string): Force {
  const end = [program.until, program.sunset].filter((date) => date !== null).sort()[0] ?? null;
  if (program.from > day) return 'not_yet';
  if (end !== null && end < day) return 'ended';
  const soon = `${Number(day.slice(0, 4)) + SOON_YEARS}${day.slice(4)}`;
  return end !== null && end <= soon ? 'soon' : 'in_force';
}

export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

export function countryOf(jurisdiction: string): string {
  return jurisdiction.slice(0, 2);
}

/** What a search looks through, in the reader's language. */
export type Described = (program: Listed) => string;

export function filtered(
  programs: readonly Listed[],
  filters: Filters,
  day: string,
  described: Described,
  alsoFound: ReadonlySet<string> = new Set(),
): Listed[] {
  const words = fold(filters.q).split(/\s+/).filter(Boolean);
  const chosen = (key: 'kind' | 'stream' | 'confidence', program: Listed) =>
    filters[key] === ALL || program[key] === filters[key];
  return programs.filter((program) => {
    const text = words.length > 0 ? fold(described(program)) : '';
    const force = forceOn(program, day);
    return (
      (words.every((word) => text.includes(word)) || alsoFound.has(program.program)) &&
      (filters.place === ALL ||
        program.jurisdiction === filters.place ||
        countryOf(program.jurisdiction) === filters.place) &&
      chosen('kind', program) &&
      chosen('confidence', program) &&
      (filters.stream === ALL || program.stream === 'either' || chosen('stream', program)) &&
      (filters.animation === ALL || program.animation === (filters.animation === 'yes')) &&
      (filters.form === ALL || program.computable === (filters.form === 'computable')) &&
      (filters.force === ALL ||
        force === filters.force ||
        (filters.force === 'in_force' && force === 'soon')) &&
      (filters.origin === ALL || (program.own !== undefined) === (filters.origin === 'own'))
    );
  });
}

export function sorted(
  programs: readonly Listed[],
  sort: Sort,
  named: (program: Listed) => { place: string; kind: string },
  locale: string,
): Listed[] {
  const order = new Intl.Collator(locale);
  const never = '9999';
  const key: Record<Sort, (program: Listed) => string> = {
    place: (program) => named(program).place,
    name: (program) => program.name,
    kind: (program) => named(program).kind,
    sunset: (program) => [program.sunset ?? never, program.until ?? never].sort()[0] ?? never,
    reviewed: (program) => program.reviewed,
  };
  const of = key[sort];
  return [...programs].sort(
    (a, b) =>
      order.compare(of(a), of(b)) || order.compare(a.name, b.name) || (a.program < b.program ? -1 : 1),
  );
}
