import { memo, useState } from 'react';
import { ChartFrame } from '../../../charts/kernel/frame.tsx';
import { isSame } from '../../../charts/kernel/same.ts';
import { parallelLayout } from '../../../charts/parallel-coordinates/layout.ts';
import { ParallelView } from '../../../charts/parallel-coordinates/view.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useFrameTexts } from '../../charts/texts.ts';
import { betterOf, type MeasureKey, measureName, measureText, unitName } from '../measures.ts';
import type { Scenario } from '../types.ts';

type Props = {
  scenarios: readonly Scenario[];
  measures: readonly MeasureKey[];
  currency: string;
  title: string;
  chosen: string | null;
  onChoose: (id: string) => void;
  width?: number;
};

const HEIGHT = 264;

/** Where each deal wins and what it costs: its measures side by side, the better end of each above. */
export const ParallelChart = memo(function ParallelChart(props: Props) {
  const { scenarios, measures, currency, title, chosen, onChoose, width } = props;
  const { t, locale } = useText();
  const texts = useFrameTexts();
  const notify = useToast();
  const [lit, setLit] = useState<string | null>(null);
  const axes = measures.map((key) => ({
    key,
    label: measureName(key, t),
    unit: unitName(key, currency, t),
    better: betterOf(key),
  }));
  const lines = scenarios.map((one) => ({
    id: one.id,
    label: one.name,
    isNow: one.isNow,
    values: measures.map((key) => one.measures[key].value),
  }));
  const text = (at: number, value: number | null) => {
    const measure = measures[at];
    return value === null || !measure ? t('na') : measureText(measure, value, locale, t);
  };
  const shown = scenarios.find(({ id }) => id === (lit ?? chosen));
  return (
    <ChartFrame
      description={{
        title,
        summary: t('scenarios.parallel.summary', { count: lines.length, measures: axes.length }),
        columns: [
          t('scenarios.deal'),
          ...axes.map(({ label, unit }) => (unit === '' ? label : `${label}, ${unit}`)),
        ],
        rows: scenarios.map((one) => [
          one.name,
          ...measures.map((key, at) => ({
            text: text(at, one.measures[key].value),
            address: one.measures[key].address ?? undefined,
          })),
        ]),
      }}
      subtitle={
        shown ? t('scenarios.parallel.subtitle', { name: shown.name }) : t('scenarios.parallel.plain')
      }
      texts={texts}
      notify={notify}
      initialWidth={width ?? 460}
      draw={(available) => ({
        height: HEIGHT,
        content: (
          <ParallelView
            geometry={parallelLayout({ axes, lines }, { width: available, height: HEIGHT })}
            chosen={chosen}
            lit={lit}
            names={{
              line: ({ label, values }) =>
                `${label}: ${axes.map((axis, at) => `${axis.label} ${text(at, values[at] ?? null)}`).join(', ')}`,
              value: text,
            }}
            onLight={setLit}
            onOpen={onChoose}
          />
        ),
      })}
    />
  );
}, isSame);
