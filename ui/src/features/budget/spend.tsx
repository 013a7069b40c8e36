import { useMemo, useState } from 'react';
import { Segmented } from '../../components/segmented.tsx';
import { useText } from '../../i18n/index.tsx';
import { Tile } from '../shell/page.tsx';
import { useWords } from '../words.ts';
import { useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { SpendChart } from './spend-chart.tsx';
import { type Grouping, spendOf } from './spend-data.ts';

/** When the money is spent, by phase or by accounts. */
export function SpendTile() {
  const { t } = useText();
  const words = useWords();
  const { document } = useDeal();
  const book = useBook();
  const [grouping, setGrouping] = useState<Grouping>('phase');
  const lines = document.budget?.lines ?? [];
  const spend = useMemo(
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
  const tools = useMemo(
    () => (
      <Segmented
        label={t('spend.by')}
        value={grouping}
        options={[
          { value: 'phase', label: t('spend.by.phase') },
          { value: 'group', label: t('spend.by.group') },
        ]}
        onChange={setGrouping}
      />
    ),
    [t, grouping],
  );
  if (spend.months.length === 0) return null;
  return (
    <Tile span={6} edge>
      <SpendChart
        spend={spend}
        names={spend.groups.map(({ id }) => nameOf(id))}
        currency={document.currency}
        today={document.as_of}
        tools={tools}
      />
    </Tile>
  );
}
