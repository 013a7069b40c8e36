import type { FindingDto } from '../../api/bindings.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useText } from '../../i18n/index.tsx';
import { TextCell } from '../capital/terms/fields.tsx';
import { Section } from '../capital/terms/section.tsx';
import { useWords } from '../words.ts';
import { type CellValue, useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { Choice } from './choice.tsx';
import { ConditionsSection } from './conditions.tsx';
import { GroupSection, ReserveSection } from './group-sections.tsx';
import { LimitSection } from './limit-section.tsx';
import { type Names, tierName } from './names.ts';
import { type Plan, rowsOf } from './plan.ts';
import { Said } from './row.tsx';
import type { SectionProps } from './section-props.ts';
import { tierSentence } from './sentences.ts';
import { AssignedSection, ShareSection } from './share-section.tsx';

/** Every kind of claim, in the order in which claims usually stand. */
export const ROLES = [
  'collection_fee',
  'distribution_fee',
  'sales_commission',
  'distribution_expenses',
  'p_and_a',
  'minimum_guarantee',
  'sales_advance',
  'residuals',
  'loan',
  'gap',
  'mezzanine',
  'soft_money',
  'equity',
  'premium',
  'corridor',
  'deferral',
  'royalty',
  'participation',
  'net_profits',
  'other',
] as const;

type Props = {
  plan: Plan;
  tier: string;
  book: FigureBook;
  names: Names;
  findings: ReadonlyMap<string, readonly FindingDto[]>;
  onOpen: (tier: string) => void;
  onClose: () => void;
};

/** Every term of a tier, each typed where it stands, the whole read back as a sentence above. */
export function TierDialog({ plan, tier: id, book, names, findings, onOpen, onClose }: Props) {
  const { t, maybe } = useText();
  const words = useWords();
  const { edit } = useDeal();
  const row = rowsOf(plan).find((one) => one.tier.id === id);
  if (!row) return null;
  const { tier, path } = row;
  const { takes } = tier;
  const put: SectionProps['put'] = (field, value) => void edit(`${path}.${field}`, value as CellValue);
  const section = { plan, tier, path, put, names, book };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('tier_form.title', { name: tierName(tier, maybe) ?? id })}
      closeLabel={t('close')}
      actions={<Button onClick={onClose}>{t('tier_form.done')}</Button>}
    >
      <div className="terms tier-form">
        <blockquote className="tier-reads" data-path={path}>
          {`${tierSentence(tier, names)}.`}
        </blockquote>
        <Said findings={findings.get(id) ?? []} />
        <Section title={t('tier_form.who')}>
          <TextCell label={t('tier_form.name')} value={tier.label} onPut={(label) => put('label', label)} />
          <Choice
            label={t('tier_form.role')}
            value={tier.role ?? 'other'}
            onPut={(role) => put('role', role)}
            choices={ROLES.map((role) => ({ value: role, label: words.term('tier', role) }))}
          />
          <TextCell
            label={t('tier_form.clause')}
            value={tier.clause}
            onPut={(clause) => put('clause', clause)}
          />
        </Section>
        {takes.kind === 'share' ? (
          <>
            <ShareSection {...section} />
            <LimitSection {...section} />
            <ConditionsSection {...section} />
            <AssignedSection {...section} />
          </>
        ) : null}
        {takes.members ? <GroupSection {...section} onOpen={onOpen} /> : null}
        {takes.kind === 'reserve' ? <ReserveSection {...section} /> : null}
      </div>
    </Dialog>
  );
}
