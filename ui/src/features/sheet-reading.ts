import { useCallback, useRef, useState } from 'react';
import { type Refusal, take } from '../api/errors.ts';
import { asBase64 } from '../domain/base64.ts';
import { useText } from '../i18n/index.tsx';
import { asRefusal } from './library/context.tsx';

/** A sheet as it was last read, with what has been decided about it. */
export type SheetReading<View, Decisions> = {
  name: string;
  content: string;
  view: View | null;
  decisions: Decisions;
  fault: Refusal | null;
};

/** What one kind of sheet is read by. It has to stand still: a reading is repeated when it changes. */
export type SheetReader<View, Decisions> = {
  undecided: Decisions;
  ask: (
    deal: string,
    file: { name: string; content: string; decisions: Decisions },
    language: string,
  ) => Parameters<typeof take<View>>[0];
  withRecalled: (decisions: Decisions, view: View) => Decisions;
};

/** A file that is looked at: read again with every decision, and the latest answer is the one that shows. */
export function useSheetReading<View, Decisions>(
  deal: string,
  { undecided, ask, withRecalled }: SheetReader<View, Decisions>,
) {
  const { language } = useText();
  const [read, setRead] = useState<SheetReading<View, Decisions> | null>(null);
  const [isReading, setReading] = useState(false);
  const asked = useRef(0);

  const look = useCallback(
    async (name: string, content: string, decisions: Decisions) => {
      asked.current += 1;
      const turn = asked.current;
      setReading(true);
      setRead((before) => ({ name, content, decisions, view: before?.view ?? null, fault: null }));
      try {
        const view = await take(ask(deal, { name, content, decisions }, language));
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
    [deal, language, ask, withRecalled],
  );

  return {
    read,
    isReading,
    open: async (file: File) => {
      setRead({ name: file.name, content: '', decisions: undecided, view: null, fault: null });
      await look(file.name, await asBase64(file), undecided);
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
