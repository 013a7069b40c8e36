import { memo } from 'react';
import type { RiskConvergenceDto, RiskFigure } from '../../../api/bindings.ts';
import { convergenceLayout, type Estimate } from '../../../charts/convergence/layout.ts';
import { ConvergenceView } from '../../../charts/convergence/view.tsx';
import { ChartFrame } from '../../../charts/kernel/frame.tsx';
import { isSame } from '../../../charts/kernel/same.ts';
import { useToast } from '../../../components/toast.tsx';
import { numberFormat } from '../../../domain/intl.ts';
import { formatScaled } from '../../../domain/money.ts';
import { useText } from '../../../i18n/index.tsx';
import { useInteraction } from '../../charts/closing.tsx';
import { useFrameTexts } from '../../charts/texts.ts';

type Props = { convergence: RiskConvergenceDto; recouped: RiskFigure; party: string; width?: number };

/** How the probability of a party settles as paths are added. */
export const ConvergenceChart = memo(function ConvergenceChart({
  convergence,
  recouped,
  party,
  width,
}: Props) {
  const { t, locale } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  const estimates = convergence.points.map(
    ({ paths, value, low, high }): Estimate => ({
      paths,
      value: Number(value) * 100,
      low: Number(low) * 100,
      high: Number(high) * 100,
    }),
  );
  const { address } = convergence;
  const error = recouped.error === null ? null : Number(recouped.error) * 100;
  const count = (value: number) => numberFormat(locale, 0).format(value);
  const cell = (value: number) => ({ text: formatScaled(value, locale, 2), address });
  return (
    <ChartFrame
      description={{
        title:
          error === null
            ? t('risk.convergence.title.plain')
            : t('risk.convergence.title', { error: formatScaled(error, locale, error < 0.1 ? 2 : 1) }),
        summary: t('risk.convergence.summary', { count: estimates.length }),
        columns: [t('risk.paths'), t('risk.probability'), t('risk.low'), t('risk.high')],
        rows: estimates.map((one) => [count(one.paths), cell(one.value), cell(one.low), cell(one.high)]),
      }}
      about={recouped.address}
      subtitle={t('risk.convergence.subtitle', { party })}
      texts={texts}
      notify={notify}
      initialWidth={width ?? 360}
      draw={(available) => ({
        height: 96,
        content: (
          <ConvergenceView
            geometry={convergenceLayout(estimates, { width: available, height: 96 })}
            locale={locale}
            address={address}
            names={{
              point: (one) =>
                t('risk.convergence.point', {
                  count: one.paths,
                  paths: count(one.paths),
                  value: formatScaled(one.value, locale, 1),
                  low: formatScaled(one.low, locale, 1),
                  high: formatScaled(one.high, locale, 1),
                }),
              paths: (value) =>
                value >= 1000 ? t('risk.thousand', { count: count(value / 1000) }) : count(value),
            }}
            interaction={interaction}
          />
        ),
      })}
    />
  );
}, isSame);
