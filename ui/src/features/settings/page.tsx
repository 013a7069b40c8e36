import { Segmented } from '../../components/segmented.tsx';
import { LANGUAGES, useText } from '../../i18n/index.tsx';
import { Page } from '../shell/page.tsx';
import { TEXT_SIZES, THEMES, usePreferences } from './preferences.tsx';

export function SettingsPage() {
  const { t } = useText();
  const { preferences, change } = usePreferences();
  return (
    <Page crumb={t('nav.settings')} headline={t('settings.title')}>
      <div className="settings">
        <div className="setting">
          <span>{t('settings.theme')}</span>
          <Segmented
            label={t('settings.theme')}
            value={preferences.theme}
            options={THEMES.map((theme) => ({ value: theme, label: t(`theme.${theme}`) }))}
            onChange={(theme) => change({ theme })}
          />
        </div>
        <div className="setting">
          <span>{t('settings.text')}</span>
          <Segmented
            label={t('settings.text')}
            value={preferences.textSize}
            options={TEXT_SIZES.map((size) => ({ value: size, label: t(`settings.text.${size}`) }))}
            onChange={(textSize) => change({ textSize })}
          />
        </div>
        <div className="setting">
          <span>{t('settings.language')}</span>
          <Segmented
            label={t('settings.language')}
            value={preferences.language}
            options={LANGUAGES.map((language) => ({ value: language, label: t(`language.${language}`) }))}
            onChange={(language) => change({ language })}
          />
        </div>
        <p className="sub">{t('settings.note')}</p>
      </div>
    </Page>
  );
}
