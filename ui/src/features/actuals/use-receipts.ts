import { useCallback, useRef, useState } from 'react';
import { commands, type ReceiptsSheetView } from '../../api/bindings.ts';
import { type Refusal, take } from '../../api/errors.ts';
import { asBase64 } from '../../domain/base64.ts';
import { useText } from '../../i18n/index.tsx';
import { asRefusal } from '../library/context.tsx';
import { asFile, type Decisions, UNDECIDED, withRecalled } from './receipts-decisions.ts';

export type ReadReceipts = {
  name: string;
  content: string;
  view: ReceiptsSheetView | null;
  decisions: Decisions;
  fault: Refusal | null;
};

/** A sheet that is looked at: read again with every decision, and the latest answer is the one that shows. */
export function useReceipts(deal: string) {
  const { language } = useText();
  const [read, setRead] = useState<ReadReceipts | null>(null);
  const [isReading, setReading] = useState(false);
  const asked = useRef(0);

  const look = useCallback(
    async (name: string, content: string, decisions: Decisions) => {
      asked.current += 1;
      const turn = asked.current;
      setReading(true);
      setRead((before) => ({ name, content, decisions, view: before?.view ?? null, fault: null }));
      try {
        const file = asFile(name, content, decisions);
        const view = await take(commands.readReceiptsSheet({ deal, file, language }));
        if (asked.current !== turn) return;
        setRead({ name, content, decisions: withRecalled(decisions, view), view, fault: null });
      } catch (reason) {
        if (asked.current !== turn) return;
        const fault = asRefusal(reason);
        setRead((before) => before && { ...before, fault });
      } finally {
        if (asked.current === turn) setReading(false);
      }
    },
    [deal, language],
  );

  return {
    read,
    isReading,
    open: async (file: File) => {
      setRead({ name: file.name, content: '', decisions: UNDECIDED, view: null, fault: null });
      await look(file.name, await asBase64(file), UNDECIDED);
    },
    decide: (decisions: Decisions) => {
      if (read) void look(read.name, read.content, decisions);
    },
    close: () => {
      // An answer still under way finds nobody.
      asked.current += 1;
      setReading(false);
      setRead(null);
    },
  };
}
