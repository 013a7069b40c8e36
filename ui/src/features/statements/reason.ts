import type { StatementReasonDto } from '../../api/bindings.ts';
import { formatDate } from '../../domain/dates.ts';
import { listText, type Names } from '../waterfall-editor/names.ts';
import type { Condition } from '../waterfall-editor/plan.ts';
import { conditionSentence } from '../waterfall-editor/sentences.ts';

/** Why a claim has no more, as one sentence. Amounts that belong to it stand behind it, each with its reason. */
export function reasonSentence(reason: StatementReasonDto, names: Names): string {
  const { t, locale } = names;
  const day = (text: string | null): string => (text ? formatDate(text, locale) : '');
  switch (reason.kind) {
    case 'limit_reached':
      return reason.on
        ? t('statements.why.limit_reached.on', { day: day(reason.on) })
        : t('statements.why.limit_reached');
    case 'other_step':
      return t('statements.why.other_step', { tier: names.tier(reason.tier ?? undefined) });
    case 'conditions_not_met': {
      const said = reason.condition ? conditionSentence(reason.condition as Condition, names) : '';
      if (!said) return t('statements.why.conditions');
      return reason.on
        ? t('statements.why.conditions_not_met.since', { condition: said, day: day(reason.on) })
        : t('statements.why.conditions_not_met', { condition: said });
    }
    case 'expired':
    case 'not_begun': {
      const said = { contract: reason.contract ?? '', day: day(reason.day) };
      const ended = t(`statements.why.${reason.kind}`, said);
      if (reason.instead.length === 0) return ended;
      const parties = listText(reason.instead.map(names.party), t('plan.and'));
      return `${ended} ${t('statements.why.instead', { parties })}`;
    }
    default:
      return names.maybe(`statements.why.${reason.kind}`, reason.kind);
  }
}
