import type { DealDocument } from '../../domain/document.ts';
import type { Cell } from '../workspace/desk.tsx';

const LISTS = { distribution: 'distribution', sales_agency: 'sales_agencies' } as const;

/** The cells that take a contract or an agency out: no source names it any more, and nothing about it is assumed. */
export function withoutNamed(document: DealDocument, field: keyof typeof LISTS, id: string): Cell[] {
  const element = `revenue.${LISTS[field]}[${id}]`;
  const named = (document.revenue?.sources ?? []).filter((source) => source[field] === id);
  const assumed = (document.assumptions ?? []).filter(({ path }) => path.startsWith(`${element}.`));
  return [
    ...named.map((source) => ({ path: `revenue.sources[${source.id}].${field}`, value: null })),
    ...assumed.map((one) => ({ path: `assumptions[${one.id}]`, value: null })),
    { path: element, value: null },
  ];
}
