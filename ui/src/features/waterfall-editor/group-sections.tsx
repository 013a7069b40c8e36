import { Button } from '../../components/button.tsx';
import { useText } from '../../i18n/index.tsx';
import { ChoiceCell, CountCell } from '../capital/terms/fields.tsx';
import { Section } from '../capital/terms/section.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { AmountCell } from './amount-cell.tsx';
import { Choice } from './choice.tsx';
import type { SectionProps } from './section-props.ts';
import { tierSentence } from './sentences.ts';
import { ShareCell } from './share-cell.tsx';

/** How members share their base: each by its own rate, or pro rata by a tick. */
export function GroupSection({
  tier,
  put,
  names,
  onOpen,
}: SectionProps & { onOpen: (tier: string) => void }) {
  const { t } = useText();
  const { document } = useDeal();
  const { takes } = tier;
  const split = takes.split ?? 'fixed';
  return (
    <>
      <Section title={t('tier_form.group')}>
        {takes.kind === 'together' ? (
          <>
            <label className="check">
              <input
                type="checkbox"
                checked={split !== 'fixed'}
                onChange={(event) => put('takes.split', event.target.checked ? 'outstanding' : null)}
              />
              {t('tier_form.prorata')}
            </label>
            {split === 'fixed' ? null : (
              <Choice
                label={t('tier_form.prorata.by')}
                value={split}
                onPut={(by) => put('takes.split', by)}
                choices={(['outstanding', 'invested'] as const).map((by) => ({
                  value: by,
                  label: t(`tier_form.split.${by}`),
                }))}
              />
            )}
            <ChoiceCell
              label={t('tier_form.bearer')}
              value={takes.shortfall_borne_by}
              unsaid={t('tier_form.bearer.none')}
              onPut={(party) => put('takes.shortfall_borne_by', party)}
              choices={(document.parties ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            />
          </>
        ) : null}
        <ShareCell
          label={t('tier_form.base_rate')}
          value={takes.base_rate ?? '1'}
          onPut={(rate) => put('takes.base_rate', rate ?? '1')}
        />
      </Section>
      <Section title={t('tier_form.members')}>
        <ul className="tier-members-list">
          {(takes.members ?? []).map((member) => (
            <li key={member.id}>
              <Button look="quiet" onClick={() => onOpen(member.id)}>
                {names.tier(member.id)}
              </Button>
              <span className="sub" data-path={`recoupment.tiers[${tier.id}]`}>
                {tierSentence(member, names)}
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

/** What a reserve holds, for how long, and where it goes then. */
export function ReserveSection({ plan, tier, put, names }: SectionProps) {
  const { t } = useText();
  const { document } = useDeal();
  const { takes } = tier;
  return (
    <Section title={t('tier_form.reserve')}>
      <ShareCell
        label={t('tier_form.rate')}
        hint={t('tier_form.rate.hint')}
        value={takes.rate}
        onPut={(rate) => put('takes.rate', rate ?? '0')}
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
      <AmountCell
        label={t('tier_form.cap')}
        value={takes.cap}
        currency={document.currency}
        onPut={(cap) => put('takes.cap', cap)}
      />
      <CountCell
        label={t('tier_form.months')}
        after={t('tier_form.months.unit')}
        value={takes.release_months}
        onPut={(months) => put('takes.release_months', months ?? 0)}
      />
      <Choice
        label={t('tier_form.release')}
        value={takes.release_to}
        onPut={(target) => put('takes.release_to', target)}
        choices={behind(plan, tier.id).map((id) => ({ value: id, label: names.tier(id) }))}
      />
    </Section>
  );
}

/** The tiers behind one: what is given back to them does not go round. */
function behind(plan: SectionProps['plan'], id: string): string[] {
  const out: string[] = [];
  const next = (from: string) => plan.tiers?.find((one) => one.id === from)?.then;
  for (let at = next(id); at !== undefined && !out.includes(at); at = next(at)) out.push(at);
  return out;
}
