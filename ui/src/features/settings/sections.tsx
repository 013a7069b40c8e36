import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { commands, type ProfileView } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Select } from '../../components/select.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatDate } from '../../domain/dates.ts';
import { formatPercent, formatScaled } from '../../domain/money.ts';
import { LANGUAGES, useText } from '../../i18n/index.tsx';
import { useLibrary } from '../library/context.tsx';
import { asPerson, PersonFields } from '../library/create-form.tsx';
import { Refused } from '../library/refused.tsx';
import { useAct } from '../library/use-act.ts';
import { TEXT_SIZES, THEMES, usePreferences } from './preferences.tsx';

/** Who this is: shown and changed while the database is open. */
export function ProfileSection() {
  const { t } = useText();
  const { view } = useLibrary();
  const navigate = useNavigate();
  if (view?.profile) return <ProfileForm key={view.profile.version} profile={view.profile} />;
  return (
    <div className="stack">
      <p>{view?.state === 'locked' ? t('settings.profile.locked') : t('settings.profile.none')}</p>
      <div className="row-wrap">
        <Button onClick={() => void navigate({ to: '/' })}>{t('settings.profile.go')}</Button>
      </div>
    </div>
  );
}

function ProfileForm({ profile }: { profile: ProfileView }) {
  const { t } = useText();
  const { settle } = useLibrary();
  const notify = useToast();
  const { isBusy, fault, act } = useAct();
  const before = {
    full_name: profile.full_name,
    organization: profile.organization ?? '',
    email: profile.email ?? '',
  };
  const [typed, setTyped] = useState(before);
  const isChanged = JSON.stringify(asPerson(typed)) !== JSON.stringify(asPerson(before));
  const path = fault?.details.path;
  const isField = path === 'full_name' || path === 'email';
  return (
    <form
      className="stack form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void act(async () => {
          const { version } = profile;
          settle(await take(commands.changeProfile({ version, ...asPerson(typed) })));
          notify(t('settings.profile.saved'));
        });
      }}
    >
      <PersonFields
        value={typed}
        onChange={setTyped}
        wrong={isField ? { path, text: t(`refusal.INVALID_REQUEST.at.${path}`) } : null}
      />
      <Refused fault={isField ? null : fault} />
      <div className="row-wrap">
        <Button type="submit" disabled={!isChanged || isBusy}>
          {t('settings.profile.save')}
        </Button>
      </div>
    </form>
  );
}

export function AppearanceSection() {
  const { t } = useText();
  const { preferences, change } = usePreferences();
  return (
    <div className="setting-rows">
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
    </div>
  );
}

const LOCALES = ['en-US', 'en-GB', 'en-CA', 'fr-FR', 'fr-CA', 'fr-CH', 'de-DE'] as const;

/** The language of the words, and apart from it how numbers and dates are written. */
export function ReadingSection() {
  const { t, locale } = useText();
  const { preferences, change } = usePreferences();
  const example = t('settings.numbers.example', {
    number: formatScaled(1_234_567.89, locale, 2),
    percent: formatPercent(0.085, locale, 2),
    date: formatDate('2027-03-01', locale),
  });
  return (
    <div className="setting-rows">
      <div className="setting">
        <span>{t('settings.language')}</span>
        <Segmented
          label={t('settings.language')}
          value={preferences.language}
          options={LANGUAGES.map((language) => ({ value: language, label: t(`language.${language}`) }))}
          onChange={(language) => change({ language })}
        />
      </div>
      <div className="setting">
        <span>{t('settings.numbers')}</span>
        <div className="stack">
          <Select
            label={t('settings.numbers')}
            hideLabel
            value={preferences.numberLocale ?? preferredLocale(preferences.language)}
            options={LOCALES.map((value) => ({ value, label: t(`locale.${value}`) }))}
            onChange={(numberLocale) => change({ numberLocale })}
          />
          <samp className="num sub">{example}</samp>
        </div>
      </div>
    </div>
  );
}

/** How a language writes numbers where nothing else was chosen. */
function preferredLocale(language: string): string {
  return language === 'fr' ? 'fr-FR' : 'en-GB';
}
