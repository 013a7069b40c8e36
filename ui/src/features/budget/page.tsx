import { useText } from '../../i18n/index.tsx';
import { Page } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { CompaniesTile } from './companies.tsx';
import { CostsTile } from './costs.tsx';
import { MapTile } from './map.tsx';
import { ScheduleTile } from './schedule.tsx';
import { SheetTile } from './sheet.tsx';
import { SpendTile } from './spend.tsx';

export function BudgetPage() {
  const { t } = useText();
  const { document } = useDeal();
  const lines = document.budget?.lines ?? [];
  const places = new Set(lines.flatMap((line) => (line.spend ?? []).map((share) => share.jurisdiction))).size;
  return (
    <Page
      crumb={t('nav.budget')}
      headline={t('budget.headline', { count: lines.length, places: t('budget.places', { count: places }) })}
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
