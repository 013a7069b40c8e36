import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef } from 'react';
import {
  type ChangeSettings,
  commands,
  type LibraryView,
  type RestoredLibrary,
  type RestoreLibrary,
  type SettingsView,
} from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { type Preferences, usePreferences } from '../settings/preferences.tsx';
import { useFaultText } from '../shell/refusal.ts';

export type Person = { full_name: string; organization: string | null; email: string | null };

type Library = {
  isPending: boolean;
  /** Why it is not known how things stand; a damaged or missing key file says so here. */
  fault: Refusal | null;
  retry: () => void;
  view: LibraryView | null;
  settings: SettingsView | null;
  /** Makes the database; without a passphrase the system's keychain is asked to hold its key. */
  create: (person: Person, passphrase: string | null) => Promise<void>;
  /** Opens it; without a passphrase the keychain is asked. */
  unlock: (passphrase: string | null) => Promise<void>;
  lock: () => Promise<void>;
  /** Puts a backup in its place. What is on show changes only with `arrive`, so that the answer can be read. */
  restore: (request: RestoreLibrary) => Promise<RestoredLibrary>;
  arrive: (view: LibraryView) => Promise<void>;
  /** Takes over how things stand after any other change of the database itself. */
  settle: (view: LibraryView) => void;
  changeSettings: (part: Partial<ChangeSettings>) => Promise<void>;
};

type Actions = Omit<Library, 'isPending' | 'fault' | 'retry' | 'view' | 'settings'>;

const Context = createContext<Actions | null>(null);
const KEY = ['library'] as const;
const SETTINGS = ['settings'] as const;
// Many parts of a page read these: what was refused is asked again when a person says so, not by each of them.
export const libraryQuery = {
  queryKey: KEY,
  queryFn: () => take(commands.viewLibrary({})),
  retryOnMount: false,
};
const settingsQuery = {
  queryKey: SETTINGS,
  queryFn: () => take(commands.viewSettings({})),
  retryOnMount: false,
};

const UNCHANGED: ChangeSettings = {
  theme: null,
  text_size: null,
  language: null,
  number_locale: null,
  auto_lock_minutes: null,
  rates: null,
  terms: null,
};

/** What was chosen on this machine, as the database keeps it. */
function asSettings({ theme, textSize, language, numberLocale }: Preferences): Partial<ChangeSettings> {
  return { theme, text_size: textSize, language, number_locale: numberLocale };
}

/** The person's own database: whether it is there, whether it is open, and what it holds about them. */
export function LibraryProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const { preferences, adopt, onChange } = usePreferences();
  const { t } = useText();
  const notify = useToast();
  const told = useFaultText();
  const { data: stored } = useQuery(settingsQuery);

  // The answer to a choice made here: by the time it comes another choice may have been made.
  const own = useRef<SettingsView | undefined>(undefined);

  const settle = useCallback((view: LibraryView) => client.setQueryData(KEY, view), [client]);
  const changeSettings = useCallback(
    async (part: Partial<ChangeSettings>) => {
      const view = await take(commands.changeSettings({ ...UNCHANGED, ...part }));
      own.current = client.setQueryData<SettingsView>(SETTINGS, view);
    },
    [client],
  );
  /** As above, for what nobody waits for: a refusal is told and stands in nobody's way. */
  const chosen = useCallback(
    (part: Partial<ChangeSettings>) =>
      changeSettings(part).catch((fault) => notify(t('settings.refused', { reason: told(fault) }))),
    [changeSettings, notify, t, told],
  );
  /** Another database is open, or none: all that was read before is asked again. */
  const reread = useCallback(
    () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] }),
    [client],
  );
  const turned = useCallback(
    async (view: LibraryView) => {
      settle(view);
      await reread();
    },
    [reread, settle],
  );

  useEffect(() => {
    // Without a database the machine's own memory of these is older than the program's, and wins.
    if (stored?.kept && stored !== own.current) adopt(stored);
  }, [stored, adopt]);
  useEffect(() => onChange((part) => void chosen(part)), [onChange, chosen]);

  const value = useMemo<Actions>(
    () => ({
      create: async (person, passphrase) => {
        const before = client.getQueryData<SettingsView>(SETTINGS);
        const view = await take(commands.createLibrary({ ...person, passphrase }));
        // What was chosen and typed before there was a database belongs to it from now on.
        const terms = before?.terms.filter((term) => term.usual !== term.market) ?? [];
        await chosen({
          ...asSettings(preferences),
          ...(before ? { auto_lock_minutes: before.auto_lock_minutes, rates: before.rates } : {}),
          terms: terms.map(({ term, usual }) => ({ term, usual })),
        });
        await turned(view);
      },
      unlock: async (passphrase) => {
        const view = await take(commands.unlockLibrary({ passphrase }));
        // What was open is there again before the page that waits for the lock gives way to it.
        await reread();
        settle(view);
      },
      lock: async () => turned(await take(commands.lockLibrary({}))),
      restore: (request) => take(commands.restoreLibrary(request)),
      arrive: turned,
      settle,
      changeSettings,
    }),
    [client, preferences, settle, changeSettings, chosen, reread, turned],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** How things stand is read where it is needed: two pages that lead to each other never see it differently. */
export function useLibrary(): Library {
  const actions = useContext(Context);
  if (!actions) throw new Error('useLibrary outside LibraryProvider');
  const library = useQuery(libraryQuery);
  const settings = useQuery(settingsQuery);
  return {
    ...actions,
    isPending: library.isPending,
    fault: library.error instanceof Refusal ? library.error : null,
    retry: () => void library.refetch(),
    view: library.data ?? null,
    settings: settings.data ?? null,
  };
}

const NO_TERMS: SettingsView['terms'] = [];

/** What instruments usually cost, as this person has it. */
export function useUsualTerms(): SettingsView['terms'] {
  return useQuery(settingsQuery).data?.terms ?? NO_TERMS;
}

/** A refusal, whatever was thrown. */
export function asRefusal(fault: unknown): Refusal {
  if (fault instanceof Refusal) return fault;
  return new Refusal('INTERNAL', fault instanceof Error ? fault.message : String(fault));
}
