import { memo, type ReactNode } from 'react';
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
  baseAddress?: string;
  /** Where receipts are counted. */
  measure?: 'gross' | 'receipts';
  /** Whom the rungs are of: what the tools show changes with it. */
  rung?: string;
  currency: string;
  lead?: LadderStep;
  tools?: ReactNode;
  width?: number;
};

/** Drawn again only for other data: tools are controls of the same page and change with nothing else. */
const isAlike = ({ tools: _, ...one }: Props, { tools: __, ...other }: Props): boolean => isSame(one, other);

export const LadderChart = memo(function LadderChart(props: Props) {
  const { steps, base, baseAddress, measure = 'receipts', currency, lead, tools, width } = props;
  const { t, locale } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  const rows = steps.map((step) => [
    step.label,
    { text: step.out ? formatWhole(step.out, locale) : t('ladder.never'), address: step.address },
  ]);
  const told = base && baseAddress ? [[t('ladder.base.row'), cell(base, baseAddress, locale)]] : [];
  return (
    <ChartFrame
      description={{
        title: lead?.out
          ? t(`ladder.title.${measure}`, { party: lead.label, amount: formatMillions(lead.out, locale) })
          : t('ladder.title.plain'),
        summary: t('ladder.summary', { count: steps.length }),
        columns: [t('ladder.party'), t(`ladder.out.${measure}`)],
        rows: [...rows, ...told],
      }}
      about={lead?.address}
      subtitle={t(`ladder.subtitle.${measure}`, { currency })}
      texts={texts}
      notify={notify}
      legend={tools}
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
}, isAlike);

const cell = (amount: Money, address: string, locale: string) => ({
  text: formatWhole(amount, locale),
  address,
});
