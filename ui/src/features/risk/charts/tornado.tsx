import { memo } from 'react';
import type { SensitivityView } from '../../../api/bindings.ts';
import { ChartFrame } from '../../../charts/kernel/frame.tsx';
import { isSame } from '../../../charts/kernel/same.ts';
import { type Swing, tornadoLayout } from '../../../charts/tornado/layout.ts';
import { TornadoView } from '../../../charts/tornado/view.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useFrameTexts } from '../../charts/texts.ts';
import type { OutputWords } from '../outputs.ts';
import { numberOf } from '../words.ts';

type Props = {
  sensitivity: Pick<SensitivityView, 'base' | 'bars'>;
  words: OutputWords;
  party: string;
  chosen: string | null;
  width?: number;
  /** Opens the input of a bar. */
  onOpen: (driver: string, path: string) => void;
};

/** What a result comes to with each input at its ends. */
export const TornadoChart = memo(function TornadoChart(props: Props) {
  const { sensitivity, words, party, chosen, width, onOpen } = props;
  const { t } = useText();
  const texts = useFrameTexts();
  const notify = useToast();
  const { number, unit, name } = words;
  const base = numberOf(sensitivity.base);
  const swings = sensitivity.bars.flatMap((bar): Swing[] => {
    const [low, high] = [numberOf(bar.low), numberOf(bar.high)];
    if (low === null || high === null) return [];
    return [
      {
        id: bar.driver,
        label: bar.label,
        low,
        high,
        lowText: low === high ? '' : number(low),
        highText: low === high ? t('risk.tornado.still') : number(high),
        path: bar.path,
        address: bar.high.address,
      },
    ];
  });
  const geometryOf = (available: number) => tornadoLayout(swings, base ?? 0, { width: available });
  const first = geometryOf(400).rows[0]?.swing;
  const bars = new Map(sensitivity.bars.map((bar) => [bar.driver, bar]));
  return (
    <ChartFrame
      description={{
        title: first ? t('risk.tornado.title', { driver: first.label }) : t('risk.tornado.title.plain'),
        summary: t('risk.tornado.summary', { count: swings.length }),
        columns: [t('risk.driver'), t('risk.at_p10'), t('risk.at_p90')],
        rows: [
          ...geometryOf(400).rows.map(({ swing }) => [
            swing.label,
            { text: swing.lowText, address: bars.get(swing.id)?.low.address },
            { text: swing.highText, address: bars.get(swing.id)?.high.address },
          ]),
          ...(base === null
            ? []
            : [[t('risk.base'), { text: number(base), address: sensitivity.base.address }, '']]),
        ],
      }}
      about={first ? bars.get(first.id)?.high.address : undefined}
      subtitle={t('risk.tornado.subtitle', { party, output: name, unit })}
      texts={texts}
      notify={notify}
      initialWidth={width ?? 370}
      draw={(available) => {
        const geometry = geometryOf(available);
        return {
          height: geometry.height,
          content: (
            <TornadoView
              geometry={geometry}
              names={{
                base: base === null ? '' : t('risk.tornado.base', { value: number(base) }),
                row: ({ swing, name: shown }) =>
                  t('risk.tornado.row', {
                    driver: shown,
                    low: swing.lowText,
                    high: shown === swing.label ? swing.highText : `${swing.highText} (${swing.label})`,
                  }),
                tick: (value) => number(value, 0),
              }}
              chosen={chosen}
              onOpen={({ swing }) => onOpen(swing.id, swing.path)}
            />
          ),
        };
      }}
    />
  );
}, isSame);
