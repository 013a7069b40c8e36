import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { useText } from '../../i18n/index.tsx';
import { useLibrary } from './context.tsx';
import { OwnSecretInput } from './own-secret.tsx';
import { Refused } from './refused.tsx';
import { useAct } from './use-act.ts';

/** What the keychain answers when it does not give the key. */
const SILENT = new Set(['KEYCHAIN_UNAVAILABLE', 'KEY_MISSING', 'KEYCHAIN_LOCKED']);

/** Opens the database: the keychain is asked once without a word, then the passphrase. */
export function UnlockForm({
  isSilentFirst = true,
  onDone,
  extra,
}: {
  isSilentFirst?: boolean;
  onDone?: () => Promise<void> | void;
  extra?: ReactNode;
}) {
  const { t } = useText();
  const { view, unlock } = useLibrary();
  const { isBusy, fault, act } = useAct();
  const [words, setWords] = useState('');
  const [isByWords, setByWords] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const hasAsked = useRef(false);
  const { by_keychain = false, by_passphrase = false } = view ?? {};

  const open = (passphrase: string | null) =>
    act(async () => {
      setByWords(passphrase !== null);
      await unlock(passphrase);
      setWords('');
      await onDone?.();
    });
  const ask = useRef(open);
  ask.current = open;
  useEffect(() => {
    if (!isSilentFirst || !by_keychain || hasAsked.current) return;
    hasAsked.current = true;
    void ask.current(null);
  }, [isSilentFirst, by_keychain]);
  useEffect(() => {
    if (fault?.code === 'WRONG_PASSPHRASE') field.current?.select();
  }, [fault]);

  const isSilent = fault !== null && !isByWords && SILENT.has(fault.code);
  // Where a passphrase is the other way nobody need be alarmed.
  const isQuiet = isSilent && by_passphrase;
  return (
    <form
      className="stack form"
      onSubmit={(event) => {
        event.preventDefault();
        if (words !== '' && !isBusy) void open(words);
      }}
    >
      {by_passphrase ? (
        <OwnSecretInput
          ref={field}
          label={t('passphrase.label')}
          value={words}
          onChange={setWords}
          hint={t('unlock.hint')}
          autoFocus
        />
      ) : null}
      {isQuiet ? <p className="sub form-note">{t('unlock.keychain.silent')}</p> : null}
      {isBusy ? (
        <p className="sub form-note" role="status">
          {isByWords ? t('unlock.busy') : t('unlock.keychain.busy')}
        </p>
      ) : null}
      <Refused
        fault={isQuiet ? null : fault}
        instead={isSilent && !isQuiet ? t('unlock.keychain.only') : undefined}
      />
      <div className="row-wrap">
        {by_passphrase ? (
          <Button type="submit" look="primary" disabled={words === '' || isBusy}>
            {t('unlock.action')}
          </Button>
        ) : null}
        {by_keychain ? (
          <Button
            look={by_passphrase ? 'plain' : 'primary'}
            disabled={isBusy}
            onClick={() => void open(null)}
          >
            {t('unlock.keychain.action')}
          </Button>
        ) : null}
        {extra}
      </div>
    </form>
  );
}
