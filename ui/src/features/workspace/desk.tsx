import { notifyManager, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { commands, type DealView, type OpenDeal, type OpenDeals } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { useToast } from '../../components/toast.tsx';
import type { DealDocument } from '../../domain/document.ts';
import { type Translate, useText } from '../../i18n/index.tsx';
import { useFaultText } from '../shell/refusal.ts';
import { continues, follow, isBound } from './following.ts';
import { withCell, withElement } from './overlay.ts';

/** A value as the document holds it. */
export type CellValue =
  | string
  | number
  | boolean
  | null
  | readonly CellValue[]
  | { readonly [key: string]: CellValue };

/** A cell with what it holds from now on. */
export type Cell = { readonly path: string; readonly value: CellValue };

/** What a person typed: a cell that was changed, several at once, or an element that was added to a list. */
export type Change = Cell | { path: string; element: CellValue } | { path: string; cells: readonly Cell[] };

/** A change the disk, the lock or another window kept from being saved. It stays in sight until it is saved or dropped. */
export type Unsaved = {
  id: number;
  deal: string;
  project: string | null;
  name: string;
  change: Change;
  refusal: Refusal;
};

/** The deal after a change, or why it was refused. */
export type Outcome = { view: DealView; refusal: null } | { view: null; refusal: Refusal };

type Desk = {
  /** Still asking which deal is open. */
  isPending: boolean;
  fault: Refusal | null;
  retry: () => void;
  view: DealView | null;
  /** The deal's document, what is typed and not saved yet included. */
  document: DealDocument | null;
  unsaved: readonly Unsaved[];
  /** The deal on show as it is known by now, if it has not been drawn yet. */
  readShown: () => DealView | null;
  /** Done once every change under way has been answered. */
  settled: () => Promise<void>;
  saveAgain: () => Promise<void>;
  dropUnsaved: () => void;
  /** A refusal of what was typed is told in passing, unless the page says it beside the field. */
  edit: (path: string, value: CellValue, tell?: boolean) => Promise<Outcome>;
  /** Several cells in one step: all of them or none, and one step back undoes them all. */
  editAll: (cells: readonly Cell[], tell?: boolean) => Promise<Outcome>;
  add: (path: string, element: CellValue, tell?: boolean) => Promise<Outcome>;
  undo: () => void;
  redo: () => void;
  openSample: (sample: string) => Promise<boolean>;
  openText: (text: string) => Promise<boolean>;
  openProject: (project: string) => Promise<boolean>;
  show: (deal: string) => Promise<boolean>;
  close: (deal: string) => Promise<boolean>;
  /** Any other use case that answers the deal as it then is. */
  take: (change: (view: DealView | null) => Promise<DealView>, tell?: boolean) => Promise<Outcome>;
};

const Context = createContext<Desk | null>(null);
/** Apart from the desk: it turns twice with every change, and few ask for it. */
const Saving = createContext(false);
const KEY = ['desk'] as const;
const OPEN = ['open-deals'] as const;
const openQuery = { queryKey: OPEN, queryFn: () => take(commands.listOpenDeals({})) };
/** What no change of a deal makes old: the programs and samples on file are the same for every deal. */
const STANDS = new Set<unknown>([KEY[0], OPEN[0], 'programs', 'samples', 'product', 'library', 'settings']);
/** Where the name of the deal on show is kept, so that a reload of the page finds it again. */
const SHOWN = 'recoup.deal';
/** Refusals that say nothing about what was typed: it is kept and can be saved again. */
const KEPT = new Set([
  'CONFLICT',
  'LOCKED',
  'DISK_FULL',
  'DATABASE_BUSY',
  'DATABASE_UNAVAILABLE',
  'DATABASE_DAMAGED',
  'KEY_MISSING',
  'WRONG_KEY',
  'NOT_FOUND',
  'INTERNAL',
  'OFFLINE',
]);

/** The deal that was on show, else the one opened last. */
async function readDesk(): Promise<DealView | null> {
  const { deals } = await take(commands.listOpenDeals({}));
  const shown = sessionStorage.getItem(SHOWN);
  const one = deals.find(({ deal }) => deal === shown) ?? deals.at(-1);
  return one ? take(commands.viewDeal({ deal: one.deal })) : null;
}

export const deskQuery = { queryKey: KEY, queryFn: readDesk };

function asRefusal(fault: unknown): Refusal {
  if (fault instanceof Refusal) return fault;
  return new Refusal('INTERNAL', fault instanceof Error ? fault.message : String(fault));
}

/** What is said of a change that is kept, where there is more to say than why it was refused. */
export function keptText({ code }: Refusal, t: Translate): string | null {
  if (code === 'CONFLICT') return t('desk.conflict');
  return code === 'LOCKED' ? t('desk.locked') : null;
}

function made(change: Change, { deal, revision }: DealView): Promise<DealView> {
  const { path } = change;
  if ('cells' in change) return take(commands.editCells({ deal, revision, cells: [...change.cells] }));
  return 'element' in change
    ? take(commands.addElement({ deal, revision, path, element: change.element, before: null }))
    : take(commands.editDeal({ deal, revision, path, value: change.value }));
}

export function DeskProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const notify = useToast();
  const told = useFaultText();
  const { t } = useText();
  const query = useQuery(deskQuery);
  const open = useQuery(openQuery);
  // Files the system handed over before there was a page to tell.
  const refused = open.data?.refused;
  useEffect(() => {
    for (const { code, message, details } of refused ?? []) {
      const fault = new Refusal(code, message, details as Record<string, string>);
      notify(`${details.file}: ${told(fault)}`);
    }
    // The same list comes again with every change of the desk; it is told once.
  }, [refused?.length]);
  const [unsaved, setUnsaved] = useState<readonly Unsaved[]>([]);
  // Changes wait for one another: each is made on the revision the one before produced.
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const count = useRef(0);
  const [underWay, setUnderWay] = useState(0);

  const place = useCallback(
    async (view: DealView) => {
      const before = client.getQueryData<DealView | null>(KEY) ?? null;
      await follow(client, before, view);
      sessionStorage.setItem(SHOWN, view.deal);
      const goesOn = continues(before, view);
      // In one turn: the deal and its figures are drawn together.
      notifyManager.batch(() => {
        client.setQueryData(KEY, view);
        const renamed = (one: OpenDeal) =>
          one.deal === view.deal ? { ...one, name: view.name, revision: view.revision } : one;
        if (goesOn)
          client.setQueryData<OpenDeals>(OPEN, (open) => open && { ...open, deals: open.deals.map(renamed) });
        else void client.invalidateQueries({ queryKey: OPEN });
        void client.invalidateQueries({
          predicate: ({ queryKey }) => !STANDS.has(queryKey[0]) && !(goesOn && isBound(queryKey, view.deal)),
        });
      });
    },
    [client],
  );

  /** Takes its turn; a refusal is told, and one that makes what is on show old is followed by a fresh look. */
  const run = useCallback(
    (change: (view: DealView | null) => Promise<DealView>, tell = true): Promise<Outcome> => {
      setUnderWay((before) => before + 1);
      const next = queue.current.then(async (): Promise<Outcome> => {
        try {
          const view = await change(client.getQueryData<DealView | null>(KEY) ?? null);
          await place(view);
          return { view, refusal: null };
        } catch (fault) {
          const refusal = asRefusal(fault);
          if (tell) notify(told(refusal));
          if (['CONFLICT', 'LOCKED', 'NOT_FOUND'].includes(refusal.code)) await client.invalidateQueries();
          return { view: null, refusal };
        }
      });
      queue.current = next;
      void next.finally(() => setUnderWay((before) => before - 1));
      return next;
    },
    [client, notify, place, told],
  );

  const make = useCallback(
    async (change: Change, tell = true): Promise<Outcome> => {
      let on: DealView | null = null;
      const outcome = await run((view) => {
        if (!view) return Promise.reject(new Refusal('NOT_FOUND', t('desk.closed')));
        on = view;
        return made(change, view);
      }, false);
      const { refusal } = outcome;
      if (!refusal) return outcome;
      const meant = on as DealView | null;
      if (meant && KEPT.has(refusal.code)) {
        count.current += 1;
        const { deal, project, name } = meant;
        const kept = { id: count.current, deal, project, name, change, refusal };
        setUnsaved((before) => [...before, kept]);
        // The way to unlock takes the page, with what is kept above it: nothing more to say in passing.
        if (refusal.code !== 'LOCKED') notify(keptText(refusal, t) ?? told(refusal));
      } else if (tell) {
        notify(told(refusal));
      }
      return outcome;
    },
    [notify, run, t, told],
  );

  const saveAgain = useCallback(async () => {
    for (const one of unsaved) {
      const outcome = await run(async (view) => {
        const isShown = view !== null && (view.deal === one.deal || view.project === one.project);
        if (view && isShown && (view.deal === one.deal || one.project !== null))
          return made(one.change, view);
        const again = one.project
          ? commands.openProject({ project: one.project })
          : commands.viewDeal({ deal: one.deal });
        return made(one.change, await take(again));
      });
      if (outcome.refusal) return;
      setUnsaved((before) => before.filter(({ id }) => id !== one.id));
    }
  }, [run, unsaved]);

  const view = query.data ?? null;
  const { isPending, error, refetch } = query;
  // What only the lock kept from being saved is saved as soon as its deal is there again.
  const isResuming = useRef(false);
  const waits = unsaved.some(
    ({ refusal, project }) => refusal.code === 'LOCKED' && project !== null && project === view?.project,
  );
  useEffect(() => {
    if (!waits || isResuming.current) return;
    isResuming.current = true;
    void saveAgain().finally(() => {
      isResuming.current = false;
    });
  }, [waits, saveAgain]);
  const document = useMemo(() => (view ? shownDocument(view, unsaved) : null), [view, unsaved]);
  const desk = useMemo<Desk>(() => {
    const onOpen = (change: (view: DealView) => Promise<DealView>) =>
      void run((view) => (view ? change(view) : Promise.reject(new Refusal('NOT_FOUND', t('desk.closed')))));
    const opened = async (change: () => Promise<DealView>) => (await run(change)).refusal === null;
    return {
      isPending,
      fault: error instanceof Refusal ? error : null,
      retry: () => void refetch(),
      view,
      document,
      unsaved,
      readShown: () => client.getQueryData<DealView | null>(KEY) ?? null,
      settled: async () => void (await queue.current),
      saveAgain,
      dropUnsaved: () => setUnsaved([]),
      edit: (path, value, tell) => make({ path, value }, tell),
      editAll: (cells, tell) => make({ path: cells[0]?.path ?? '', cells }, tell),
      add: (path, element, tell) => make({ path, element }, tell),
      // The keys are pressed where there is nothing to take back, too: that is no refusal.
      undo: () =>
        onOpen(async (now) => (now.undo === null ? now : take(commands.undoEdit({ deal: now.deal })))),
      redo: () =>
        onOpen(async (now) => (now.redo === null ? now : take(commands.redoEdit({ deal: now.deal })))),
      openSample: (sample) => opened(() => take(commands.openSampleDeal({ sample }))),
      openText: (text) => opened(() => take(commands.openDealFile({ text }))),
      openProject: (project) => opened(() => take(commands.openProject({ project }))),
      show: (deal) => opened(() => take(commands.viewDeal({ deal }))),
      close: async (deal) => {
        try {
          await queue.current;
          await take(commands.closeDeal({ deal }));
        } catch (fault) {
          notify(told(fault));
          return false;
        }
        setUnsaved((before) => before.filter((one) => one.deal !== deal));
        if (sessionStorage.getItem(SHOWN) === deal) sessionStorage.removeItem(SHOWN);
        await client.invalidateQueries();
        return true;
      },
      take: run,
    };
  }, [client, document, error, isPending, make, notify, refetch, run, saveAgain, t, told, unsaved, view]);

  return (
    <Context.Provider value={desk}>
      <Saving.Provider value={underWay > 0}>{children}</Saving.Provider>
    </Context.Provider>
  );
}

function shownDocument(view: DealView, unsaved: readonly Unsaved[]): DealDocument {
  let document = view.document as DealDocument;
  for (const { deal, project, change } of unsaved) {
    if (deal !== view.deal && (project === null || project !== view.project)) continue;
    document = withChange(document, change);
  }
  return document;
}

function withChange(document: DealDocument, change: Change): DealDocument {
  if ('cells' in change)
    return change.cells.reduce((so, { path, value }) => withCell(so, path, value), document);
  return 'element' in change
    ? withElement(document, change.path, change.element)
    : withCell(document, change.path, change.value);
}

/** A change is on its way and not answered yet. */
export function useIsSaving(): boolean {
  return useContext(Saving);
}

/** Every open deal, in the order of opening. */
export function useOpenDeals(): readonly OpenDeal[] {
  return useQuery(openQuery).data?.deals ?? NO_DEALS;
}

const NO_DEALS: readonly OpenDeal[] = [];

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
