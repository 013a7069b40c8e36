import { memo } from 'react';
import type { RiskHistogramDto, RiskPartyDto } from '../../../api/bindings.ts';
import {
  type Bar,
  type HistogramData,
  histogramLayout,
  type Percentile,
} from '../../../charts/histogram/layout.ts';
import { HistogramView } from '../../../charts/histogram/view.tsx';
import { ChartFrame } from '../../../charts/kernel/frame.tsx';
import { isSame } from '../../../charts/kernel/same.ts';
import { useToast } from '../../../components/toast.tsx';
import { numberFormat } from '../../../domain/intl.ts';
import { type Translate, useText } from '../../../i18n/index.tsx';
import { useFrameTexts } from '../../charts/texts.ts';
import { numberOf, points } from '../words.ts';

type Props = {
  histogram: RiskHistogramDto;
  party: RiskPartyDto;
  paths: number;
  height?: number;
  width?: number;
  chosen: number | null;
  onChoose: (place: number) => void;
};

const MARKED = ['p5', 'p10', 'p50', 'p90', 'p95'] as const;

/** How the return of a party is distributed; drawn again only when it reads differently. */
export const HistogramChart = memo(function HistogramChart(props: Props) {
  const { party, paths, height = 300, width, chosen, onChoose } = props;
  const histogram = whole(props.histogram);
  const { t, locale } = useText();
  const texts = useFrameTexts();
  const notify = useToast();
  const count = (value: number) => numberFormat(locale, 0).format(value);
  const range = (bar: Pick<Bar, 'from' | 'to'>) => rangeText(bar, t, locale);
  const data = dataOf(histogram, party, locale);
  const step = (histogram.to - histogram.from) / Math.max(histogram.counts.length, 1);
  const rows = placesOf(props.histogram).map(({ place, from, to, count: held }) => [
    range({ from, to }),
    { text: count(held), address: histogram.address },
    place === 0 && held === 0
      ? ''
      : { text: points(held / Math.max(paths, 1), locale), address: histogram.address },
  ]);
  const told = titleOf(party, paths, t, locale);
  return (
    <ChartFrame
      description={{
        title: told.text,
        summary: t('risk.histogram.summary', { count: histogram.counts.length }),
        columns: [t('risk.return'), t('risk.paths'), t('risk.share')],
        rows,
      }}
      about={told.about}
      subtitle={t('risk.histogram.subtitle', {
        step: points(step, locale),
        left: leftOut(party, paths, t, locale),
      })}
      texts={texts}
      notify={notify}
      initialWidth={width ?? 560}
      draw={(available) => ({
        height,
        content: (
          <HistogramView
            geometry={histogramLayout(data, { width: available, height })}
            locale={locale}
            names={{
              fitted: t('risk.histogram.fitted'),
              below: `< ${points(histogram.from, locale, 0)}`,
              above: `> ${points(histogram.to, locale, 0)}`,
              bar: (bar) =>
                t('risk.histogram.bar', { range: range(bar), count: bar.count, paths: count(bar.count) }),
            }}
            chosen={chosen}
            onChoose={onChoose}
          />
        ),
      })}
    />
  );
}, isSame);

/** The wire knows no end of a number line and writes it as nothing; a histogram that is drawn has ends. */
function whole({ from, to, normal, ...rest }: RiskHistogramDto) {
  const { mean, deviation } = normal ?? { mean: null, deviation: null };
  const fitted = mean === null || deviation === null ? null : { mean, deviation };
  return { ...rest, from: from ?? 0, to: to ?? 0, normal: fitted };
}

function dataOf(histogram: ReturnType<typeof whole>, party: RiskPartyDto, locale: string): HistogramData {
  const percentiles = MARKED.flatMap((id): Percentile[] => {
    const figure = party.irr[id];
    const value = numberOf(figure);
    if (value === null) return [];
    return [{ id, label: id.toUpperCase(), value, text: points(value, locale), address: figure.address }];
  });
  const { from, to, counts, below, above, normal } = histogram;
  return { from, to, counts, below, above, normal, percentiles, axis: (value) => points(value, locale, 0) };
}

/** Every bar with its ends, those beyond the drawing included where they hold anything. */
export function placesOf(histogram: RiskHistogramDto) {
  const { from, to, counts, below, above } = whole(histogram);
  const step = (to - from) / Math.max(counts.length, 1);
  const inner = counts.map((count, at) => ({
    place: at + 1,
    from: from + at * step,
    to: from + (at + 1) * step,
    count,
  }));
  return [
    ...(below > 0 ? [{ place: 0, from: null, to: from, count: below }] : []),
    ...inner,
    ...(above > 0 ? [{ place: counts.length + 1, from: to, to: null, count: above }] : []),
  ];
}

export function rangeText({ from, to }: Pick<Bar, 'from' | 'to'>, t: Translate, locale: string): string {
  if (from === null) return t('risk.range.below', { to: points(to ?? 0, locale) });
  if (to === null) return t('risk.range.above', { from: points(from, locale) });
  return t('risk.range', { from: points(from, locale), to: points(to, locale) });
}

function titleOf(party: RiskPartyDto, paths: number, t: Translate, locale: string) {
  const [low, high] = [numberOf(party.irr.p25), numberOf(party.irr.p75)];
  if (low === null || high === null)
    return { text: t('risk.histogram.title.plain', { party: party.label }), about: undefined };
  const without = Math.round((numberOf(party.undefined_paths) ?? 0) * paths);
  const text = t('risk.histogram.title', {
    party: party.label,
    paths: numberFormat(locale, 0).format(paths - without),
    low: points(low, locale),
    high: points(high, locale),
  });
  return { text, about: `${party.irr.p25.address} ${party.irr.p75.address}` };
}

/** How many paths have no return, in a sentence, where there are any. */
function leftOut(party: RiskPartyDto, paths: number, t: Translate, locale: string): string {
  const without = Math.round((numberOf(party.undefined_paths) ?? 0) * paths);
  if (without === 0) return '';
  return t('risk.histogram.without', { count: without, paths: numberFormat(locale, 0).format(without) });
}
