import { useLayoutEffect, useRef, useState } from 'react';
import { cardPlace } from '../../charts/recoupment-sankey/card.ts';
import {
  duringAddress,
  type FlowData,
  type FlowLink,
  flowAddress,
  linkId,
  pathThrough,
} from '../../charts/recoupment-sankey/data.ts';
import type { SankeyGeometry } from '../../charts/recoupment-sankey/layout.ts';
import { HEAD } from '../../charts/recoupment-sankey/view.tsx';
import { formatWhole, type Money } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';

type Props = {
  data: FlowData;
  /** A station or a stream. */
  id: string;
  period: number;
  periodName: string;
  geometry: SankeyGeometry;
};

/** How many parts a card names; the others are in the table. */
const MOST = 8;

type Line = { id: string; label: string; amount: Money; address: string };

/** What a station or stream comes to, and of what: beside the drawing, hiding as little of it as can be. */
export function FlowCard({ data, id, period, periodName, geometry }: Props) {
  const { t, locale } = useText();
  const card = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 250, height: 120 });
  useLayoutEffect(() => {
    const { offsetWidth: width = 0, offsetHeight: height = 0 } = card.current ?? {};
    if (width > 0 && (width !== size.width || height !== size.height)) setSize({ width, height });
  });
  const lit = new Set([...pathThrough(data, id)].flatMap((link) => [link.source, link.target]));
  const place = cardPlace(geometry, lit, size);
  const told = tell(data, id, period);
  if (!told) return null;
  const label = new Map(data.nodes.map((node) => [node.id, node.label]));
  const during = told.during;
  return (
    <div
      ref={card}
      className="flow-card"
      aria-hidden="true"
      style={{ left: `${(place.x / geometry.width) * 100}%`, top: place.y + HEAD }}
    >
      <p className="flow-card-title">{told.names.map((name) => label.get(name) ?? name).join(' → ')}</p>
      <dl>
        {told.lines.map((line) => (
          <div key={line.id}>
            <dt>{label.get(line.label) ?? line.label}</dt>
            <dd data-address={line.address}>{formatWhole(line.amount, locale)}</dd>
          </div>
        ))}
        {told.more > 0 ? (
          <div>
            <dt>{t('flow.more', { count: told.more })}</dt>
            <dd />
          </div>
        ) : null}
        <div className="flow-card-total">
          <dt>{t(told.word, { period: periodName })}</dt>
          <dd data-address={flowAddress(data, id, period)}>{formatWhole(told.through, locale)}</dd>
        </div>
        {during ? (
          <div>
            <dt>{t('flow.card.during', { period: periodName })}</dt>
            <dd data-address={duringAddress(data, id, period)}>{formatWhole(during, locale)}</dd>
          </div>
        ) : null}
      </dl>
    </div>
  );
}

type Told = {
  names: string[];
  lines: Line[];
  more: number;
  through: Money;
  during: Money | null;
  word: 'flow.card.received' | 'flow.card.sent' | 'flow.card.passed';
};

function tell(data: FlowData, id: string, period: number): Told | null {
  const stream = data.links.find((link) => linkId(link) === id);
  if (stream) {
    const through = stream.amounts[period];
    if (!through) return null;
    return {
      names: [stream.source, stream.target],
      lines: [],
      more: 0,
      through,
      during: stream.during[period] ?? null,
      word: 'flow.card.passed',
    };
  }
  const node = data.nodes.find((one) => one.id === id);
  const through = node?.amounts[period];
  if (!node || !through) return null;
  // What a station received is told by whence; what nothing enters, by whither.
  const entering = data.links.filter((link) => link.target === id);
  const parts = entering.length > 0 ? entering : data.links.filter((link) => link.source === id);
  const other = (link: FlowLink) => (entering.length > 0 ? link.source : link.target);
  const lines = parts
    .flatMap((link) => {
      const amount = link.amounts[period];
      if (!amount || amount.minor === 0) return [];
      return [
        { id: linkId(link), label: other(link), amount, address: flowAddress(data, linkId(link), period) },
      ];
    })
    .sort((a, b) => b.amount.minor - a.amount.minor);
  return {
    names: [id],
    lines: lines.slice(0, MOST),
    more: Math.max(lines.length - MOST, 0),
    through,
    during: null,
    word: entering.length > 0 ? 'flow.card.received' : 'flow.card.sent',
  };
}
