import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { useFaultText } from '../shell/refusal.ts';
import { useDesk } from '../workspace/desk.tsx';
import { useLibrary } from './context.tsx';

const MINUTE_MS = 60_000;
/** How often the clock is looked at; a machine that slept is noticed at the next look. */
const LOOK_MS = 5_000;
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;

/** Whether somebody has been away for this long. `null` is never. */
export function isIdle(sinceMs: number, nowMs: number, minutes: number): boolean {
  return minutes > 0 && nowMs - sinceMs >= minutes * MINUTE_MS;
}

/** Closes the database: what is being typed is committed and what waits to be saved is saved first. */
export function useLock(): () => Promise<void> {
  const { lock } = useLibrary();
  const { settled } = useDesk();
  const navigate = useNavigate();
  const notify = useToast();
  const told = useFaultText();
  return useCallback(async () => {
    (document.activeElement as HTMLElement | null)?.blur?.();
    await settled();
    try {
      await lock();
    } catch (fault) {
      notify(told(fault));
      return;
    }
    await navigate({ to: '/' });
  }, [lock, navigate, notify, settled, told]);
}

/** Locks after the chosen minutes without a sign of life. */
export function AutoLock() {
  const { t } = useText();
  const { view, settings } = useLibrary();
  const notify = useToast();
  const lock = useLock();
  const minutes = view?.state === 'open' ? (settings?.auto_lock_minutes ?? 0) : 0;
  const run = useRef(lock);
  run.current = lock;
  useEffect(() => {
    if (minutes === 0) return;
    let since = Date.now();
    let isLocking = false;
    const alive = () => {
      // Coming back after too long is not a sign of life: the lock was due before.
      if (!isIdle(since, Date.now(), minutes)) since = Date.now();
      else look();
    };
    const look = () => {
      if (isLocking || !isIdle(since, Date.now(), minutes)) return;
      isLocking = true;
      void run.current().then(() => notify(t('lock.idle', { minutes })));
    };
    for (const sign of SIGNS) window.addEventListener(sign, alive, { passive: true });
    document.addEventListener('visibilitychange', look);
    const timer = setInterval(look, LOOK_MS);
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, alive);
      document.removeEventListener('visibilitychange', look);
      clearInterval(timer);
    };
  }, [minutes, notify, t]);
  return null;
}
