import { formatDate } from '../../domain/dates.ts';
import type { DealDocument } from '../../domain/document.ts';
import { numberFormat } from '../../domain/intl.ts';
import { formatExact, parseDocumentMoney, writeDocumentMoney } from '../../domain/money.ts';
import { shiftPoint } from '../../domain/rate.ts';
import type { Translate } from '../../i18n/index.tsx';
import { findTier, type Plan, type PlanTier } from './plan.ts';

const THIN = '\u202f';

/** How the things a plan speaks of are called, in the reader's language. */
export type Names = {
  t: Translate;
  maybe: (key: string, fallback: string, params?: Record<string, string | number>) => string;
  locale: string;
  party: (id: string | undefined) => string;
  instrument: (id: string | undefined) => string;
  tier: (id: string | undefined) => string;
  source: (id: string) => string;
  place: (code: string) => string;
  series: (id: string | undefined) => string;
  /** What was put in under an instrument, where that is known: it stands behind its name. */
  principal: (instrument: string | undefined) => string | null;
};

/** An exact share as people read it: a third stays a third, everything else is a percentage to its last digit. */
export function shareText(rate: string, locale: string): string {
  if (rate.includes('/')) return rate;
  const percent = shiftPoint(rate, 2);
  return `${numberFormat(locale, 0, 12).format(percent as Intl.StringNumericLiteral)}${THIN}%`;
}

/** A multiple other than one, and how it is written: 120 % of, 2.5 times. */
export const isOnce = (factor: string | undefined): boolean => factor === undefined || Number(factor) === 1;

/** An amount of the document with its currency, to the cent where it has cents. */
export function amountText(text: string | undefined, locale: string): string {
  const money = parseDocumentMoney(text);
  if (!money) return text ?? '–';
  return `${money.currency}\u00a0${money.minor === 0 ? '0' : formatExact(money, locale)}`;
}

/** No money at all, as the document writes it. */
export function nothingIn(currency: string): string {
  return writeDocumentMoney({ minor: 0, currency });
}

export function dayText(day: string | undefined, locale: string): string {
  return day === undefined ? '–' : formatDate(day, locale);
}

/** The parts of a list in a sentence: a, b and c. */
export function listText(parts: readonly string[], word: string): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1)}`;
}

type Words = {
  t: Translate;
  maybe: Names['maybe'];
  locale: string;
  place: (code: string) => string;
  principal?: (instrument: string) => string | null;
};

/** The names that a deal gives. What has no name is called by its id. */
export function namesOf(document: DealDocument, plan: Plan, words: Words): Names {
  const { t, maybe, locale, place } = words;
  const sources = document.revenue?.sources ?? [];
  return {
    t,
    maybe,
    locale,
    place,
    party: (id) => document.parties?.find((one) => one.id === id)?.name ?? id ?? t('plan.nobody'),
    instrument: (id) => document.instruments?.find((one) => one.id === id)?.name ?? id ?? '–',
    tier: (id) => tierName(id === undefined ? null : findTier(plan, id), maybe) ?? id ?? '–',
    source: (id) => sources.find((one) => one.id === id)?.label ?? maybe(`plan.source.${id}`, id),
    series: (id) => plan.unit_series?.find((one) => one.id === id)?.label ?? id ?? '–',
    principal: (id) => (id === undefined ? null : (words.principal?.(id) ?? null)),
  };
}

export function tierName(tier: PlanTier | null, maybe: Names['maybe']): string | null {
  if (!tier) return null;
  return tier.label ?? maybe(`tier.${tier.role ?? 'other'}`, tier.id);
}
