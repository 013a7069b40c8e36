import { memo, useState } from 'react';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { isSame } from '../../charts/kernel/same.ts';
import { duringAddress, type FlowData, flowAddress, linkId } from '../../charts/recoupment-sankey/data.ts';
import {
  halves,
  type Ribbon,
  type SankeyGeometry,
  sankeyLayout,
} from '../../charts/recoupment-sankey/layout.ts';
import { type Slots, sankeySlots } from '../../charts/recoupment-sankey/slots.ts';
import { HEAD, SankeyView } from '../../charts/recoupment-sankey/view.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatPercent, formatWhole } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useInteraction } from './closing.tsx';
import { FlowCard } from './flow-card.tsx';
import { useFrameTexts } from './texts.ts';

type Props = {
  data: FlowData;
  /** The period at whose end the drawing stands. */
  period: number;
  periodName: string;
  title: string;
  about?: string | undefined;
  subtitle: string;
  height?: number;
  width?: number;
  /** A station that is looked at from elsewhere on the page, such as a tier of the order. */
  looked?: string | null;
};

/** Below this width the way to the account and the way from it stand under each other. */
const NARROW = 560;

/** Places stand for all periods: they are found once for a drawing and a size. */
const known = new WeakMap<FlowData, Map<string, Slots>>();
function slotsFor(data: FlowData, width: number, height: number, locale: string): Slots {
  const sizes = known.get(data) ?? new Map<string, Slots>();
  known.set(data, sizes);
  const key = `${width}x${height} ${locale}`;
  const slots = sizes.get(key) ?? sankeySlots(data, { width, height }, locale);
  sizes.set(key, slots);
  return slots;
}
const parts = new WeakMap<FlowData, FlowData[]>();
function partsOf(data: FlowData): FlowData[] {
  const made = parts.get(data) ?? halves(data);
  parts.set(data, made);
  return made;
}

export const FlowChart = memo(function FlowChart(props: Props) {
  const { data, period, title, about, subtitle, height = 520, width } = props;
  const { t, locale } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  const [lit, setLit] = useState<string | null>(null);
  const [drawn, setDrawn] = useState<SankeyGeometry | null>(null);
  const label = new Map(data.nodes.map((node) => [node.id, node.label]));
  const looked = lit ?? props.looked ?? null;
  const heads = [
    t('flow.head.sources'),
    t('flow.head.collectors'),
    t('flow.head.account'),
    t('flow.head.tiers'),
    t('flow.head.people'),
  ];
  const stream = ({ link, amountText, share }: Ribbon) =>
    t('flow.stream', {
      from: label.get(link.source) ?? link.source,
      to: label.get(link.target) ?? link.target,
      amount: amountText,
      share: formatPercent(share, locale),
    });
  const view = (part: FlowData, slots: Slots, geometry: SankeyGeometry) => (
    <SankeyView
      data={part}
      slots={slots}
      geometry={geometry}
      period={period}
      heads={slots.stages.map((stage) => heads[stage] ?? '')}
      lit={looked}
      onLight={(id) => {
        setLit(id);
        setDrawn(geometry);
      }}
      interaction={interaction}
      names={{
        stream,
        opens: ({ node }) => (node.others ? t('flow.members', { count: node.others }) : t('flow.group')),
      }}
    />
  );
  return (
    <ChartFrame
      description={{
        title,
        summary: t('sankey.summary', { nodes: data.nodes.length, links: data.links.length }),
        columns: [t('sankey.from'), t('sankey.to'), t('flow.through'), t('flow.during')],
        rows: data.links.map((link) => [
          label.get(link.source) ?? link.source,
          label.get(link.target) ?? link.target,
          cell(link.amounts[period], flowAddress(data, linkId(link), period), locale),
          cell(link.during[period], duringAddress(data, linkId(link), period), locale),
        ]),
      }}
      about={about}
      subtitle={subtitle}
      texts={texts}
      notify={notify}
      initialWidth={width ?? 860}
      overlay={
        lit !== null && drawn ? (
          <FlowCard data={data} id={lit} period={period} periodName={props.periodName} geometry={drawn} />
        ) : null
      }
      draw={(available) => {
        if (available >= NARROW) {
          const slots = slotsFor(data, available, height, locale);
          const geometry = sankeyLayout(data, slots, period, locale);
          return { height: slots.height + HEAD, content: view(data, slots, geometry) };
        }
        let top = 0;
        const content = partsOf(data).map((part, at) => {
          const slots = slotsFor(part, available, height * 0.75, locale);
          const from = top;
          top += slots.height + HEAD;
          return (
            <g key={at === 0 ? 'in' : 'out'} transform={`translate(0 ${from})`}>
              {view(part, slots, sankeyLayout(part, slots, period, locale))}
            </g>
          );
        });
        return { height: top, content };
      }}
    />
  );
}, isSame);

function cell(
  amount: FlowData['links'][number]['amounts'][number] | undefined,
  address: string,
  locale: string,
) {
  return { text: amount ? formatWhole(amount, locale) : '', address };
}
