import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { LANGUAGES, type Language, TextProvider } from '../../i18n/index.tsx';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export const TEXT_SIZES = ['normal', 'large', 'largest'] as const;
export type Theme = (typeof THEMES)[number];
export type TextSize = (typeof TEXT_SIZES)[number];

/** How the interface looks and reads on this machine; the deal holds none of it. */
export type Preferences = { theme: Theme; textSize: TextSize; language: Language };

const KEY = 'recoup.preferences';

function oneOf<T extends string>(allowed: readonly T[], given: unknown, otherwise: T): T {
  return allowed.includes(given as T) ? (given as T) : otherwise;
}

export function readPreferences(): Preferences {
  let stored: Partial<Record<keyof Preferences, unknown>> = {};
  try {
    stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') ?? {};
  } catch {
    // Unreadable preferences are no reason not to start.
  }
  const spoken = navigator.language.slice(0, 2);
  return {
    theme: oneOf(THEMES, stored.theme, 'system'),
    textSize: oneOf(TEXT_SIZES, stored.textSize, 'normal'),
    language: oneOf(LANGUAGES, stored.language, oneOf(LANGUAGES, spoken, 'en')),
  };
}

export function effectiveTheme(theme: Theme): Exclude<Theme, 'system'> {
  if (theme !== 'system') return theme;
  if (matchMedia('(prefers-contrast: more)').matches) return 'contrast';
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Put on the document before the first paint, so that a dark window never flashes white. */
export function applyPreferences(preferences: Preferences): void {
  const root = document.documentElement;
  root.dataset.theme = effectiveTheme(preferences.theme);
  root.dataset.text = preferences.textSize;
  root.lang = preferences.language;
}

type Context = { preferences: Preferences; change: (part: Partial<Preferences>) => void };

const PreferencesContext = createContext<Context>({
  preferences: { theme: 'system', textSize: 'normal', language: 'en' },
  change: () => {},
});

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [preferences, setPreferences] = useState(readPreferences);
  useEffect(() => {
    applyPreferences(preferences);
    try {
      localStorage.setItem(KEY, JSON.stringify(preferences));
    } catch {
      // A browser that keeps nothing still shows what was chosen.
    }
    const media = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => applyPreferences(preferences);
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, [preferences]);
  const change = useCallback(
    (part: Partial<Preferences>) => setPreferences((before) => ({ ...before, ...part })),
    [],
  );
  const value = useMemo(() => ({ preferences, change }), [preferences, change]);
  return (
    <PreferencesContext.Provider value={value}>
      <TextProvider language={preferences.language} locale={preferences.language}>
        {children}
      </TextProvider>
    </PreferencesContext.Provider>
  );
}

export function usePreferences(): Context {
  return useContext(PreferencesContext);
}
