import { type KeyboardEvent, useRef } from 'react';
import type { FigureDto, StatementPeriodDto } from '../../api/bindings.ts';
import { formatMonth } from '../../domain/dates.ts';
import { toScale } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { moneyOf } from './amounts.tsx';

type Props = {
  periods: readonly StatementPeriodDto[];
  /** What is drawn for each period. */
  bars: readonly (FigureDto | null)[];
  chosen: number;
  onChoose: (period: number) => void;
};

/** Every period as a bar to be chosen: what was paid in it, to scale. The arrow keys walk them. */
export function PeriodStrip({ periods, bars, chosen, onChoose }: Props) {
  const { t, locale } = useText();
  const list = useRef<HTMLDivElement>(null);
  const sizes = barHeights(bars);
  const walk = (event: KeyboardEvent) => {
    const step: Record<string, number> = {
      ArrowLeft: chosen - 1,
      ArrowRight: chosen + 1,
      Home: 0,
      End: periods.length - 1,
    };
    const next = step[event.key];
    if (next === undefined || !periods[next]) return;
    event.preventDefault();
    onChoose(next);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <>
      <div
        ref={list}
        className="period-strip"
        role="group"
        aria-label={t('statements.periods')}
        onKeyDown={walk}
      >
        {periods.map((period, at) => (
          <button
            key={period.month}
            type="button"
            className="period-bar"
            tabIndex={at === chosen ? 0 : -1}
            aria-pressed={at === chosen}
            aria-label={t('statements.period.ending', { month: formatMonth(period.month, locale) })}
            title={formatMonth(period.month, locale)}
            onClick={() => onChoose(at)}
          >
            <span
              className={(moneyOf(bars[at] ?? null)?.minor ?? 0) < 0 ? 'bar bar-down' : 'bar'}
              style={{ blockSize: `${sizes[at] ?? 0}%` }}
            />
          </button>
        ))}
      </div>
      <p className="period-ends" aria-hidden="true">
        <span>{formatMonth(periods[0]?.month ?? '', locale)}</span>
        <span>{formatMonth(periods.at(-1)?.month ?? '', locale)}</span>
      </p>
    </>
  );
}

/** Heights in percent of the greatest; what is not nothing can be seen. */
export function barHeights(bars: readonly (FigureDto | null)[]): number[] {
  const sizes = bars.map((figure) => {
    const money = moneyOf(figure);
    return money ? Math.abs(toScale(money)) : 0;
  });
  const most = Math.max(...sizes, 0);
  return sizes.map((size) => (size === 0 || most === 0 ? 0 : Math.max(4, (size / most) * 100)));
}
