import { formatProse } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { Page } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { CompaniesTile } from './companies.tsx';
import { CostsTile } from './costs.tsx';
import { MapTile } from './map.tsx';
import { ScheduleTile } from './schedule.tsx';
import { SheetTile } from './sheet.tsx';
import { SpendTile } from './spend.tsx';

export function BudgetPage() {
  const { t, locale } = useText();
  const { document } = useDeal();
  const total = useBook().money('budget.lines');
  const lines = document.budget?.lines ?? [];
  const places = new Set(lines.flatMap((line) => (line.spend ?? []).map((share) => share.jurisdiction))).size;
  const count = t('budget.places', { count: places });
  return (
    <Page
      crumb={t('nav.budget')}
      headline={
        total && total.minor > 0
          ? t('budget.headline.total', { amount: formatProse(total, locale), places: count })
          : lines.length === 0
            ? t('topsheet.empty')
            : t('budget.headline', { count: lines.length, places: count })
      }
      about={total && total.minor > 0 ? 'budget.lines' : undefined}
    >
      <div className="tiles">
        <SheetTile />
        <CostsTile />
        <ScheduleTile />
        <SpendTile />
        <MapTile />
        <CompaniesTile />
      </div>
    </Page>
  );
}
