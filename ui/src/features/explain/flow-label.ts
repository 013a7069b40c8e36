import { formatMonth } from '../../domain/dates.ts';
import type { Translate } from '../../i18n/index.tsx';

/** What flows, to the end of a period or in it: `flow(2032-12).account>tier:gap`. */
const FLOW = /^flow\((in=)?(\d{4}-\d{2})[^)]*\)\.(.*)$/;
const TOTALS = new Set(['gross', 'received', 'paid', 'shared', 'held', 'left_over']);
const PLAIN = new Set(['account', 'contributions', 'refunds', 'residual', 'held', 'left_over']);

type Words = {
  t: Translate;
  maybe: (key: string, fallback: string) => string;
  locale: string;
  /** What a part of the deal is called, by its id. */
  name: (id: string) => string;
};

function station(id: string, { t, maybe, name }: Words): string {
  const [kind = '', rest = ''] = id.split(/:(.*)/s);
  if (PLAIN.has(id)) return t(`flow.station.${id as 'held'}`);
  if (kind === 'others') return t('flow.label.others');
  if (kind === 'window') return maybe(`window.${rest}`, rest.replace(/_/g, ' '));
  if (kind === 'off') return maybe(`deduction.${rest}`, rest.replace(/_/g, ' '));
  return name(rest);
}

/** An address of what flows as a person reads it; null for any other. */
export function flowLabel(address: string, words: Words): string | null {
  const [, alone, month = '', id = ''] = FLOW.exec(address) ?? [];
  if (id === '') return null;
  const { t, locale } = words;
  const [from = '', to] = id.split('>');
  const what = to
    ? t('flow.label.stream', { from: station(from, words), to: station(to, words) })
    : TOTALS.has(id) && !PLAIN.has(id)
      ? t(`flow.label.${id as 'gross'}`)
      : station(id, words);
  return t(alone ? 'flow.label.during' : 'flow.label.through', {
    station: what,
    month: formatMonth(month, locale),
  });
}
