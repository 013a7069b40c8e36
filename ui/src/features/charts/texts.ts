import type { FrameTexts } from '../../charts/kernel/frame.tsx';
import { useText } from '../../i18n/index.tsx';

export function useFrameTexts(): FrameTexts {
  const { t } = useText();
  return {
    showTable: t('chart.table'),
    showChart: t('chart.chart'),
    copyCsv: t('chart.csv'),
    copyPng: t('chart.png'),
    copySvg: t('chart.svg'),
    copied: t('chart.copied'),
    keys: t('chart.keys'),
  };
}
