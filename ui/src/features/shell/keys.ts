import { useEffect } from 'react';
import { useDesk } from '../workspace/desk.tsx';

/** Ctrl/Cmd+K finds, Ctrl/Cmd+S keeps what is in memory only, Ctrl/Cmd+Z takes back, with Shift (or Ctrl+Y) brings back. A field being typed in keeps its own undo. */
export function useShortcuts(onFind: () => void, onKeep: () => void): void {
  const { undo, redo } = useDesk();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const typing = (event.target as HTMLElement | null)?.closest?.('input, textarea, select');
      if (key === 'k') onFind();
      else if (key === 's') {
        // What is being typed is a change like any other: it is committed before the deal is kept.
        if (typing instanceof HTMLElement && !typing.closest('[role="dialog"]')) typing.blur();
        onKeep();
      } else if (typing) return;
      else if (key === 'z' && event.shiftKey) redo();
      else if (key === 'z') undo();
      else if (key === 'y') redo();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onFind, onKeep, undo, redo]);
}
