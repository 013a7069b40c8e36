import type { TextKey } from '../../i18n/index.tsx';
import { amountText, dayText, isOnce, listText, type Names, shareText } from './names.ts';
import type { Condition, InterestTerms, Limit, PlanTakes, PlanTier, Relation, Target } from './plan.ts';

/** Whether a comparison holds until its target or from it on. */
const opens = (is: string | undefined): boolean => is === 'at_least' || is === 'more_than';
const beyond = (is: string | undefined): boolean => is === 'up_to' || is === 'more_than';

function multiple(factor: string | undefined, of: string, { t, locale }: Names): string {
  return isOnce(factor) ? of : t('plan.multiple', { factor: shareText(factor ?? '1', locale), of });
}

function put(instrument: string | undefined, names: Names): string {
  const known = names.principal(instrument);
  const name = names.instrument(instrument);
  return known === null
    ? names.t('plan.put_in', { instrument: name })
    : names.t('plan.put_in.amount', { instrument: name, amount: known });
}

function interestText(terms: InterestTerms | undefined, { t, maybe, locale }: Names): string {
  if (!terms) return '';
  return t('plan.interest', {
    rate: shareText(terms.rate_annual, locale),
    compounding: maybe(`plan.compounding.${terms.compounding ?? 'simple'}`, terms.compounding ?? ''),
  });
}

/** What a counter is compared with, in words: an amount, expenses, what was put in. */
export function targetText(target: Target | string | number | undefined, names: Names): string {
  if (typeof target === 'string') return amountText(target, names.locale);
  if (typeof target === 'number' || target === undefined) return String(target ?? '–');
  if ('amount' in target) return amountText(target.amount, names.locale);
  if ('expenses' in target) {
    const of = names.t('plan.expenses_of', { of: target.expenses.of });
    return multiple(target.expenses.factor, of, names);
  }
  return multiple(target.invested.factor, put(target.invested.instrument, names), names);
}

/** Until when a claim takes, in words; empty for a share without end. */
export function limitText(takes: PlanTakes, names: Names): string {
  const { limit } = takes;
  if (!limit) return '';
  const until = limitAlone(limit, names);
  if (!takes.limit_pool) return until;
  return `${until}${names.t('plan.until.pool', { pool: takes.limit_pool })}`;
}

function limitAlone(limit: Limit, names: Names): string {
  const { t, locale } = names;
  switch (limit.kind) {
    case 'amount':
      return t('plan.until.amount', { amount: amountText(limit.amount, locale) });
    case 'expenses':
      return t('plan.until.expenses', {
        target: multiple(limit.factor, t('plan.expenses_of', { of: limit.of ?? '' }), names),
      });
    case 'invested':
      return t('plan.until.back', { target: multiple(limit.factor, put(limit.instrument, names), names) });
    case 'premium':
      return t('plan.until.premium', {
        rate: shareText(limit.rate ?? '0', locale),
        target: put(limit.instrument, names),
      });
    case 'principal_and_interest': {
      const owed = t('plan.principal_and_interest', { instrument: names.instrument(limit.instrument) });
      return t('plan.until.paid', {
        target: `${multiple(limit.factor, owed, names)}${interestText(limit.interest, names)}`,
      });
    }
    case 'preferred_return':
      return t('plan.until.return', {
        target: put(limit.instrument, names),
        interest: interestText(limit.interest, names),
      });
    case 'irr_hurdle':
      return t('plan.until.irr', {
        target: put(limit.instrument, names),
        rate: shareText(limit.rate_annual ?? '0', locale),
      });
    case 'multiple_hurdle':
      return t('plan.until.multiple', {
        target: put(limit.instrument, names),
        multiple: shareText(limit.multiple ?? '1', locale),
      });
    case 'per_unit': {
      const unit = { amount: amountText(limit.amount, locale), series: names.series(limit.series) };
      const { beyond: after = 0 } = limit;
      return after > 0
        ? t('plan.until.per_unit.beyond', { ...unit, units: after.toLocaleString(locale) })
        : t('plan.until.per_unit', unit);
    }
    default:
      return ` (${limit.kind.replace(/_/g, ' ')})`;
  }
}

/** What a share takes of the money, in words. */
function rateText(takes: PlanTakes, { t, locale }: Names): string {
  const rate = takes.rate ?? '1';
  const gross = takes.rate_base === 'gross_of_receipt';
  if (gross)
    return t(takes.unpaid === 'carries_forward' ? 'plan.takes.gross.carried' : 'plan.takes.gross', {
      rate: shareText(rate, locale),
    });
  return isOnce(rate) ? t('plan.takes.all') : t('plan.takes.part', { rate: shareText(rate, locale) });
}

/** A tier in one sentence: who takes what, until when, while what holds. */
export function tierSentence(tier: PlanTier, names: Names): string {
  const { takes } = tier;
  const { t, locale } = names;
  const base = takes.base_rate;
  const onPart = isOnce(base) ? '' : t('plan.group.base', { rate: shareText(base ?? '1', locale) });
  switch (takes.kind) {
    case 'together':
      return `${t(`plan.split.${takes.split ?? 'fixed'}` as TextKey)}${onPart}`;
    case 'steps':
      return `${t('plan.steps')}${onPart}`;
    case 'reserve':
      return `${t(takes.rate_base === 'gross_of_receipt' ? 'plan.reserve.gross' : 'plan.reserve', {
        rate: shareText(takes.rate ?? '0', locale),
        months: takes.release_months ?? 0,
        tier: names.tier(takes.release_to),
      })}${takes.cap ? t('plan.reserve.cap', { cap: amountText(takes.cap, locale) }) : ''}`;
    default:
      return shareSentence(takes, names);
  }
}

/** The same in the list, where "takes everything that reaches it" goes without saying. */
export function rowSentence(tier: PlanTier, names: Names): string {
  const { takes } = tier;
  if (takes.kind !== 'share') return tierSentence(tier, names);
  const payee = names.party(takes.payee);
  const isAll = isOnce(takes.rate) && takes.rate_base !== 'gross_of_receipt';
  const said = isAll ? payee : names.t('plan.row.part', { payee, what: rateText(takes, names) });
  return `${said}${afterShare(takes, names)}`;
}

function shareSentence(takes: PlanTakes, names: Names): string {
  const what = rateText(takes, names);
  const said = names.t('plan.share', { payee: names.party(takes.payee), what });
  return `${said}${afterShare(takes, names)}`;
}

/** Until when, while what holds, and who else is paid. */
function afterShare(takes: PlanTakes, names: Names): string {
  const { t, locale } = names;
  const conditions = (takes.while ?? []).map((one) => conditionSentence(one, names));
  const when = conditions.length === 0 ? '' : `, ${conditions.join(t('plan.and_also'))}`;
  const assigned = (takes.assigned ?? []).map((one) =>
    t('plan.assigned', { part: shareText(one.part, locale), to: names.party(one.to) }),
  );
  return `${limitText(takes, names)}${when}${assigned.join('')}`;
}

/** The things a measure speaks of, by the holes of its sentences. */
function holes(condition: Condition, names: Names): Record<string, string> {
  const { t, locale } = names;
  const among = (list: readonly string[] | undefined, name: (id: string) => string) =>
    listText((list ?? []).map(name), t('plan.or'));
  const target =
    condition.measure === 'event_value'
      ? String(condition.target ?? '1')
      : condition.measure === 'counted'
        ? Number(condition.target ?? 0).toLocaleString(locale)
        : targetText(condition.target, names);
  const lists: Record<string, string> = {
    receipt_territory: among(condition.list, names.place),
    receipt_media: among(condition.list, (one) => names.maybe(`window.${one}`, one.replace(/_/g, ' '))),
    receipt_source: among(condition.list, names.source),
  };
  return {
    party: names.party(condition.party),
    tier: names.tier(condition.tier),
    pool: condition.pool ?? '–',
    series: names.series(condition.series),
    event: condition.event ?? '–',
    film_cost: multiple(condition.factor, t('plan.film_cost', { cost: condition.film_cost ?? '–' }), names),
    owed: `${multiple(condition.factor, put(condition.instrument, names), names)}${interestText(condition.interest, names)}`,
    sources:
      (condition.sources ?? []).length === 0
        ? t('plan.all_sources')
        : t('plan.sources_of', {
            list: listText((condition.sources ?? []).map(names.source), t('plan.and')),
          }),
    list: lists[condition.measure] ?? '',
    target: beyond(condition.is) ? t('plan.more_than', { target }) : target,
    from: dayText(condition.from, locale),
    to: dayText(condition.to, locale),
  };
}

/** A condition as a clause that can stand behind a comma: "until …", "once …", "for receipts from …". */
export function conditionSentence(condition: Condition, names: Names): string {
  const { t, maybe } = names;
  const { measure, is, of } = condition;
  if (measure === 'all' || measure === 'any') {
    const inner = (of ?? []).map((one) => conditionSentence(one, names));
    if (inner.length === 0) return t(measure === 'all' ? 'plan.cond.always' : 'plan.cond.never');
    if (inner.length === 1) return inner[0] ?? '';
    return `(${inner.join(t(measure === 'all' ? 'plan.and_also' : 'plan.or_else'))})`;
  }
  const params = holes(condition, names);
  return maybe(`plan.cond.${keyOf(condition)}`, `${measure} ${is ?? ''}`.trim(), params);
}

/** The sentence a condition is said with. */
function keyOf(condition: Condition): string {
  const { measure, is } = condition;
  switch (measure) {
    case 'recouped':
    case 'not_recouped':
      return measure;
    case 'receipt_territory':
    case 'receipt_media':
    case 'receipt_source':
      return `${measure}.${is === 'not_in' ? 'not_in' : 'in'}`;
    case 'receipt_date':
      if (condition.from && condition.to) return 'receipt_date.between';
      return condition.from ? 'receipt_date.from' : condition.to ? 'receipt_date.to' : 'always';
    case 'event_value':
      if (Number(condition.target ?? 1) === 1 && !beyond(is))
        return opens(is) ? 'event_value.happened' : 'event_value.not_yet';
      return `event_value.${opens(is) ? 'once' : 'until'}`;
    default:
      return `${measure}.${opens(is) ? 'once' : 'until'}`;
  }
}

/** What is compared how, in the words of the four comparisons. */
export function relationLabel(is: Relation, { t }: Pick<Names, 't'>): string {
  return t(`plan.relation.${is}` as TextKey);
}
