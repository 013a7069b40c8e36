import { useQuery } from '@tanstack/react-query';
import { commands, type RevisionEntry } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { useText } from '../../i18n/index.tsx';
import { useAddressLabel } from '../explain/labels.ts';

/** Which part of a history: a page of it, or the page on which a revision stands. */
export type Part = { page: number; around: string | null; isNamed: boolean };

/** A part of the history of an open deal, newest first. */
export function useRevisions(deal: string, revision: number, { page, around, isNamed }: Part) {
  return useQuery({
    queryKey: ['revisions', deal, revision, page, around, isNamed],
    queryFn: () =>
      take(commands.listRevisions({ deal, page: String(page), around, named_only: isNamed ? 'true' : null })),
    placeholderData: (before) => before,
  });
}

/** What led to a revision, in words: the cell that was changed, or what was done. */
export function useRevisionWords(): (revision: RevisionEntry) => string {
  const { t } = useText();
  const label = useAddressLabel();
  return (revision) => {
    if (revision.kind === 'created') return t('history.created');
    if (revision.kind === 'restored') {
      const number = /\d+/.exec(revision.label)?.[0];
      return number ? t('history.restored', { number }) : revision.label;
    }
    return /^[a-z_]+([.[]|$)/.test(revision.label) ? label(revision.label) : revision.label;
  };
}

/** A moment as a person reads it: day and time. */
export function formatMoment(at: string, locale: string): string {
  const options: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  };
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, options).format(Date.parse(at));
}
