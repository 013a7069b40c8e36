import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { commands } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { useDesk } from '../workspace/desk.tsx';
import { useLibrary } from './context.tsx';
import { CreateForm } from './create-form.tsx';
import { UnlockForm } from './unlock-form.tsx';

type Keep = { keep: () => void };

const Context = createContext<Keep>({ keep: () => {} });

/** Keeping the deal on show: at once where the database is open, else after a profile or a passphrase. */
export function KeepProvider({ children }: { children: ReactNode }) {
  const { t } = useText();
  const notify = useToast();
  const { view, take: change } = useDesk();
  const library = useLibrary();
  // Asked for once: the form stays what it was while it opens the database.
  const [asked, setAsked] = useState<'create' | 'unlock' | null>(null);
  const state = library.view?.state;

  const store = useCallback(async () => {
    const { refusal } = await change((shown) =>
      shown?.project === null
        ? take(commands.keepDeal({ deal: shown.deal, name: null }))
        : Promise.reject(new Error('the deal is kept already')),
    );
    setAsked(null);
    if (!refusal) notify(t('keep.done'));
  }, [change, notify, t]);
  const isInMemory = view !== null && view.project === null;
  const keep = useCallback(() => {
    if (!isInMemory) return;
    if (state === 'open') void store();
    else setAsked(state === 'locked' ? 'unlock' : 'create');
  }, [isInMemory, state, store]);
  const value = useMemo(() => ({ keep }), [keep]);

  return (
    <Context.Provider value={value}>
      {children}
      <Dialog
        open={asked !== null && isInMemory}
        onOpenChange={(open) => (open ? null : setAsked(null))}
        title={t('keep.title', { name: view?.name ?? '' })}
        note={asked === 'unlock' ? t('keep.unlock.note') : t('keep.create.note')}
        closeLabel={t('close')}
      >
        {asked === 'unlock' ? (
          <UnlockForm onDone={store} />
        ) : (
          <CreateForm action={t('keep.action')} onDone={store} />
        )}
      </Dialog>
    </Context.Provider>
  );
}

export function useKeep(): Keep {
  return useContext(Context);
}

/** Asked once for a deal, quietly and in the flow of the page, after its first change in memory. */
export function KeepOffer() {
  const { t } = useText();
  const { view } = useDesk();
  const { keep } = useKeep();
  const [declined, setDeclined] = useState<ReadonlySet<string>>(new Set());
  const isChanged = view !== null && view.project === null && view.number > 1;
  const [offered, setOffered] = useState<string | null>(null);
  useEffect(() => {
    if (view && isChanged && !declined.has(view.deal)) setOffered(view.deal);
  }, [view, isChanged, declined]);
  const isOffered =
    view !== null && view.project === null && offered === view.deal && !declined.has(view.deal);
  return (
    <div role="status" className="keep-offer-place">
      {isOffered ? (
        <div className="keep-offer">
          <span>{t('keep.offer')}</span>
          <Button look="plain" onClick={keep}>
            {t('keep.offer.yes')}
          </Button>
          <IconButton
            icon="close"
            label={t('keep.offer.no')}
            onClick={() => setDeclined((before) => new Set(before).add(view.deal))}
          />
        </div>
      ) : null}
    </div>
  );
}
