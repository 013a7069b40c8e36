import { calendarFormat } from './intl.ts';

/** Dates stay text ("2029-03-01", "2029-03"): a calendar day has no time zone. */
function utc(text: string): Date | null {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text);
  if (!match) return null;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3] ?? 1);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
}

export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && utc(text) !== null;
}

export function formatDate(text: string, locale: string): string {
  const date = utc(text);
  if (!date) return text;
  return calendarFormat(dateLocale(locale), text.length > 7).format(date);
}

/**
 * Numbers may be written as another country does than the one whose language is read: the locale then names
 * the language in a private part, `de-DE-x-en`. Its months are named in that language, in that country's order.
 */
export function dateLocale(locale: string): string {
  if (locale === 'en') return 'en-GB';
  const mixed = /^[a-z]{2}-([A-Z]{2})-x-([a-z]{2})$/.exec(locale);
  return mixed ? `${mixed[2]}-${mixed[1]}` : locale;
}

export function readingLocale(language: string, numberLocale: string | null): string {
  if (numberLocale === null) return language;
  return numberLocale.startsWith(language) ? numberLocale : `${numberLocale}-x-${language}`;
}

export function formatMonth(text: string, locale: string): string {
  return formatDate(text.slice(0, 7), locale);
}

export function formatQuarter(text: string): string {
  const month = Number(text.slice(5, 7));
  return `Q${Math.ceil(month / 3)} ${text.slice(0, 4)}`;
}

/** Months since year 0: an ordinal for axes. */
export function monthOrdinal(text: string): number {
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
}

export function monthFromOrdinal(ordinal: number): string {
  const year = Math.floor(ordinal / 12);
  return `${year}-${String((ordinal % 12) + 1).padStart(2, '0')}`;
}
