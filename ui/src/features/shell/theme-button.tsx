import { IconButton } from '../../components/button.tsx';
import { useText } from '../../i18n/index.tsx';
import { effectiveTheme, usePreferences } from '../settings/preferences.tsx';

const NEXT = { light: 'dark', dark: 'contrast', contrast: 'light' } as const;
const SIGN = { light: 'moon', dark: 'contrast', contrast: 'sun' } as const;

export function ThemeButton() {
  const { t } = useText();
  const { preferences, change } = usePreferences();
  const theme = effectiveTheme(preferences.theme);
  return (
    <IconButton
      icon={SIGN[theme]}
      label={t('top.theme', { theme: t(`theme.${theme}`) })}
      onClick={() => change({ theme: NEXT[theme] })}
    />
  );
}
