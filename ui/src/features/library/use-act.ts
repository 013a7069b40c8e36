import { useCallback, useRef, useState } from 'react';
import type { Refusal } from '../../api/errors.ts';
import { asRefusal } from './context.tsx';

/** One thing at a time: whether it is under way, and why it was refused. */
export function useAct(): {
  isBusy: boolean;
  fault: Refusal | null;
  clear: () => void;
  act: (what: () => Promise<void>) => Promise<boolean>;
} {
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<Refusal | null>(null);
  const running = useRef(false);
  const act = useCallback(async (what: () => Promise<void>) => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setFault(null);
    try {
      await what();
      return true;
    } catch (refusal) {
      setFault(asRefusal(refusal));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setFault(null), []);
  return { isBusy, fault, clear, act };
}
