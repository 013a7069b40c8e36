import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { commands } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { useFaultText } from '../shell/refusal.ts';
import { useDesk } from './desk.tsx';

const Context = createContext<(deal: string) => void>(() => {});

/** Closes an open deal; asks first where its changes live in memory only and would be lost. */
export function ClosingProvider({ children }: { children: ReactNode }) {
  const { t } = useText();
  const { close } = useDesk();
  const notify = useToast();
  const told = useFaultText();
  const [asked, setAsked] = useState<{ deal: string; name: string } | null>(null);
  const ask = useCallback(
    (deal: string) => {
      void take(commands.viewDeal({ deal })).then(
        (view) => {
          if (view.project === null && view.number > 1) setAsked({ deal, name: view.name });
          else void close(deal);
        },
        (fault) => notify(told(fault)),
      );
    },
    [close, notify, told],
  );
  return (
    <Context.Provider value={ask}>
      {children}
      <Dialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title={t('desk.close.title', { name: asked?.name ?? '' })}
        note={t('desk.close.note')}
        closeLabel={t('close')}
        actions={
          <>
            <Button onClick={() => setAsked(null)}>{t('desk.close.stay')}</Button>
            <Button
              look="danger"
              icon="trash"
              onClick={() => {
                if (asked) void close(asked.deal);
                setAsked(null);
              }}
            >
              {t('desk.close.drop')}
            </Button>
          </>
        }
      />
    </Context.Provider>
  );
}

export function useAskToClose(): (deal: string) => void {
  return useContext(Context);
}
