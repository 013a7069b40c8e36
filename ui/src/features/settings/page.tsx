import { useText } from '../../i18n/index.tsx';
import { useLibrary } from '../library/context.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { BackupSection } from './backup.tsx';
import { RatesSection } from './rates.tsx';
import { AppearanceSection, ProfileSection, ReadingSection } from './sections.tsx';
import { SecuritySection } from './security.tsx';
import { TermsSection } from './terms.tsx';

export function SettingsPage() {
  const { t } = useText();
  const { view, settings } = useLibrary();
  const name = view?.profile?.full_name;
  return (
    <Page
      crumb={t('nav.settings')}
      headline={name ? t('settings.headline.open', { name }) : t('settings.headline.closed')}
    >
      <div className="tiles">
        <Tile title={t('settings.profile')} note={t('settings.profile.note')} span={6} edge>
          <ProfileSection />
        </Tile>
        <Tile title={t('settings.security')} note={t('settings.security.note')} span={6}>
          <SecuritySection />
        </Tile>
        <Tile title={t('settings.appearance')} span={6} edge>
          <AppearanceSection />
        </Tile>
        <Tile title={t('settings.reading')} span={6}>
          <ReadingSection />
        </Tile>
        {settings ? (
          <>
            <Tile title={t('rates.title')} note={t('rates.note')} edge>
              <RatesSection />
            </Tile>
            <Tile title={t('terms.title')} note={t('terms.note')} edge>
              <TermsSection />
            </Tile>
          </>
        ) : null}
        <Tile title={t('backup.title')} note={t('backup.note')} edge>
          <BackupSection />
        </Tile>
        {settings && !settings.kept ? (
          <Tile edge>
            <p className="sub">{t('settings.temporary')}</p>
          </Tile>
        ) : null}
      </div>
    </Page>
  );
}
