import { memo } from 'react';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { isSame } from '../../charts/kernel/same.ts';
import { type LadderStep, ladderLayout } from '../../charts/recoupment-steps/layout.ts';
import { LadderView } from '../../charts/recoupment-steps/view.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatMillions, formatWhole, type Money } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useInteraction } from './closing.tsx';
import { useFrameTexts } from './texts.ts';

type Props = {
  steps: readonly LadderStep[];
  base: Money | null;
  currency: string;
  lead?: LadderStep;
  width?: number;
};

export const LadderChart = memo(function LadderChart({ steps, base, currency, lead, width }: Props) {
  const { t, locale } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  return (
    <ChartFrame
      description={{
        title: lead?.out
          ? t('ladder.title', { party: lead.label, amount: formatMillions(lead.out, locale) })
          : t('ladder.title.plain'),
        summary: t('ladder.summary', { count: steps.length }),
        columns: [t('ladder.party'), t('ladder.out')],
        rows: steps.map((step) => [
          step.label,
          { text: step.out ? formatWhole(step.out, locale) : t('ladder.never'), address: step.address },
        ]),
      }}
      subtitle={t('ladder.subtitle', { currency })}
      texts={texts}
      notify={notify}
      initialWidth={width ?? 700}
      draw={(available) => {
        const geometry = ladderLayout(steps, base, { width: available });
        const names = { base: t('ladder.base'), never: t('ladder.never') };
        return {
          height: geometry.height,
          content: <LadderView geometry={geometry} locale={locale} names={names} interaction={interaction} />,
        };
      }}
    />
  );
}, isSame);
