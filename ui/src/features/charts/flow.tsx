import { memo } from 'react';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { isSame } from '../../charts/kernel/same.ts';
import { type FlowData, sankeyLayout } from '../../charts/recoupment-sankey/layout.ts';
import { SankeyView } from '../../charts/recoupment-sankey/view.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatMillions, formatWhole, type Money } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useInteraction } from './closing.tsx';
import { useFrameTexts } from './texts.ts';

type Props = {
  data: FlowData;
  currency: string;
  gross: Money | null;
  account: Money | null;
  height?: number;
  width?: number;
};

export const FlowChart = memo(function FlowChart({
  data,
  currency,
  gross,
  account,
  height = 420,
  width,
}: Props) {
  const { t, locale } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  const label = new Map(data.nodes.map((node) => [node.id, node.label]));
  const title =
    gross && account
      ? t('sankey.title', { gross: formatMillions(gross, locale), account: formatMillions(account, locale) })
      : t('sankey.title.plain');
  return (
    <ChartFrame
      description={{
        title,
        summary: t('sankey.summary', { nodes: data.nodes.length, links: data.links.length }),
        columns: [t('sankey.from'), t('sankey.to'), t('col.amount')],
        rows: data.links.map((link) => [
          label.get(link.source) ?? link.source,
          label.get(link.target) ?? link.target,
          { text: formatWhole(link.amount, locale), address: link.address },
        ]),
      }}
      subtitle={t('sankey.subtitle', { currency })}
      texts={texts}
      notify={notify}
      initialWidth={width ?? 860}
      draw={(available) => {
        const geometry = sankeyLayout(data, { width: available, height }, locale);
        return {
          height,
          content: <SankeyView data={data} geometry={geometry} locale={locale} interaction={interaction} />,
        };
      }}
    />
  );
}, isSame);
