import { useText } from '../../i18n/index.tsx';
import { ChoiceCell, CountCell } from '../capital/terms/fields.tsx';
import { Section } from '../capital/terms/section.tsx';
import { Amount } from '../explain/amount.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { AmountCell } from './amount-cell.tsx';
import { Choice } from './choice.tsx';
import { InterestFields } from './interest-fields.tsx';
import { hasFactor, isOnInstrument, isPossible, LIMIT_KINDS, type LimitKind, limitOf } from './limits.ts';
import { nothingIn } from './names.ts';
import { type Limit, poolsOf, rowsOf } from './plan.ts';
import type { SectionProps } from './section-props.ts';
import { ShareCell } from './share-cell.tsx';

/** Until when a claim takes: the kind of its limit with the fields of that kind, and what it comes to now. */
export function LimitSection(props: SectionProps) {
  const { plan, tier, put, book } = props;
  const { t } = useText();
  const { document } = useDeal();
  const { takes } = tier;
  const { limit } = takes;
  const at = `recoupment.claims.${tier.id}`;
  const pools = poolsOf(plan);
  const write = (fields: Partial<Limit>) => put('takes.limit', { ...limit, ...fields });
  // Only a group divided by investment asks by which one.
  const group = rowsOf(plan).find((row) => row.tier.id === tier.id)?.group;
  const isWeighed = group?.takes.split === 'invested' || takes.in_proportion_to !== undefined;
  const kinds = LIMIT_KINDS.filter((kind) => kind === limit?.kind || isPossible(kind, document, plan));
  return (
    <Section title={t('tier_form.until')}>
      <ChoiceCell
        label={t('tier_form.limit')}
        value={limit?.kind}
        unsaid={t('tier_form.limit.none')}
        onPut={(kind) =>
          put('takes.limit', kind === null ? null : limitOf(kind as LimitKind, limit, document, plan))
        }
        choices={kinds.map((kind) => ({ value: kind, label: t(`tier_form.limit.${kind}`) }))}
      />
      {limit ? <LimitFields {...props} limit={limit} write={write} /> : null}
      {limit && pools.length > 0 ? (
        <ChoiceCell
          label={t('tier_form.pool.limit')}
          value={takes.limit_pool}
          unsaid={t('tier_form.pool.own')}
          onPut={(pool) => put('takes.limit_pool', pool)}
          choices={pools.map((pool) => ({ value: pool, label: pool }))}
        />
      ) : null}
      {isWeighed ? (
        <ChoiceCell
          label={t('tier_form.weight')}
          value={takes.in_proportion_to}
          unsaid={t('tier_form.weight.own')}
          onPut={(instrument) => put('takes.in_proportion_to', instrument)}
          choices={(document.instruments ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : null}
      {limit && book.at(`${at}.limit`) ? (
        <dl className="tier-live">
          <div>
            <dt>{t('tier_form.live')}</dt>
            <dd>
              <Amount book={book} address={`${at}.limit`} />
            </dd>
          </div>
          <div>
            <dt>{t('waterfall.paid')}</dt>
            <dd>
              <Amount book={book} address={`${at}.paid`} />
            </dd>
          </div>
          <div>
            <dt>{t('plan.left.label')}</dt>
            <dd>
              <Amount book={book} address={`${at}.outstanding`} />
            </dd>
          </div>
        </dl>
      ) : null}
    </Section>
  );
}

type FieldProps = SectionProps & { limit: Limit; write: (fields: Partial<Limit>) => void };

function LimitFields({ plan, put, limit, write }: FieldProps) {
  const { t } = useText();
  const { document } = useDeal();
  const instruments = (document.instruments ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const { kind } = limit;
  return (
    <>
      {kind === 'amount' || kind === 'per_unit' ? (
        <AmountCell
          label={t(kind === 'amount' ? 'tier_form.amount' : 'tier_form.per_unit')}
          value={limit.amount}
          currency={document.currency}
          onPut={(amount) => write({ amount: amount ?? nothingIn(document.currency) })}
        />
      ) : null}
      {kind === 'expenses' ? (
        <Choice
          label={t('tier_form.expenses')}
          value={limit.of}
          onPut={(of) => write({ of })}
          choices={(plan.expense_types ?? []).map(({ id }) => ({ value: id, label: id }))}
        />
      ) : null}
      {isOnInstrument(kind) ? (
        <Choice
          label={t('tier_form.instrument')}
          value={limit.instrument}
          onPut={(instrument) => write({ instrument })}
          choices={instruments}
        />
      ) : null}
      {hasFactor(kind) ? (
        <ShareCell
          label={t('tier_form.factor')}
          hint={t('tier_form.factor.hint')}
          value={limit.factor ?? '1'}
          onPut={(factor) => write({ factor: factor ?? '1' })}
        />
      ) : null}
      {kind === 'premium' ? (
        <ShareCell
          label={t('tier_form.premium')}
          value={limit.rate}
          onPut={(rate) => write({ rate: rate ?? '0' })}
        />
      ) : null}
      {kind === 'irr_hurdle' ? (
        <ShareCell
          label={t('tier_form.interest.rate')}
          value={limit.rate_annual}
          onPut={(rate) => write({ rate_annual: rate ?? '0' })}
        />
      ) : null}
      {kind === 'multiple_hurdle' ? (
        <ShareCell
          label={t('tier_form.factor')}
          value={limit.multiple}
          onPut={(multiple) => write({ multiple: multiple ?? '1' })}
        />
      ) : null}
      {kind === 'per_unit' ? (
        <>
          <Choice
            label={t('tier_form.series')}
            value={limit.series}
            onPut={(series) => write({ series })}
            choices={(plan.unit_series ?? []).map(({ id, label }) => ({ value: id, label: label ?? id }))}
          />
          <CountCell
            label={t('tier_form.beyond')}
            value={limit.beyond}
            onPut={(beyond) => write({ beyond: beyond ?? 0 })}
          />
        </>
      ) : null}
      {kind === 'principal_and_interest' || kind === 'preferred_return' ? (
        <InterestFields
          interest={limit.interest}
          optional={kind === 'principal_and_interest'}
          onPut={(interest) => {
            const { interest: _, ...rest } = limit;
            put('takes.limit', interest === null ? rest : { ...rest, interest });
          }}
        />
      ) : null}
    </>
  );
}
