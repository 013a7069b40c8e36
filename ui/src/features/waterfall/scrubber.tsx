import { type KeyboardEvent, memo, type PointerEvent, useMemo, useRef } from 'react';
import { useWidth } from '../../charts/kernel/size.ts';
import { duringAddress, type FlowData } from '../../charts/recoupment-sankey/data.ts';
import { periodAt, type ReceiptPeriod, receiptBars } from '../../charts/recoupment-sankey/receipts.ts';
import { Icon } from '../../components/icon.tsx';
import { DASH, formatMillions } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { lengthOf } from './flow.ts';

type Props = {
  data: FlowData;
  periods: readonly ReceiptPeriod[];
  names: readonly string[];
  period: number;
  isPlaying: boolean;
  onPeriod: (period: number) => void;
  onPlay: (isPlaying: boolean) => void;
};

const HEIGHT = 34;

/** What the keys of a period do, wherever they are pressed; null for any other key. */
export function steppedPeriod(key: string, period: number, count: number): number | null {
  const last = count - 1;
  const next: Record<string, number> = {
    ArrowRight: period + 1,
    ArrowUp: period + 1,
    ArrowLeft: period - 1,
    ArrowDown: period - 1,
    PageUp: period + 4,
    PageDown: period - 4,
    Home: 0,
    End: last,
  };
  const wanted = next[key];
  return wanted === undefined ? null : Math.min(Math.max(wanted, 0), last);
}

/** The periods on a line of time, with what each brings to the account; plays, steps and is dragged. */
export const Scrubber = memo(function Scrubber(props: Props) {
  const { data, periods, names, period, isPlaying, onPeriod, onPlay } = props;
  const { t, locale } = useText();
  const body = useRef<HTMLDivElement>(null);
  const width = useWidth(body, 640);
  const bars = useMemo(() => receiptBars(periods, { width, height: HEIGHT }, 56), [periods, width]);
  const name = names[period] ?? '';
  const during = periods[period]?.during;
  const length = lengthOf(periods[period]?.start ?? '', periods[period]?.end ?? '');
  const amount = during ? (during.minor === 0 ? DASH : formatMillions(during, locale, 2)) : '';
  const toPointer = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onPeriod(periodAt(bars, ((event.clientX - box.left) / Math.max(box.width, 1)) * width));
  };
  const onKey = (event: KeyboardEvent) => {
    const next = steppedPeriod(event.key, period, periods.length);
    if (event.key === ' ') onPlay(!isPlaying);
    else if (next === null) return;
    else onPeriod(next);
    event.preventDefault();
    event.stopPropagation();
  };
  const end = bars.ends[period] ?? 0;
  return (
    <div className="scrubber">
      <button
        type="button"
        className="scrubber-play"
        aria-label={t(isPlaying ? 'flow.pause' : 'flow.play')}
        aria-keyshortcuts="Space"
        onClick={() => onPlay(!isPlaying)}
      >
        <Icon name={isPlaying ? 'pause' : 'play'} />
      </button>
      <div className="scrubber-now" data-address={duringAddress(data, 'received', period)}>
        <p className="strong">{name}</p>
        <p className="sub">{t(`flow.during.${length}`, { amount })}</p>
      </div>
      <div
        ref={body}
        className="scrubber-line"
        role="slider"
        tabIndex={0}
        aria-label={t('flow.period')}
        aria-valuemin={1}
        aria-valuemax={periods.length}
        aria-valuenow={period + 1}
        aria-valuetext={t('flow.period.value', { period: name, amount })}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture?.(event.pointerId);
          onPlay(false);
          toPointer(event);
        }}
        onPointerMove={(event) => {
          if (event.buttons === 1) toPointer(event);
        }}
      >
        <svg viewBox={`0 0 ${width} ${HEIGHT + 20}`} aria-hidden="true">
          {bars.bars.map((bar, at) => (
            <rect
              key={periods[at]?.end}
              className={at <= period ? 'receipt-bar' : 'receipt-bar receipt-later'}
              x={bar.x}
              y={bar.y}
              width={bar.width}
              height={bar.height}
            />
          ))}
          <line className="axis-line" x1={0} x2={width} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} />
          {bars.named.map((at) => (
            <text
              key={names[at]}
              className="tick"
              textAnchor="middle"
              x={Math.min(Math.max(bars.bars[at]?.middle ?? 0, 24), width - 24)}
              y={HEIGHT + 15}
            >
              {names[at]}
            </text>
          ))}
          <g className="scrubber-hand" transform={`translate(${Math.min(Math.max(end, 5), width - 5)} 0)`}>
            <line x1={0} x2={0} y1={2} y2={HEIGHT + 4} />
            <rect x={-5} y={-4} width={10} height={14} rx={3} />
          </g>
        </svg>
      </div>
    </div>
  );
});
