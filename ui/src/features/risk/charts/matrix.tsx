import type { ReactNode } from 'react';
import { type MatrixData, matrixLayout } from '../../../charts/correlation-matrix/layout.ts';
import { MatrixView } from '../../../charts/correlation-matrix/view.tsx';
import { ChartFrame } from '../../../charts/kernel/frame.tsx';
import { useToast } from '../../../components/toast.tsx';
import { formatScaled } from '../../../domain/money.ts';
import { useText } from '../../../i18n/index.tsx';
import { useFrameTexts } from '../../charts/texts.ts';

type Props = {
  data: MatrixData;
  isRepaired: boolean;
  chosen: { one: string; other: string } | null;
  pathOf: (one: string, other: string) => string | undefined;
  onChoose: (one: string, other: string) => void;
  onStep: (one: string, other: string, steps: number) => void;
  onType: (one: string, other: string) => void;
  tools?: ReactNode;
  width?: number;
};

/** How the drivers move together: typed below the diagonal, used above it. */
export function MatrixChart(props: Props) {
  const { data, isRepaired, chosen, pathOf, onChoose, onStep, onType, tools, width } = props;
  const { t, locale } = useText();
  const texts = useFrameTexts();
  const notify = useToast();
  const rho = (value: number) => formatScaled(value, locale, 2);
  const name = (id: string) => data.inputs.find((one) => one.id === id)?.label ?? id;
  return (
    <div data-path="risk.correlations">
      <ChartFrame
        description={{
          title: isRepaired ? t('risk.matrix.title.repaired') : t('risk.matrix.title'),
          summary: t('risk.matrix.summary', { count: data.pairs.length }),
          columns: [t('risk.matrix.pair'), t('risk.matrix.typed'), t('risk.matrix.used')],
          rows: data.pairs.map(({ one, other, typed, used }) => [
            t('risk.matrix.with', { one: name(one), other: name(other) }),
            typed === null ? t('na') : rho(typed),
            used === null ? t('na') : rho(used),
          ]),
        }}
        subtitle={t('risk.matrix.subtitle')}
        texts={texts}
        notify={notify}
        legend={tools}
        initialWidth={width ?? 620}
        draw={(available) => {
          const geometry = matrixLayout(data, { width: available });
          return {
            height: geometry.height,
            content: (
              <MatrixView
                geometry={geometry}
                chosen={chosen}
                names={{
                  cell: (cell) =>
                    t('risk.matrix.cell', {
                      one: name(cell.one),
                      other: name(cell.other),
                      rho: cell.rho === null ? rho(0) : rho(cell.rho),
                    }),
                  rho,
                  path: pathOf,
                }}
                onChoose={onChoose}
                onStep={onStep}
                onType={onType}
              />
            ),
          };
        }}
      />
    </div>
  );
}
