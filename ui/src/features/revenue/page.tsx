import { Grid, type GridColumn } from '../../components/grid.tsx';
import { moneyAt, type RevenueSource } from '../../domain/document.ts';
import { useText } from '../../i18n/index.tsx';
import { useBlock } from '../block.ts';
import { moneyColumn, textColumn } from '../cells.ts';
import { Page, Tile } from '../shell/page.tsx';
import { useWords } from '../words.ts';
import { useDeal } from '../workspace/desk.tsx';

const ESTIMATES = ['low', 'base', 'high', 'ask', 'take'] as const;

export function RevenuePage() {
  const { t, locale } = useText();
  const { document, edit } = useDeal();
  const words = useWords();
  const sources = document.revenue?.sources ?? [];
  const path = (source: RevenueSource, field: string) => `revenue.sources[${source.id}].${field}`;
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
        { t, locale, edit },
      ),
    ),
  ];
  const pasting = useBlock({ path: 'revenue.sources', rows: sources, edit });
  return (
    <Page crumb={t('nav.revenue')} headline={t('revenue.headline', { count: sources.length })}>
      <div className="tiles">
        <Tile
          title={t('revenue.sources')}
          note={t('revenue.sources.note', { currency: document.currency })}
          edge
        >
          <Grid
            label={t('revenue.sources')}
            hint={t('table.edit')}
            columns={columns}
            rows={sources}
            rowId={(source) => source.id}
            {...pasting}
          />
        </Tile>
      </div>
    </Page>
  );
}
