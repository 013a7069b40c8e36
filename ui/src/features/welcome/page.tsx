import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { commands } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';
import { useLibrary } from '../library/context.tsx';
import { CreateForm } from '../library/create-form.tsx';
import { RestoreDialog } from '../library/restore-dialog.tsx';
import { Samples } from '../library/samples.tsx';
import { UnlockPage } from '../library/unlock-page.tsx';
import { Fault } from '../shell/fault.tsx';
import { HOME_PAGE, lastPage } from '../shell/navigation.ts';
import { Redirect } from '../shell/redirect.tsx';
import { useDesk } from '../workspace/desk.tsx';

/** Where the program begins: what it shows depends on whether there is a database, and whether it is open. */
export function StartPage() {
  const { t } = useText();
  const { isPending, fault, retry, view } = useLibrary();
  const { view: deal, readShown } = useDesk();
  const wasLocked = useRef(false);
  if (view?.state === 'locked') wasLocked.current = true;
  if (fault) return <Unreadable onRetry={retry} />;
  if (isPending || !view) return <Skeleton label={t('pages.loading')} rows={5} />;
  if (view.state === 'open') {
    // Who unlocks goes on where they were; who comes here otherwise wants the list.
    const isBack = wasLocked.current && (readShown()?.project ?? null) !== null;
    if (isBack && !deal) return <Skeleton label={t('pages.loading')} rows={5} />;
    return <Redirect to={isBack ? lastPage() : HOME_PAGE} />;
  }
  return view.state === 'locked' ? <UnlockPage /> : <WelcomePage />;
}

/** Nobody has a profile here yet: look around, or begin to keep things. */
function WelcomePage() {
  const { t } = useText();
  const [isRestoring, setRestoring] = useState(false);
  return (
    <div className="welcome">
      <h1>{t('welcome.title')}</h1>
      <p>{t('welcome.note')}</p>
      <div className="welcome-ways">
        <Samples note={t('welcome.samples.note')} isMain />
        <section className="stack" aria-label={t('create.title')}>
          <h2>{t('create.title')}</h2>
          <p className="sub">{t('create.note')}</p>
          <CreateForm
            action={t('create.action')}
            onDone={() => {}}
            extra={
              <Button look="quiet" onClick={() => setRestoring(true)}>
                {t('restore.start')}
              </Button>
            }
          />
        </section>
      </div>
      <ProductLine />
      <RestoreDialog open={isRestoring} onOpenChange={setRestoring} />
    </div>
  );
}

/** The key file is missing or damaged: what to do, and everything that still goes without it. */
function Unreadable({ onRetry }: { onRetry: () => void }) {
  const { t } = useText();
  const { fault } = useLibrary();
  const [isRestoring, setRestoring] = useState(false);
  return (
    <div className="welcome">
      <h1>{t('unlock.unreadable')}</h1>
      {fault ? <Fault fault={fault} onRetry={onRetry} /> : null}
      <div className="row-wrap">
        <Button onClick={() => setRestoring(true)}>{t('restore.start')}</Button>
      </div>
      <Samples note={t('unlock.samples.note')} isMain={false} />
      <RestoreDialog open={isRestoring} onOpenChange={setRestoring} />
    </div>
  );
}

function ProductLine() {
  const { t } = useText();
  const product = useQuery({ queryKey: ['product'], queryFn: () => take(commands.describeProduct({})) });
  if (!product.data) return null;
  const { version, platform } = product.data;
  return <p className="sub">{t('welcome.product', { version, platform })}</p>;
}
