import { Grid, type GridColumn } from '../../components/grid.tsx';
import { moneyAt, type RevenueSource } from '../../domain/document.ts';
import { useText } from '../../i18n/index.tsx';
import { useBlock } from '../block.ts';
import { moneyColumn, percentColumn, textColumn } from '../cells.ts';
import { useWords } from '../words.ts';
import { useDeal } from '../workspace/desk.tsx';

const ESTIMATES = ['low', 'base', 'high', 'ask', 'take'] as const;

/** Every source in a line with all its cases, as an agent's list of estimates is pasted. */
export function EstimateSheet() {
  const { t, locale } = useText();
  const { document, edit } = useDeal();
  const words = useWords();
  const sources = document.revenue?.sources ?? [];
  const path = (source: RevenueSource, field: string) => `revenue.sources[${source.id}].${field}`;
  const context = { t, locale, edit };
  const columns: GridColumn<RevenueSource>[] = [
    textColumn(
      {
        id: 'label',
        head: t('revenue.source'),
        path: (source) => path(source, 'label'),
        value: (source) => source.label,
      },
      edit,
    ),
    {
      id: 'window',
      head: t('revenue.window'),
      cell: (source) => words.term('window', source.window ?? 'other'),
    },
    {
      id: 'basis',
      head: t('revenue.basis'),
      cell: (source) => words.term('basis', source.basis ?? 'licence_fee'),
    },
    ...ESTIMATES.map((estimate) =>
      moneyColumn<RevenueSource>(
        {
          id: estimate,
          head: t(`revenue.${estimate}`),
          path: (source) => path(source, `estimate.${estimate}`),
          value: (source) => moneyAt(source.estimate?.[estimate]),
          currency: document.currency,
        },
        context,
      ),
    ),
    percentColumn<RevenueSource>(
      {
        id: 'exhibitor_share',
        head: t('revenue.exhibitor_share.percent'),
        path: (source) => (source.basis === 'box_office' ? path(source, 'exhibitor_share') : null),
        value: (source) => source.exhibitor_share,
      },
      context,
    ),
  ];
  const pasting = useBlock({ path: 'revenue.sources', rows: sources, edit });
  return (
    <Grid
      label={t('revenue.sheet')}
      hint={t('table.edit')}
      columns={columns}
      rows={sources}
      rowId={(source) => source.id}
      {...pasting}
    />
  );
}
