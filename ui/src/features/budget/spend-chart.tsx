import { memo, type ReactNode } from 'react';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { isSame } from '../../charts/kernel/same.ts';
import { spendLayout } from '../../charts/s-curve/layout.ts';
import { SpendView } from '../../charts/s-curve/view.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatMonth } from '../../domain/dates.ts';
import { DASH, formatScaled } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useInteraction } from '../charts/closing.tsx';
import { useFrameTexts } from '../charts/texts.ts';
import type { Spend } from './spend-data.ts';

type Props = {
  spend: Spend;
  /** The groups in words, in their order. */
  names: readonly string[];
  currency: string;
  today: string;
  tools?: ReactNode;
  width?: number;
};

/** All that is spent so far, and below it each month by its groups. */
export const SpendChart = memo(
  function SpendChart({ spend, names, currency, today, tools, width }: Props) {
    const { t, locale } = useText();
    const texts = useFrameTexts();
    const notify = useToast();
    const interaction = useInteraction();
    const { groups, months } = spend;
    const { half, months: rows } = spendLayout(months, { width: 600 }, locale);
    const soFar = new Map(rows.map((row) => [row.month, row.soFar]));
    const whole = rows.at(-1)?.soFar ?? 0;
    const month = half ? formatMonth(half.month, locale) : '';
    return (
      <>
        <ChartFrame
          description={{
            title: t('spend.title', { month }),
            summary: t('spend.summary', {
              count: months.length,
              first: formatMonth(months[0]?.month ?? '', locale),
              last: formatMonth(months.at(-1)?.month ?? '', locale),
            }),
            columns: [t('cash.month'), ...names, t('spend.so_far')],
            rows: months.map((one, at) => [
              formatMonth(one.month, locale),
              ...groups.map(({ addresses }, group) => {
                const own = addresses[at] ?? [];
                const part = formatScaled((one.parts[group] ?? 0) / 1e6, locale, 3);
                return own.length === 0 ? DASH : { text: part, address: own.join(' ') };
              }),
              formatScaled(soFar.get(one.month) ?? 0, locale, 3),
            ]),
          }}
          subtitle={t('spend.subtitle', { currency })}
          texts={texts}
          notify={notify}
          initialWidth={width ?? 580}
          legend={tools}
          draw={(available) => {
            const height = available < 480 ? 340 : 470;
            const geometry = spendLayout(months, { width: available, height }, locale, today);
            return {
              height,
              content: (
                <SpendView
                  geometry={geometry}
                  months={months}
                  slots={groups.map((group) => group.slot)}
                  locale={locale}
                  interaction={interaction}
                  names={{
                    month: t('spend.month'),
                    soFar: t('spend.so_far'),
                    half: t('spend.half', { month }),
                    end: formatScaled(whole, locale, 1),
                    upper: t('spend.upper'),
                    lower: t('spend.lower'),
                  }}
                />
              ),
            };
          }}
        />
        <p className="legend spend-legend">
          {groups.map(({ id, slot }, at) => (
            <span key={id} className="legend-item">
              <span className={`map-swatch spend-swatch spend-swatch-${slot}`} aria-hidden="true" />
              {names[at]}
            </span>
          ))}
        </p>
      </>
    );
  },
  (one, other) => one.tools === other.tools && isSame({ ...one, tools: null }, { ...other, tools: null }),
);
