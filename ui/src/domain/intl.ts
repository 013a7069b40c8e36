/**
 * Formatters by locale and options. Making one costs a hundred times what formatting with it does, and a page prints
 * hundreds of figures at every change; there are only a few dozen kinds of them.
 */
const numbers = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();
const plurals = new Map<string, Intl.PluralRules>();
const regions = new Map<string, Intl.DisplayNames>();

function kept<T>(made: Map<string, T>, key: string, make: () => T): T {
  const known = made.get(key);
  if (known !== undefined) return known;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}

/** Numbers with this many decimals; as many as they have, to three, where none are given. */
export function numberFormat(locale: string, least?: number, most = least): Intl.NumberFormat {
  return kept(
    numbers,
    `${locale} ${least} ${most}`,
    () =>
      new Intl.NumberFormat(locale, {
        ...(least === undefined ? {} : { minimumFractionDigits: least }),
        ...(most === undefined ? {} : { maximumFractionDigits: most }),
      }),
  );
}

/** A calendar day, or a month where `withDay` is false: neither has a time zone. */
export function calendarFormat(locale: string, withDay: boolean): Intl.DateTimeFormat {
  return kept(
    dates,
    `${locale} ${withDay}`,
    () =>
      new Intl.DateTimeFormat(locale, {
        ...(withDay ? { day: 'numeric' } : {}),
        month: 'short',
        year: 'numeric',
        timeZone: 'UTC',
      }),
  );
}

export function pluralRules(language: string): Intl.PluralRules {
  return kept(plurals, language, () => new Intl.PluralRules(language));
}

export function regionNames(locale: string): Intl.DisplayNames {
  return kept(regions, locale, () => new Intl.DisplayNames(locale, { type: 'region' }));
}
