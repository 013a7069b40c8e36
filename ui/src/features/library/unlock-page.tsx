import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { useText } from '../../i18n/index.tsx';
import { useLibrary } from './context.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { Samples } from './samples.tsx';
import { UnlockForm } from './unlock-form.tsx';

/** There is a database and it is closed. */
export function UnlockPage() {
  const { t } = useText();
  const { view } = useLibrary();
  const [isRestoring, setRestoring] = useState(false);
  return (
    <div className="welcome">
      <h1>{t('unlock.title')}</h1>
      <p>{t('unlock.note')}</p>
      <UnlockForm
        extra={
          <Button look="quiet" onClick={() => setRestoring(true)}>
            {t('restore.start')}
          </Button>
        }
      />
      <Samples note={t('unlock.samples.note')} isMain={false} />
      <p className="sub place">{t('unlock.place', { place: view?.place ?? '' })}</p>
      <RestoreDialog open={isRestoring} onOpenChange={setRestoring} />
    </div>
  );
}
