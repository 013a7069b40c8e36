import type { Refusal } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';
import { refusalText } from './refusal.ts';

/** A refusal on a page: what happened, what is safe, what to do. */
export function Fault({ fault, onRetry }: { fault: Refusal; onRetry?: () => void }) {
  const { t, language } = useText();
  const { path, given, limits } = fault.details;
  const place = path ? t('error.field', { path, given: given ?? '' }) : '';
  const allowed = limits ? t('error.limits', { limits }) : '';
  return (
    <ErrorState
      title={t('error.title')}
      note={[refusalText(fault, language), place, allowed].filter(Boolean).join(' ')}
      kept={t('error.kept')}
      code={t('error.detail', { code: fault.code })}
    >
      {onRetry ? <Button onClick={onRetry}>{t('retry')}</Button> : null}
    </ErrorState>
  );
}
