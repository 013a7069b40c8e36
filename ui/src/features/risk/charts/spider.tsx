import { memo, useState } from 'react';
import type { SpiderLine } from '../../../api/bindings.ts';
import { ChartFrame } from '../../../charts/kernel/frame.tsx';
import { isSame } from '../../../charts/kernel/same.ts';
import { type Leg, spiderLayout } from '../../../charts/spider/layout.ts';
import { SpiderView } from '../../../charts/spider/view.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useInteraction } from '../../charts/closing.tsx';
import { useFrameTexts } from '../../charts/texts.ts';
import type { OutputWords } from '../outputs.ts';
import { points } from '../words.ts';

type Props = {
  lines: readonly SpiderLine[];
  labels: Readonly<Record<string, string>>;
  words: OutputWords;
  width?: number;
};

/** An input that passes so many times its middle says nothing in per cent of it: a delay of four quarters about one. */
const WIDEST = 3;

const isDrawable = ({ points: at }: Leg) => {
  const shares = at.map(({ share }) => share);
  return at.length > 1 && Math.max(...shares) - Math.min(...shares) <= WIDEST;
};

/** A result while one input moves over its range and all others stay in their middle. */
export const SpiderChart = memo(function SpiderChart({ lines, labels, words, width }: Props) {
  const { t, locale } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  const [lit, setLit] = useState<string | null>(null);
  const all = lines.map(
    ({ driver, address, points: at }): Leg => ({
      id: driver,
      label: labels[driver] ?? driver,
      address,
      points: at.map(({ share, value }) => ({ share: Number(share), value: Number(value) })),
    }),
  );
  const legs = all.filter(isDrawable);
  const apart = all.filter((leg) => !isDrawable(leg)).map((leg) => leg.label);
  const height = Math.max(240, 40 + legs.length * 15);
  const rows = legs.flatMap((leg) =>
    leg.points.map((point) => [
      leg.label,
      points(point.share, locale, 0),
      { text: words.number(point.value), address: leg.address },
    ]),
  );
  return (
    <ChartFrame
      description={{
        title: t('risk.spider.title'),
        summary: t('risk.spider.summary', { count: legs.length }),
        columns: [t('risk.driver'), t('risk.spider.share'), words.name],
        rows,
      }}
      subtitle={[
        t('risk.spider.subtitle', { output: words.name, unit: words.unit }),
        apart.length > 0 ? t('risk.spider.without', { drivers: apart.join(', ') }) : '',
      ].join('')}
      texts={texts}
      notify={notify}
      initialWidth={width ?? 560}
      draw={(available) => ({
        height,
        content: (
          <SpiderView
            geometry={spiderLayout(legs, { width: available, height })}
            names={{
              leg: (leg) =>
                t('risk.spider.leg', {
                  driver: leg.label,
                  low: words.number(leg.points[0]?.value ?? 0),
                  high: words.number(leg.points.at(-1)?.value ?? 0),
                }),
              x: (value) => points(value, locale, 0),
              y: (value) => words.number(value, 0),
            }}
            lit={lit}
            onLight={setLit}
            interaction={interaction}
          />
        ),
      })}
    />
  );
}, isSame);
