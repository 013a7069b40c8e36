import { moneyAt, type Tier } from '../domain/document.ts';
import { regionNames } from '../domain/intl.ts';
import { formatProse } from '../domain/money.ts';
import { useText } from '../i18n/index.tsx';

/** `pre_production` as words, for a term the catalog does not know. */
function plain(term: string): string {
  return term.replace(/_/g, ' ');
}

/** The closed terms of the deal document in the reader's language. */
export function useWords() {
  const { t, maybe, locale } = useText();
  const place = (code: string): string => {
    const named = maybe(`place.${code}`, '');
    if (named) return named;
    try {
      return regionNames(locale).of(code.slice(0, 2)) ?? code;
    } catch {
      return code;
    }
  };
  const limit = (tier: Tier): string => {
    const rule = tier.takes.limit;
    if (!rule) return t('limit.none');
    const amount = moneyAt(rule.amount as string | undefined);
    if (rule.kind === 'amount' && amount) return formatProse(amount, locale);
    return maybe(`limit.${rule.kind}`, plain(rule.kind));
  };
  return {
    place,
    limit,
    term: (
      group:
        | 'phase'
        | 'instrument'
        | 'window'
        | 'basis'
        | 'tier'
        | 'election'
        | 'claim'
        | 'status'
        | 'confidence',
      value: string,
    ) => maybe(`${group}.${value}`, plain(value)),
  };
}
