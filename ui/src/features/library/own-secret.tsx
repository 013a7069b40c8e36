import { type ComponentProps, useState } from 'react';
import { useText } from '../../i18n/index.tsx';
import { SecretInput } from './secret-input.tsx';

type Props = Omit<ComponentProps<typeof SecretInput>, 'isShown' | 'toggle' | 'autoComplete'>;

/** The passphrase somebody has: a field that shows and hides itself. */
export function OwnSecretInput(props: Props) {
  const { t } = useText();
  const [isShown, setShown] = useState(false);
  const label = isShown ? t('passphrase.hide') : t('passphrase.show');
  return (
    <SecretInput
      {...props}
      autoComplete="current-password"
      isShown={isShown}
      toggle={{ label, run: () => setShown(!isShown) }}
    />
  );
}
