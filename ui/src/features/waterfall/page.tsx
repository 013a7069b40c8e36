import { useText } from '../../i18n/index.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { OrderList } from './order.tsx';

export function WaterfallPage() {
  const { t } = useText();
  const { document } = useDeal();
  const count = document.recoupment?.tiers?.length ?? 0;
  return (
    <Page crumb={t('nav.waterfall')} headline={t('waterfall.headline', { count })}>
      <div className="tiles">
        <Tile title={t('waterfall.order')} note={t('waterfall.order.note')} edge>
          <OrderList />
        </Tile>
      </div>
    </Page>
  );
}
