import type { ReactNode } from 'react';
import { useText } from '../../i18n/index.tsx';
import { CountCell, DateCell, SeveralCell, TextCell } from '../capital/terms/fields.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { AmountCell } from './amount-cell.tsx';
import { Choice } from './choice.tsx';
import { InterestFields } from './interest-fields.tsx';
import { type Ask, asksOf, claimsOf, RELATIONS } from './measures.ts';
import { type Names, nothingIn } from './names.ts';
import { type Condition, type Membership, type Plan, poolsOf, type Relation, rowsOf } from './plan.ts';
import { ShareCell } from './share-cell.tsx';
import { TargetFields } from './target-fields.tsx';

/** The media a receipt can name: the windows of the revenue plan. */
const MEDIA = [
  'theatrical',
  'tvod',
  'pvod',
  'est',
  'svod',
  'pay_tv',
  'free_tv',
  'avod',
  'airline',
  'physical',
  'merchandising',
  'music',
] as const;

type Props = {
  condition: Condition;
  plan: Plan;
  names: Names;
  onPut: (condition: Condition) => void;
};

/** The fields of a measure, each asked for as the measure needs it. */
export function ConditionFields(props: Props) {
  const { condition } = props;
  return (
    <>
      {asksOf(condition.measure).map((ask) => (
        <Asked key={ask} ask={ask} {...props} />
      ))}
    </>
  );
}

function Asked({ ask, condition, plan, names, onPut }: Props & { ask: Ask }): ReactNode {
  const { t, maybe } = useText();
  const { document } = useDeal();
  const write = (fields: Partial<Condition>) => onPut({ ...condition, ...fields });
  const named = (ids: readonly string[], name: (id: string) => string) =>
    ids.map((id) => ({ value: id, label: name(id) }));
  const list = condition.list ?? [];
  switch (ask) {
    case 'party':
      return (
        <Choice
          label={t('cond.party')}
          value={condition.party}
          onPut={(party) => write({ party })}
          choices={(document.parties ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      );
    case 'tier':
    case 'claim':
      return (
        <Choice
          label={t('cond.tier')}
          value={condition.tier}
          onPut={(tier) => write({ tier })}
          choices={named(
            ask === 'claim' ? claimsOf(plan) : rowsOf(plan).map((row) => row.tier.id),
            names.tier,
          )}
        />
      );
    case 'pool':
      return (
        <Choice
          label={t('cond.pool')}
          value={condition.pool}
          onPut={(pool) => write({ pool })}
          choices={named(poolsOf(plan), (id) => id)}
        />
      );
    case 'sources':
      return (
        <SeveralCell
          label={`${t('cond.sources')} (${t('cond.sources.all')})`}
          value={condition.sources ?? []}
          onPut={(sources) => write({ sources: [...sources] })}
          choices={named(
            (plan.sources ?? []).map(({ id }) => id),
            names.source,
          )}
        />
      );
    case 'instrument':
      return (
        <Choice
          label={t('tier_form.instrument')}
          value={condition.instrument}
          onPut={(instrument) => write({ instrument })}
          choices={(document.instruments ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      );
    case 'interest':
      return (
        <InterestFields
          interest={condition.interest}
          optional={false}
          onPut={(interest) => {
            if (interest) write({ interest });
          }}
        />
      );
    case 'factor':
      return (
        <ShareCell
          label={t('tier_form.factor')}
          value={condition.factor ?? '1'}
          onPut={(factor) => write({ factor: factor ?? '1' })}
        />
      );
    case 'film_cost':
      return (
        <Choice
          label={t('cond.cost')}
          value={condition.film_cost}
          onPut={(film_cost) => write({ film_cost })}
          choices={named(
            (plan.film_costs ?? []).map(({ id }) => id),
            (id) => id,
          )}
        />
      );
    case 'series':
      return (
        <Choice
          label={t('cond.series')}
          value={condition.series}
          onPut={(series) => write({ series })}
          choices={named(
            (plan.unit_series ?? []).map(({ id }) => id),
            names.series,
          )}
        />
      );
    case 'event':
      return (
        <TextCell
          label={t('cond.event')}
          value={condition.event}
          onPut={(event) => write({ event: event ?? 'event' })}
        />
      );
    case 'relation':
      return (
        <Choice
          label={t('cond.relation')}
          value={condition.is}
          onPut={(is) => write({ is: is as Relation })}
          choices={RELATIONS.map((is) => ({ value: is, label: t(`plan.relation.${is}`) }))}
        />
      );
    case 'target':
      return <TargetFields condition={condition} plan={plan} onPut={onPut} />;
    case 'amount':
      return (
        <AmountCell
          label={t('cond.target')}
          value={typeof condition.target === 'string' ? condition.target : undefined}
          currency={document.currency}
          onPut={(target) => write({ target: target ?? nothingIn(document.currency) })}
        />
      );
    case 'value':
      return (
        <ShareCellPlain
          label={t('cond.value')}
          value={String(condition.target ?? '1')}
          onPut={(target) => write({ target })}
        />
      );
    case 'count':
      return (
        <CountCell
          label={t('cond.count')}
          value={Number(condition.target ?? 0)}
          onPut={(target) => write({ target: target ?? 0 })}
        />
      );
    case 'membership':
      return (
        <Choice
          label={t('cond.membership')}
          value={condition.is}
          onPut={(is) => write({ is: is as Membership })}
          choices={(['in', 'not_in'] as const).map((is) => ({
            value: is,
            label: t(`cond.membership.${is}`),
          }))}
        />
      );
    case 'territories':
      return (
        <TextCell
          label={t('cond.list.codes')}
          value={list.join(', ') || undefined}
          onPut={(typed) => write({ list: listOf(typed) })}
        />
      );
    case 'media':
      return (
        <SeveralCell
          label={t('cond.list')}
          value={list}
          onPut={(chosen) => write({ list: [...chosen] })}
          choices={MEDIA.map((one) => ({
            value: one,
            label: maybe(`window.${one}`, one.replace(/_/g, ' ')),
          }))}
        />
      );
    case 'entries':
      return (
        <SeveralCell
          label={t('cond.list')}
          value={list}
          onPut={(chosen) => write({ list: [...chosen] })}
          choices={named(
            (plan.sources ?? []).map(({ id }) => id),
            names.source,
          )}
        />
      );
    case 'days':
      return <Days condition={condition} onPut={onPut} />;
    case 'of':
      return null;
  }
}

function listOf(typed: string | null): string[] {
  return (typed ?? '')
    .split(',')
    .map((one) => one.trim().toUpperCase())
    .filter(Boolean);
}

/** A day that is emptied is left out: the span is open on that side. */
function Days({ condition, onPut }: Pick<Props, 'condition' | 'onPut'>) {
  const { t } = useText();
  const set = (side: 'from' | 'to', day: string | null) => {
    const { [side]: _, ...rest } = condition;
    onPut(day === null ? rest : { ...rest, [side]: day });
  };
  return (
    <>
      <DateCell label={t('cond.from')} value={condition.from} onPut={(day) => set('from', day)} />
      <DateCell label={t('cond.to')} value={condition.to} onPut={(day) => set('to', day)} />
    </>
  );
}

/** A plain value of an event: 1 for what simply happened. */
function ShareCellPlain(props: { label: string; value: string; onPut: (value: string) => void }) {
  return (
    <TextCell
      label={props.label}
      value={props.value}
      onPut={(typed) => {
        const plain = (typed ?? '1').replace(',', '.');
        if (/^\d+(\.\d+)?(\/\d+)?$/.test(plain)) props.onPut(plain);
      }}
    />
  );
}
