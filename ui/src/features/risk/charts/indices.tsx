import { memo } from 'react';
import type { RiskFigure, SensitivityIndex } from '../../../api/bindings.ts';
import { ChartFrame } from '../../../charts/kernel/frame.tsx';
import { isSame } from '../../../charts/kernel/same.ts';
import { type Index, indicesLayout, type Share } from '../../../charts/sobol-indices/layout.ts';
import { IndicesView } from '../../../charts/sobol-indices/view.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useInteraction } from '../../charts/closing.tsx';
import { useFrameTexts } from '../../charts/texts.ts';
import { chanceText, numberOf, points } from '../words.ts';

type Props = {
  indices: readonly SensitivityIndex[];
  labels: Readonly<Record<string, string>>;
  output: string;
  width?: number;
};

/** What share of the variance each input explains: alone, and with all that it interacts with. */
export const IndicesChart = memo(function IndicesChart({ indices, labels, output, width }: Props) {
  const { t, locale } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  const told = (figure: RiskFigure) => chanceText(figure, locale, t('na'));
  const shown = indices.map(({ driver, first, total }): Index => {
    const label = labels[driver] ?? driver;
    const text = t('risk.indices.row', { driver: label, first: told(first), total: told(total) });
    return { id: driver, label, first: shareOf(first), total: shareOf(total), text };
  });
  const sorted = indicesLayout(shown, { width: 500 }).rows;
  const byDriver = new Map(indices.map((one) => [one.driver, one]));
  const lead = sorted[0]?.index;
  return (
    <ChartFrame
      description={{
        title:
          lead && lead.total.value !== null
            ? t('risk.indices.title', { driver: lead.label, share: points(lead.total.value, locale, 0) })
            : t('risk.indices.title.plain'),
        summary: t('risk.indices.summary', { count: shown.length }),
        columns: [t('risk.driver'), t('risk.first'), t('risk.total')],
        rows: sorted.map(({ index }) => {
          const one = byDriver.get(index.id);
          return [
            index.label,
            ...[one?.first, one?.total].map((figure) =>
              figure ? { text: told(figure), address: figure.address } : '',
            ),
          ];
        }),
      }}
      about={lead?.total.address}
      subtitle={t('risk.indices.subtitle', { output })}
      legend={<IndicesLegend />}
      texts={texts}
      notify={notify}
      initialWidth={width ?? 500}
      draw={(available) => {
        const geometry = indicesLayout(shown, { width: available });
        return {
          height: geometry.height,
          content: (
            <IndicesView
              geometry={geometry}
              names={{ tick: (value) => points(value, locale, 0) }}
              interaction={interaction}
            />
          ),
        };
      }}
    />
  );
}, isSame);

function IndicesLegend() {
  const { t } = useText();
  return (
    <ul className="legend risk-legend">
      {(['first', 'total'] as const).map((one) => (
        <li key={one} className="legend-item">
          <i className={`index-key index-key-${one}`} aria-hidden="true" />
          {t(`risk.${one}`)}
        </li>
      ))}
    </ul>
  );
}

const shareOf = (figure: RiskFigure): Share => ({
  value: numberOf(figure),
  error: figure.error === null ? null : Number(figure.error),
  address: figure.address,
});
