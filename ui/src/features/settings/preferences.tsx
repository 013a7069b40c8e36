import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { readingLocale } from '../../domain/dates.ts';
import { LANGUAGES, type Language, TextProvider } from '../../i18n/index.tsx';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export const TEXT_SIZES = ['normal', 'large', 'largest'] as const;
export type Theme = (typeof THEMES)[number];
export type TextSize = (typeof TEXT_SIZES)[number];

/** How the interface looks and reads; the deal holds none of it. */
export type Preferences = {
  theme: Theme;
  textSize: TextSize;
  language: Language;
  /** How numbers are written; null for as the language does. */
  numberLocale: string | null;
};

/** The same choices as the database keeps them; what was never chosen is null. */
export type StoredPreferences = {
  theme: string | null;
  text_size: string | null;
  language: string | null;
  number_locale: string | null;
};

// The database is the place of these; this is what is known of them before it first answers.
const KEY = 'recoup.preferences';

function oneOf<T extends string>(allowed: readonly T[], given: unknown, otherwise: T): T {
  return allowed.includes(given as T) ? (given as T) : otherwise;
}

function localeOr(given: unknown, otherwise: string | null): string | null {
  return typeof given === 'string' && /^[a-z]{2}-[A-Z]{2}$/.test(given) ? given : otherwise;
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
    numberLocale: localeOr(stored.numberLocale, null),
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

type Listener = (part: Partial<StoredPreferences>) => void;
type Context = {
  preferences: Preferences;
  /** A choice of the person. */
  change: (part: Partial<Preferences>) => void;
  /** What their database says. */
  adopt: (stored: StoredPreferences) => void;
  /** Tells each choice to whoever keeps it; answers how to stop. */
  onChange: (listener: Listener) => () => void;
};

const PreferencesContext = createContext<Context>({
  preferences: { theme: 'system', textSize: 'normal', language: 'en', numberLocale: null },
  change: () => {},
  adopt: () => {},
  onChange: () => () => {},
});

function kept(part: Partial<Preferences>): Partial<StoredPreferences> {
  return {
    ...(part.theme ? { theme: part.theme } : {}),
    ...(part.textSize ? { text_size: part.textSize } : {}),
    ...(part.language ? { language: part.language } : {}),
    ...(part.numberLocale ? { number_locale: part.numberLocale } : {}),
  };
}

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [preferences, setPreferences] = useState(readPreferences);
  const listeners = useRef(new Set<Listener>());
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
  const change = useCallback((part: Partial<Preferences>) => {
    setPreferences((before) => ({ ...before, ...part }));
    for (const tell of listeners.current) tell(kept(part));
  }, []);
  const adopt = useCallback((stored: StoredPreferences) => {
    setPreferences((before) => ({
      theme: oneOf(THEMES, stored.theme, before.theme),
      textSize: oneOf(TEXT_SIZES, stored.text_size, before.textSize),
      language: oneOf(LANGUAGES, stored.language, before.language),
      numberLocale: localeOr(stored.number_locale, before.numberLocale),
    }));
  }, []);
  const onChange = useCallback((listener: Listener) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  }, []);
  const value = useMemo(
    () => ({ preferences, change, adopt, onChange }),
    [preferences, change, adopt, onChange],
  );
  return (
    <PreferencesContext.Provider value={value}>
      <TextProvider
        language={preferences.language}
        locale={readingLocale(preferences.language, preferences.numberLocale)}
      >
        {children}
      </TextProvider>
    </PreferencesContext.Provider>
  );
}

export function usePreferences(): Context {
  return useContext(PreferencesContext);
}
