import type { Refusal } from '../../api/errors.ts';
import { Icon } from '../../components/icon.tsx';
import { useText } from '../../i18n/index.tsx';
import { refusalText } from '../shell/refusal.ts';

/** Why a form was refused, under it: what happened and what to do. */
export function Refused({ fault }: { fault: Refusal | null }) {
  const { language } = useText();
  return (
    <p className="refused" role="alert">
      {fault ? (
        <>
          <Icon name="blocker" size={14} />
          <span>{refusalText(fault, language)}</span>
        </>
      ) : null}
    </p>
  );
}
