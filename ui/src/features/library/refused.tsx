import type { Refusal } from '../../api/errors.ts';
import { Icon } from '../../components/icon.tsx';
import { useText } from '../../i18n/index.tsx';
import { refusalText } from '../shell/refusal.ts';

/** Why a form was refused, under it: what happened and what to do; `instead` where the place knows better. */
export function Refused({ fault, instead }: { fault: Refusal | null; instead?: string | undefined }) {
  const { t, language } = useText();
  // The keychain's own words are for those who look after the system; they are in the title.
  const isKeychain = fault?.code === 'KEYCHAIN_UNAVAILABLE';
  const sentence = (refusal: Refusal) =>
    instead ?? (isKeychain ? t('refusal.KEYCHAIN_UNAVAILABLE') : refusalText(refusal, language));
  return (
    <p className="refused" role="alert">
      {fault ? (
        <>
          <Icon name="blocker" size={14} />
          <span title={isKeychain ? fault.details.reason : undefined}>{sentence(fault)}</span>
        </>
      ) : null}
    </p>
  );
}
