import { useQuery } from '@tanstack/react-query';
import { commands, type PlanPreview } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { useText } from '../../i18n/index.tsx';
import { useFaultText } from '../shell/refusal.ts';
import { useDeal } from '../workspace/desk.tsx';
import { type Names, namesOf, tierName } from './names.ts';
import type { Plan } from './plan.ts';
import { tierSentence } from './sentences.ts';

/** A change that is tried before it is made: a template or another film's tiers, as `preview_plan` takes them. */
export type Tried = { kind: string } & Record<string, unknown>;

export function usePreview(change: Tried | null) {
  const { view } = useDeal();
  const { language } = useText();
  return useQuery({
    queryKey: ['plan-preview', view.deal, view.revision, language, change],
    queryFn: () => take(commands.previewPlan({ deal: view.deal, operation: change, language })),
    enabled: change !== null,
    retry: false,
  });
}

type Props = {
  preview: PlanPreview | undefined;
  fault: unknown;
  /** The order before: what was there is told apart from what comes in. */
  before: Plan;
  names: Names;
};

/** The order a change leads to, tier by tier, and what would have to be looked at then. */
export function Preview({ preview, fault, before, names }: Props) {
  const { t, maybe } = useText();
  const told = useFaultText();
  const { document } = useDeal();
  if (fault instanceof Refusal) return <p className="field-error">{told(fault)}</p>;
  if (!preview) return null;
  const plan = (preview.plan ?? {}) as Plan;
  const own = namesOf(document, plan, { ...names, principal: names.principal });
  const had = new Set((before.tiers ?? []).map((tier) => tier.id));
  const faults = preview.findings.filter((one) => one.severity !== 'note').length;
  return (
    <section className="preview" aria-label={t('tpl.preview')} data-about="recoupment">
      <h3 className="sub strong">{t('tpl.preview')}</h3>
      <ol className="preview-tiers">
        {(plan.tiers ?? []).map((tier) => (
          <li key={tier.id} className={had.has(tier.id) ? 'preview-old' : 'preview-new'}>
            <span>{tierName(tier, maybe) ?? tier.id}</span>
            <span className="sub">{tierSentence(tier, own)}</span>
          </li>
        ))}
      </ol>
      {faults > 0 ? <p className="sub">{t('tpl.faults', { count: faults })}</p> : null}
    </section>
  );
}
