import { Button } from '../../components/button.tsx';
import { useText } from '../../i18n/index.tsx';
import { ChoiceCell, TextCell } from '../capital/terms/fields.tsx';
import { Section } from '../capital/terms/section.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { Choice } from './choice.tsx';
import { dayText } from './names.ts';
import { PartyCell } from './party-cell.tsx';
import type { SectionProps } from './section-props.ts';
import { ShareCell } from './share-cell.tsx';
import { expiryOf } from './standing.ts';

/** Who takes which part of what, and under which contract. */
export function ShareSection({ plan, tier, put, names }: SectionProps) {
  const { t } = useText();
  const { document } = useDeal();
  const { takes } = tier;
  const expiry = expiryOf(tier, plan, document.as_of);
  const contract = plan.contracts?.find((one) => one.id === takes.contract);
  return (
    <Section title={t('tier_form.rate')}>
      <PartyCell
        label={t('tier_form.payee')}
        value={takes.payee}
        onPut={(party) => put('takes.payee', party)}
      />
      <ShareCell
        label={t('tier_form.rate')}
        hint={t('tier_form.rate.hint')}
        value={takes.rate ?? '1'}
        onPut={(rate) => put('takes.rate', rate ?? '1')}
      />
      <Choice
        label={t('tier_form.base')}
        value={takes.rate_base ?? 'arriving'}
        onPut={(base) => put('takes.rate_base', base)}
        choices={(['arriving', 'gross_of_receipt'] as const).map((base) => ({
          value: base,
          label: t(`tier_form.base.${base}`),
        }))}
      />
      {takes.rate_base === 'gross_of_receipt' ? (
        <Choice
          label={t('tier_form.unpaid')}
          value={takes.unpaid ?? 'lapses'}
          onPut={(unpaid) => put('takes.unpaid', unpaid)}
          choices={(['lapses', 'carries_forward'] as const).map((unpaid) => ({
            value: unpaid,
            label: t(`tier_form.unpaid.${unpaid}`),
          }))}
        />
      ) : null}
      <ChoiceCell
        label={t('tier_form.contract')}
        value={takes.contract}
        unsaid={t('tier_form.contract.none')}
        onPut={(chosen) => put('takes.contract', chosen)}
        choices={(plan.contracts ?? []).map(({ id }) => ({ value: id, label: id }))}
      />
      {contract ? (
        <p className={`sub ${expiry?.expired ? 'plan-expired' : ''}`}>
          {expiry?.expired
            ? t('tier_form.contract.expired', { to: dayText(contract.to, names.locale) })
            : t('tier_form.contract.expires', {
                from: dayText(contract.from, names.locale),
                to: dayText(contract.to, names.locale),
              })}
        </p>
      ) : null}
      <TextCell
        label={`${t('tier_form.pools')} – ${t('tier_form.pools.hint')}`}
        value={(takes.pools ?? []).join(', ') || undefined}
        onPut={(typed) => {
          const pools = (typed ?? '')
            .split(',')
            .map((pool) => pool.trim())
            .filter(Boolean);
          put('takes.pools', pools.length > 0 ? pools : null);
        }}
      />
    </Section>
  );
}

/** Parts of the payments that go to somebody else. */
export function AssignedSection({ tier, put }: SectionProps) {
  const { t } = useText();
  const { document } = useDeal();
  const assigned = tier.takes.assigned ?? [];
  const write = (list: typeof assigned) => put('takes.assigned', list.length > 0 ? list : null);
  const other = document.parties?.find(({ id }) => id !== tier.takes.payee)?.id;
  return (
    <Section title={t('tier_form.assigned')}>
      <div className="terms-rows">
        {assigned.map((one, at) => {
          const change = (fields: Partial<typeof one>) =>
            write(assigned.map((each, place) => (place === at ? { ...each, ...fields } : each)));
          return (
            <div key={`${at}#${one.to}`} className="terms-row">
              <PartyCell label={t('tier_form.assigned.to')} value={one.to} onPut={(to) => change({ to })} />
              <ShareCell
                label={t('tier_form.assigned.part')}
                value={one.part}
                onPut={(part) => change({ part: part ?? '0' })}
              />
              <Button look="quiet" onClick={() => write(assigned.filter((_, place) => place !== at))}>
                {t('tier_form.remove')}
              </Button>
            </div>
          );
        })}
        {other ? (
          <Button icon="plus" onClick={() => write([...assigned, { to: other, part: '0.5' }])}>
            {t('tier_form.assigned.add')}
          </Button>
        ) : null}
      </div>
    </Section>
  );
}
