import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';

/** A page that could not be drawn. The frame around it, the deal and what was typed stay as they are. */
export function Broken({ error: thrown, reset }: Pick<ErrorComponentProps, 'error' | 'reset'>) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { t } = useText();
  const router = useRouter();
  const show = useToast();
  const again = () => {
    reset();
    void router.invalidate();
  };
  const copy = async () => {
    await navigator.clipboard.writeText([error.message, error.stack ?? ''].join('\n'));
    show(t('broken.copied'));
  };
  return (
    <ErrorState title={t('broken.title')} note={t('broken.note')} kept={t('error.kept')} code={error.message}>
      <Button onClick={again}>{t('retry')}</Button>
      <Button onClick={() => void copy()}>{t('broken.copy')}</Button>
    </ErrorState>
  );
}
