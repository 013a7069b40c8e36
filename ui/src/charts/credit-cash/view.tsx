import { formatMonth } from '../../domain/dates.ts';
import { formatScaled } from '../../domain/money.ts';
import { Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import { amountText, type CreditCashGeometry } from './layout.ts';

type Props = { geometry: CreditCashGeometry; locale: string; interaction: Interaction };

export function CreditCashView({ geometry, locale, interaction }: Props) {
  const { left, right, zero, height } = geometry;
  const decimals = geometry.yTicks.some((tick) => tick.value % 1 !== 0) ? 1 : 0;
  return (
    <>
      {geometry.yTicks.map((tick) => (
        <g key={tick.value}>
          <line className="grid-line" x1={left} x2={right} y1={tick.at} y2={tick.at} />
          <text className="tick" x={left - 6} y={tick.at + 3.5} textAnchor="end">
            {formatScaled(tick.value, locale, decimals)}
          </text>
        </g>
      ))}
      <line className="axis-line" x1={left} x2={right} y1={zero} y2={zero} />
      {geometry.xTicks.map((tick) => (
        <text key={tick.label} className="tick" x={tick.at} y={height - 4}>
          {tick.label}
        </text>
      ))}
      {/* Leader lines lie below all labels, whose halo interrupts them. */}
      <g aria-hidden="true">
        {geometry.bars
          .filter((bar) => bar.label.leader)
          .map((bar) => {
            const centre = bar.x + bar.width / 2;
            return (
              <line
                key={bar.payment.id}
                className="leader"
                x1={centre}
                x2={centre}
                y1={bar.label.y + 3}
                y2={bar.y - 2}
              />
            );
          })}
      </g>
      {geometry.bars.map((bar, at) => {
        const { payment, label } = bar;
        const amount = amountText(payment, locale);
        return (
          <Mark
            key={payment.id}
            label={`${payment.label} ${amount}, ${formatMonth(payment.date, locale)}`}
            address={payment.address}
            interaction={interaction}
            first={at === 0}
          >
            <rect
              className="mark-shape fill-soft credit-bar"
              x={bar.x}
              y={bar.y}
              width={bar.width}
              height={bar.height}
            />
            <text className="label halo" x={label.x} y={label.y - 3} textAnchor={label.anchor}>
              {payment.label} <tspan className="credit-amount">{amount}</tspan>
            </text>
          </Mark>
        );
      })}
    </>
  );
}
