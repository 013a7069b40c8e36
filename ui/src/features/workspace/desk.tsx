import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef } from 'react';
import { commands, type DealView } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { useToast } from '../../components/toast.tsx';
import type { DealDocument } from '../../domain/document.ts';
import { useFaultText } from '../shell/refusal.ts';

/** A value as the document holds it. */
export type CellValue =
  | string
  | number
  | boolean
  | null
  | readonly CellValue[]
  | { readonly [key: string]: CellValue };

type Desk = {
  /** Still asking which deal is open. */
  isPending: boolean;
  fault: Refusal | null;
  retry: () => void;
  view: DealView | null;
  document: DealDocument | null;
  edit: (path: string, value: CellValue) => void;
  undo: () => void;
  redo: () => void;
  openSample: (sample: string) => Promise<boolean>;
  openText: (text: string) => Promise<boolean>;
};

const Context = createContext<Desk | null>(null);
const KEY = ['desk'] as const;

/** The deal opened last; a reload of the page finds it again. */
async function readDesk(): Promise<DealView | null> {
  const { deals } = await take(commands.listOpenDeals({}));
  const last = deals.at(-1);
  return last ? take(commands.viewDeal({ deal: last.deal })) : null;
}

export function DeskProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const notify = useToast();
  const told = useFaultText();
  const query = useQuery({ queryKey: KEY, queryFn: readDesk });
  // Edits wait for one another: each is made on the revision the one before produced.
  const queue = useRef<Promise<unknown>>(Promise.resolve());

  const place = useCallback(
    (view: DealView) => {
      client.setQueryData(KEY, view);
      // What no edit can change is not asked again after each: the desk itself has just been placed, and the
      // programs on file are the same for every deal.
      const stands = new Set<unknown>([KEY[0], 'programs']);
      void client.invalidateQueries({ predicate: (cached) => !stands.has(cached.queryKey[0]) });
    },
    [client],
  );
  const run = useCallback(
    (change: (view: DealView | null) => Promise<DealView>): Promise<boolean> => {
      const next = queue.current.then(async () => {
        try {
          place(await change(client.getQueryData<DealView | null>(KEY) ?? null));
          return true;
        } catch (fault) {
          notify(told(fault));
          if (fault instanceof Refusal && fault.code === 'CONFLICT')
            await client.invalidateQueries({ queryKey: KEY });
          return false;
        }
      });
      queue.current = next;
      return next;
    },
    [client, notify, place, told],
  );

  const desk = useMemo<Desk>(() => {
    const onOpen = (change: (view: DealView) => Promise<DealView>) =>
      void run((view) => (view ? change(view) : Promise.reject(new Error('no deal is open'))));
    const view = query.data ?? null;
    return {
      isPending: query.isPending,
      fault: query.error instanceof Refusal ? query.error : null,
      retry: () => void query.refetch(),
      view,
      document: view ? (view.document as DealDocument) : null,
      edit: (path, value) =>
        onOpen(({ deal, revision }) => take(commands.editDeal({ deal, revision, path, value }))),
      undo: () => onOpen(({ deal }) => take(commands.undoEdit({ deal }))),
      redo: () => onOpen(({ deal }) => take(commands.redoEdit({ deal }))),
      openSample: (sample) => run(() => take(commands.openSampleDeal({ sample }))),
      openText: (text) => run(() => take(commands.openDealFile({ text }))),
    };
  }, [query, run]);

  return <Context.Provider value={desk}>{children}</Context.Provider>;
}

export function useDesk(): Desk {
  const desk = useContext(Context);
  if (!desk) throw new Error('useDesk outside DeskProvider');
  return desk;
}

/** The open deal, for pages that are only reached with one. */
export function useDeal(): Desk & { view: DealView; document: DealDocument } {
  const desk = useDesk();
  if (!desk.view || !desk.document) throw new Error('useDeal without a deal');
  return desk as Desk & { view: DealView; document: DealDocument };
}
