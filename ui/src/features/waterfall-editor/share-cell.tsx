import { DraftInput } from '../../components/draft-input.tsx';
import { useText } from '../../i18n/index.tsx';
import { parseShare, shareInput } from './shares.ts';

type Props = {
  label: string;
  value: string | undefined;
  onPut: (value: string | null) => void;
  hint?: string;
};

/** An exact share: typed as a percentage or a fraction, kept as it was meant. */
export function ShareCell({ label, value, onPut, hint }: Props) {
  const { t, locale } = useText();
  return (
    <DraftInput<string | null>
      label={label}
      hint={hint}
      inputMode="text"
      text={value === undefined ? '' : shareInput(value, locale)}
      onCommit={onPut}
      parse={(text) => {
        if (text.trim() === '') return { value: null };
        const share = parseShare(text, locale);
        return share === null ? { error: t('tier_form.rate.invalid') } : { value: share };
      }}
    />
  );
}
