import { useMemo, useState } from 'react';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { spendLayout } from '../../charts/s-curve/layout.ts';
import { SpendView } from '../../charts/s-curve/view.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatMonth } from '../../domain/dates.ts';
import { DASH, formatScaled } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useInteraction } from '../charts/closing.tsx';
import { useFrameTexts } from '../charts/texts.ts';
import { Tile } from '../shell/page.tsx';
import { useWords } from '../words.ts';
import { useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { type Grouping, spendOf } from './spend-data.ts';

/** When the money is spent: all so far, and month by month. */
export function SpendTile({ width }: { width?: number }) {
  const { t, locale } = useText();
  const words = useWords();
  const { document } = useDeal();
  const book = useBook();
  const texts = useFrameTexts();
  const notify = useToast();
  const interaction = useInteraction();
  const [grouping, setGrouping] = useState<Grouping>('phase');
  const lines = document.budget?.lines ?? [];
  const { groups, months } = useMemo(
    () => spendOf(lines, book, document.currency, grouping),
    [lines, book, document.currency, grouping],
  );
  const nameOf = (id: string) => {
    if (id === 'contingency') return t('costs.contingency');
    if (id === 'all') return t('spend.all');
    return grouping === 'phase'
      ? words.term('phase', id)
      : t(`spend.group.${id as 'above' | 'making' | 'post' | 'general'}`);
  };
  if (months.length === 0) return null;
  const { half, months: rows } = spendLayout(months, { width: 600 }, locale);
  const soFar = new Map(rows.map((row) => [row.month, row.soFar]));
  const whole = rows.at(-1)?.soFar ?? 0;
  const halfMonth = half ? formatMonth(half.month, locale) : '';
  return (
    <Tile span={6} edge>
      <ChartFrame
        description={{
          title: t('spend.title', { month: halfMonth }),
          summary: t('spend.summary', {
            count: months.length,
            first: formatMonth(months[0]?.month ?? '', locale),
            last: formatMonth(months.at(-1)?.month ?? '', locale),
          }),
          columns: [t('cash.month'), ...groups.map(({ id }) => nameOf(id)), t('spend.so_far')],
          rows: months.map((month, at) => [
            formatMonth(month.month, locale),
            ...groups.map(({ addresses }, group) => {
              const part = month.parts[group] ?? 0;
              const own = addresses[at] ?? [];
              return own.length === 0
                ? DASH
                : { text: formatScaled(part / 1e6, locale, 3), address: own.join(' ') };
            }),
            formatScaled(soFar.get(month.month) ?? 0, locale, 3),
          ]),
        }}
        subtitle={t('spend.subtitle', { currency: document.currency })}
        texts={texts}
        notify={notify}
        initialWidth={width ?? 580}
        legend={
          <Segmented
            label={t('spend.by')}
            value={grouping}
            options={[
              { value: 'phase', label: t('spend.by.phase') },
              { value: 'group', label: t('spend.by.group') },
            ]}
            onChange={setGrouping}
          />
        }
        draw={(available) => {
          const geometry = spendLayout(
            months,
            { width: available, height: available < 480 ? 340 : 470 },
            locale,
            document.as_of,
          );
          return {
            height: geometry.height,
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
                  half: t('spend.half', { month: halfMonth }),
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
        {groups.map(({ id, slot }) => (
          <span key={id} className="legend-item">
            <span className={`map-swatch spend-swatch spend-swatch-${slot}`} aria-hidden="true" />
            {nameOf(id)}
          </span>
        ))}
      </p>
    </Tile>
  );
}
