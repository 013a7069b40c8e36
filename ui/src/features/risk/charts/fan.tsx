import { memo } from 'react';
import type { RiskFanDto } from '../../../api/bindings.ts';
import { type FanPoint, fanLayout, quarterName } from '../../../charts/fan/layout.ts';
import { FanView } from '../../../charts/fan/view.tsx';
import { ChartFrame } from '../../../charts/kernel/frame.tsx';
import { isSame } from '../../../charts/kernel/same.ts';
import { useToast } from '../../../components/toast.tsx';
import { formatMillions, formatScaled, toScale } from '../../../domain/money.ts';
import { useText } from '../../../i18n/index.tsx';
import { useInteraction } from '../../charts/closing.tsx';
import { useFrameTexts } from '../../charts/texts.ts';

type Props = { fan: RiskFanDto; party: string; height?: number; width?: number };

const BANDS = ['p5', 'p25', 'p50', 'p75', 'p95'] as const;

/** What a party has received by the end of each quarter. */
export const FanChart = memo(function FanChart({ fan, party, height = 270, width }: Props) {
  const { t, locale } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  const invested = toScale(fan.invested) / 1e6;
  const all = fan.quarters.map((quarter, at): FanPoint => {
    const of = (band: (typeof BANDS)[number]) => {
      const money = fan[band][at];
      return money ? toScale(money) / 1e6 : 0;
    };
    const address = fan.addresses[at];
    return {
      quarter,
      p5: of('p5'),
      p25: of('p25'),
      p50: of('p50'),
      p75: of('p75'),
      p95: of('p95'),
      ...(address ? { address } : {}),
    };
  });
  // Nothing comes in before the film is out: the drawing begins a quarter before the first money.
  const first = all.findIndex(({ p95 }) => p95 !== 0);
  const shown = first > 1 ? all.slice(first - 1) : all;
  const back = all.find(({ p50 }) => invested > 0 && p50 >= invested);
  const title =
    fan.invested.minor <= 0
      ? t('risk.fan.title.plain', { party })
      : back
        ? t('risk.fan.title', { quarter: quarterName(back.quarter) })
        : t('risk.fan.title.never');
  return (
    <ChartFrame
      description={{
        title,
        summary: t('risk.fan.summary', { count: shown.length }),
        columns: [t('risk.quarter'), ...BANDS.map((band) => band.toUpperCase())],
        rows: shown.map((point) => [
          quarterName(point.quarter),
          ...BANDS.map((band) => ({ text: formatScaled(point[band], locale, 3), address: point.address })),
        ]),
      }}
      about={(back ?? shown.at(-1))?.address}
      subtitle={t('risk.fan.subtitle', { party, currency: fan.invested.currency })}
      texts={texts}
      notify={notify}
      initialWidth={width ?? 560}
      draw={(available) => ({
        height,
        content: (
          <FanView
            geometry={fanLayout({ points: shown, invested }, { width: available, height })}
            locale={locale}
            names={{
              invested: t('risk.fan.invested', { amount: formatMillions(fan.invested, locale) }),
              point: (point) =>
                t('risk.fan.point', {
                  quarter: quarterName(point.quarter),
                  median: formatScaled(point.p50, locale, 1),
                  low: formatScaled(point.p5, locale, 1),
                  high: formatScaled(point.p95, locale, 1),
                }),
            }}
            interaction={interaction}
          />
        ),
      })}
    />
  );
}, isSame);
