import { useText } from '../../i18n/index.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { InstrumentSheet } from './instruments.tsx';

export function CapitalPage() {
  const { t } = useText();
  const { document } = useDeal();
  const count = document.instruments?.length ?? 0;
  return (
    <Page crumb={t('nav.capital')} headline={t('capital.headline', { count })}>
      <div className="tiles">
        <Tile
          title={t('capital.instruments', { count })}
          note={t('capital.instruments.note', { currency: document.currency })}
          edge
        >
          <InstrumentSheet />
        </Tile>
      </div>
    </Page>
  );
}
