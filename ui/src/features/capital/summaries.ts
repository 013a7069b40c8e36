import { formatDate } from '../../domain/dates.ts';
import { moneyAt } from '../../domain/document.ts';
import { formatPercent, formatWhole } from '../../domain/money.ts';
import { formatRateNumber } from '../../domain/rate.ts';
import type { Translate } from '../../i18n/index.tsx';
import { partsOf } from './milestones.ts';
import { collateralWord } from './terms/collateral.tsx';
import type { Collateral, Contract } from './terms/types.ts';

type Words = {
  t: Translate;
  maybe: (key: string, fallback: string) => string;
  locale: string;
  /** What a collateral is called, by its word. */
  over: (word: string) => string;
};

/** How the amount comes about, in a few words: what a rule is and what it rests on. */
export function ruleText({ amount }: Contract, { t, locale, over }: Words): string {
  if (amount === undefined) return '';
  if (amount.fixed !== undefined) return t('inst.rule.fixed');
  if (amount.share_of_budget)
    return t('inst.rule.share', { share: formatPercent(Number(amount.share_of_budget.share), locale) });
  if (amount.remainder) {
    const most = moneyAt(amount.remainder.at_most);
    return most ? t('inst.rule.rest_most', { amount: formatWhole(most, locale) }) : t('inst.rule.rest');
  }
  const parts = amount.advance?.parts ?? [];
  const [first] = parts;
  if (!first) return t('terms.word.advance');
  const share = formatPercent(Number(first.share), locale);
  const named = over(collateralWord(first.against));
  return parts.length === 1
    ? t('inst.rule.advance', { share, over: named })
    : t('inst.rule.advances', { share, count: parts.length });
}

/** The margin over a base rate, where the rate is one; a fixed rate is typed in its own column. */
export function marginText({ rate }: Contract, { t, locale }: Words): string {
  return rate?.over_base
    ? t('inst.margin', {
        base: rate.over_base.base,
        margin: formatRateNumber(rate.over_base.margin, locale),
      })
    : '';
}

/** How its money is called: by what method, and in which events it is paid. */
export function drawdownText({ drawdown }: Contract, { t, maybe, locale }: Words): string {
  if (!drawdown) return '';
  const steps = drawdown.steps ?? [];
  if (drawdown.method === 'steps' && steps.length > 0) {
    return steps
      .map(({ share, on }) => {
        const { word, of } = partsOf(on);
        const event = word === 'date' ? formatDate(of, locale) : maybe(`event.${word}`, word);
        return `${formatPercent(Number(share), locale, 0)} ${event}`;
      })
      .join(', ');
  }
  const method = maybe(`terms.word.${drawdown.method}`, drawdown.method);
  return drawdown.order === undefined ? method : t('inst.drawn', { method, order: drawdown.order });
}

/** What it is secured on, first rank first. */
export function securityText({ security }: Contract, { over, t }: Words): string {
  const rows = [...(security ?? [])].sort((a, b) => (a.rank ?? 99) - (b.rank ?? 99));
  const [first] = rows;
  if (!first) return '';
  const name = over(collateralWord(first.over as Collateral));
  const ranked =
    first.rank === undefined || first.rank === 1 ? name : t('inst.rank', { name, rank: first.rank });
  return rows.length === 1 ? ranked : t('inst.more', { name: ranked, count: rows.length - 1 });
}
