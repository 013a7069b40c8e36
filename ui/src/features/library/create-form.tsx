import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TextInput } from '../../components/field.tsx';
import { useText } from '../../i18n/index.tsx';
import { type Person, useLibrary } from './context.tsx';
import { isReady, NewPassphraseFields, NO_PASSPHRASE, useRating } from './new-passphrase.tsx';
import { Refused } from './refused.tsx';
import { useAct } from './use-act.ts';

/** Answers of the keychain after which only a passphrase leads on. */
const NO_KEYCHAIN = new Set(['PASSPHRASE_NEEDED', 'KEYCHAIN_UNAVAILABLE', 'KEYCHAIN_LOCKED']);
export const EMPTY = { full_name: '', organization: '', email: '' };

export type Typed = typeof EMPTY;

/** What was typed, as it is sent: nothing typed is nothing given. */
export function asPerson({ full_name, organization, email }: Typed): Person {
  return {
    full_name: full_name.trim(),
    organization: organization.trim() || null,
    email: email.trim() || null,
  };
}

/** Who somebody is: the name that stands in packs and beside each revision. */
export function PersonFields({
  value,
  onChange,
  wrong,
}: {
  value: Typed;
  onChange: (value: Typed) => void;
  wrong?: { path: string; text: string } | null;
}) {
  const { t } = useText();
  const at = (path: string) => (wrong?.path === path ? wrong.text : null);
  return (
    <>
      <TextInput
        label={t('profile.name')}
        value={value.full_name}
        onChange={(full_name) => onChange({ ...value, full_name })}
        autoComplete="name"
        error={at('full_name')}
      />
      <TextInput
        label={t('profile.organization')}
        value={value.organization}
        onChange={(organization) => onChange({ ...value, organization })}
        autoComplete="organization"
        hint={t('profile.optional')}
      />
      <TextInput
        label={t('profile.email')}
        type="email"
        value={value.email}
        onChange={(email) => onChange({ ...value, email })}
        autoComplete="email"
        hint={t('profile.email.hint')}
        error={at('email')}
      />
    </>
  );
}

/** Makes the database. The keychain is asked first; where it does not answer, a passphrase is. */
export function CreateForm({
  action,
  onDone,
  extra,
}: {
  action: string;
  onDone: () => Promise<void> | void;
  extra?: ReactNode;
}) {
  const { t } = useText();
  const { create } = useLibrary();
  const { isBusy, fault, act } = useAct();
  const [person, setPerson] = useState(EMPTY);
  const [wantsWords, setWantsWords] = useState(false);
  const [secret, setSecret] = useState(NO_PASSPHRASE);
  const rating = useRating(wantsWords ? secret.words : '', Object.values(person));
  const path = fault?.details.path;
  const isField = path === 'full_name' || path === 'email';
  const wrong = isField ? { path, text: t(`refusal.INVALID_REQUEST.at.${path}`) } : null;
  const isWithout = wantsWords && fault !== null && NO_KEYCHAIN.has(fault.code);
  const isFilled = person.full_name.trim() !== '' && (!wantsWords || isReady(secret, rating));

  const submit = () =>
    act(async () => {
      try {
        await create(asPerson(person), wantsWords ? secret.words : null);
      } catch (refusal) {
        if (NO_KEYCHAIN.has((refusal as { code?: string }).code ?? '')) setWantsWords(true);
        throw refusal;
      }
      setSecret(NO_PASSPHRASE);
      await onDone();
    });

  return (
    <form
      className="stack form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isFilled && !isBusy) void submit();
      }}
    >
      <PersonFields value={person} onChange={setPerson} wrong={wrong} />
      {wantsWords ? (
        <>
          <p className="sub form-note">{isWithout ? t('create.nokeychain') : t('create.passphrase.note')}</p>
          <NewPassphraseFields value={secret} onChange={setSecret} rating={rating} />
        </>
      ) : (
        <p className="sub form-note">
          {t('create.keychain.note')}{' '}
          <button type="button" className="link" onClick={() => setWantsWords(true)}>
            {t('create.passphrase.choose')}
          </button>
        </p>
      )}
      <Refused fault={isWithout || isField ? null : fault} />
      <div className="row-wrap">
        <Button type="submit" look="primary" disabled={!isFilled || isBusy}>
          {isBusy ? t('create.busy') : action}
        </Button>
        {extra}
      </div>
    </form>
  );
}
