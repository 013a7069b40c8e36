import { memo, type ReactNode } from 'react';
import type { TwoWayView as TwoWay } from '../../../api/bindings.ts';
import { ChartFrame } from '../../../charts/kernel/frame.tsx';
import { isSame } from '../../../charts/kernel/same.ts';
import { type Result, twoWayLayout } from '../../../charts/two-way/layout.ts';
import { TwoWayView } from '../../../charts/two-way/view.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useInteraction } from '../../charts/closing.tsx';
import { useFrameTexts } from '../../charts/texts.ts';
import type { OutputWords } from '../outputs.ts';
import { numberOf } from '../words.ts';

type Props = {
  table: TwoWay;
  rows: readonly string[];
  columns: readonly string[];
  one: string;
  other: string;
  /** In what the rows and the columns are counted. */
  units: readonly [string, string];
  words: OutputWords;
  tools?: ReactNode;
  width?: number;
};

const isAlike = ({ tools: _, ...one }: Props, { tools: __, ...other }: Props): boolean => isSame(one, other);

/** A result over the values of two inputs, shaded. */
export const TwoWayChart = memo(function TwoWayChart(props: Props) {
  const { table, rows, columns, one, other, units, words, tools, width } = props;
  const { t } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  const cells = table.cells.map((row) =>
    row.map((figure): Result => {
      const value = numberOf(figure);
      return { value, text: value === null ? t('na') : words.number(value), address: figure.address };
    }),
  );
  return (
    <ChartFrame
      description={{
        title: t('risk.two_way.title', { output: words.name, one, other }),
        summary: t('risk.two_way.summary', { one, other }),
        columns: [t('risk.two_way.corner', { one, other }), ...columns],
        rows: cells.map((row, at) => [
          rows[at] ?? '',
          ...row.map(({ text, address }) => ({ text, address })),
        ]),
      }}
      subtitle={t('risk.two_way.subtitle', {
        one: `${one} (${units[0]})`,
        other: `${other} (${units[1]})`,
        unit: words.unit,
      })}
      texts={texts}
      notify={notify}
      legend={tools}
      initialWidth={width ?? 560}
      draw={(available) => {
        const geometry = twoWayLayout({ rows, columns, cells }, { width: available });
        return {
          height: geometry.height,
          content: (
            <TwoWayView
              geometry={geometry}
              names={{
                cell: (row, column, text) =>
                  t('risk.two_way.cell', { one: rows[row] ?? '', other: columns[column] ?? '', value: text }),
              }}
              interaction={interaction}
            />
          ),
        };
      }}
    />
  );
}, isAlike);
