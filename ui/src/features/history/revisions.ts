import { useQuery } from '@tanstack/react-query';
import { commands, type RevisionEntry, type Revisions } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { useText } from '../../i18n/index.tsx';
import { useAddressLabel } from '../explain/labels.ts';

/** One page of the history of an open deal, newest first. */
export function useRevisions(deal: string, revision: number, page: number) {
  return useQuery({
    queryKey: ['revisions', deal, revision, page],
    queryFn: () => take(commands.listRevisions({ deal, page: String(page) })),
    placeholderData: (before) => before,
  });
}

/** The whole history; asked for only where a name or one revision is looked for in it. */
export function useAllRevisions(deal: string, revision: number, isAsked: boolean) {
  return useQuery({
    queryKey: ['all-revisions', deal, revision],
    queryFn: () => readAll((page) => take(commands.listRevisions({ deal, page: String(page) }))),
    enabled: isAsked,
    placeholderData: (before) => before,
  });
}

export async function readAll(read: (page: number) => Promise<Revisions>): Promise<RevisionEntry[]> {
  const first = await read(1);
  const pages = Math.ceil(first.total / Math.max(1, first.page_size));
  const all = [...first.revisions];
  for (let page = 2; page <= pages; page++) all.push(...(await read(page)).revisions);
  return all;
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
