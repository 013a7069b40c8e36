import { useState } from 'react';
import { commands } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Switch } from '../../components/switch.tsx';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { useLock } from '../library/auto-lock.tsx';
import { useLibrary } from '../library/context.tsx';
import { isReady, NewPassphraseFields, NO_PASSPHRASE, useRating } from '../library/new-passphrase.tsx';
import { OwnSecretInput } from '../library/own-secret.tsx';
import { Refused } from '../library/refused.tsx';
import { useAct } from '../library/use-act.ts';

/** What opens the database and when it closes by itself. */
export function SecuritySection() {
  const { t } = useText();
  const { view, settings, settle, changeSettings } = useLibrary();
  const lock = useLock();
  const { isBusy, fault, act } = useAct();
  const [isChanging, setChanging] = useState(false);
  if (!view || !settings) return null;
  const { by_keychain, by_passphrase } = view;
  const minutes = (count: number) =>
    count === 0 ? t('settings.autolock.never') : t('settings.autolock.minutes', { minutes: count });
  const isOpen = view.state === 'open';
  return (
    <div className="setting-rows">
      {isOpen ? (
        <>
          <div className="setting">
            <span>{t('settings.passphrase')}</span>
            <div className="row-wrap">
              <span>{by_passphrase ? t('settings.passphrase.is') : t('settings.passphrase.isnot')}</span>
              <Button onClick={() => setChanging(true)}>
                {by_passphrase ? t('settings.passphrase.change') : t('settings.passphrase.set')}
              </Button>
            </div>
          </div>
          <div className="setting">
            <span>{t('settings.keychain')}</span>
            <div className="stack">
              <Switch
                label={t('settings.keychain')}
                checked={by_keychain}
                onChange={(keep) => {
                  if (isBusy) return;
                  void act(async () => settle(await take(commands.chooseKeychain({ keep }))));
                }}
              />
              {by_keychain && !by_passphrase ? (
                <span className="sub">{t('settings.keychain.alone')}</span>
              ) : null}
              <Refused fault={fault} />
            </div>
          </div>
        </>
      ) : null}
      <div className="setting">
        <span>{t('settings.autolock')}</span>
        <Segmented
          label={t('settings.autolock')}
          value={String(settings.auto_lock_minutes)}
          options={settings.auto_lock_choices.map((count) => ({
            value: String(count),
            label: minutes(count),
          }))}
          onChange={(chosen) => void act(() => changeSettings({ auto_lock_minutes: Number(chosen) }))}
        />
      </div>
      {isOpen ? (
        <div className="row-wrap">
          <Button icon="lock" onClick={() => void lock()}>
            {t('lock.now')}
          </Button>
        </div>
      ) : null}
      <PassphraseDialog open={isChanging} onOpenChange={setChanging} />
    </div>
  );
}

function PassphraseDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useText();
  const { view } = useLibrary();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={view?.by_passphrase ? t('settings.passphrase.change') : t('settings.passphrase.set')}
      note={t('settings.passphrase.note')}
      closeLabel={t('close')}
    >
      <PassphraseForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function PassphraseForm({ onDone }: { onDone: () => void }) {
  const { t } = useText();
  const { view, settle } = useLibrary();
  const notify = useToast();
  const { isBusy, fault, act } = useAct();
  // Once it is there, asking for the old one would confuse the form that has just set it.
  const [asksOld] = useState(view?.by_passphrase === true);
  const [old, setOld] = useState('');
  const [secret, setSecret] = useState(NO_PASSPHRASE);
  const { full_name = '', organization = '', email = '' } = view?.profile ?? {};
  const rating = useRating(secret.words, [full_name, organization ?? '', email ?? '']);
  const isFilled = isReady(secret, rating) && (!asksOld || old !== '');
  return (
    <form
      className="stack form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isFilled || isBusy) return;
        void act(async () => {
          const request = { old: asksOld ? old : null, new: secret.words };
          settle(await take(commands.changePassphrase(request)));
          setSecret(NO_PASSPHRASE);
          setOld('');
          notify(t('settings.passphrase.done'));
          onDone();
        });
      }}
    >
      {asksOld ? <OwnSecretInput label={t('settings.passphrase.old')} value={old} onChange={setOld} /> : null}
      <NewPassphraseFields
        label={t('settings.passphrase.new')}
        value={secret}
        onChange={setSecret}
        rating={rating}
      />
      <Refused fault={fault} />
      <div className="dialog-actions">
        <Button type="submit" look="primary" disabled={!isFilled || isBusy}>
          {asksOld ? t('settings.passphrase.change') : t('settings.passphrase.set')}
        </Button>
      </div>
    </form>
  );
}
