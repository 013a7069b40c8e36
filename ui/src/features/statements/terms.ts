import type { CompareRecoupment, RevisionEntry } from '../../api/bindings.ts';
import type { Amendment } from '../waterfall-editor/plan.ts';

/** Terms to compare with, as one value of a list: `derived`, `without:a+b`, `revision:…`. */
export type TermsChoice = { value: string; label: string };

type Words = {
  derived: string;
  all: string;
  without: (amendment: string) => string;
  revision: (number: number, name: string) => string;
};

/** What the deal's own terms can be compared with: amendments left out first, then the stack, then the past. */
export function choicesOf(
  amendments: readonly Pick<Amendment, 'id' | 'label'>[],
  revisions: readonly RevisionEntry[],
  words: Words,
): TermsChoice[] {
  const single = amendments.map((one) => ({
    value: `without:${one.id}`,
    label: words.without(one.label ?? one.id),
  }));
  const all = amendments.map((one) => one.id).join('+');
  const past = revisions.filter((entry) => !entry.current);
  return [
    ...(amendments.length > 1 ? [{ value: `without:${all}`, label: words.all }] : []),
    ...single,
    { value: 'derived', label: words.derived },
    ...past.map((entry) => ({
      value: `revision:${entry.revision}`,
      label: words.revision(entry.number, entry.names[0]?.name ?? entry.label),
    })),
  ];
}

/** The question behind a choice; null for the plan that follows from the stack, which has to be derived first. */
export function asked(deal: string, choice: string): CompareRecoupment | null {
  const nothing = { deal, without: [], plan: null, revision: null };
  if (choice.startsWith('without:')) {
    return { ...nothing, without: choice.slice('without:'.length).split('+') };
  }
  if (choice.startsWith('revision:')) return { ...nothing, revision: choice.slice('revision:'.length) };
  return null;
}
