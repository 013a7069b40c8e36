import { Toast as Radix } from 'radix-ui';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';

type Notice = { id: number; text: string; action?: { label: string; run: () => void } };
type Show = (text: string, action?: Notice['action']) => void;

const Context = createContext<Show>(() => {});

/** A toast tells what happened; it never holds the only copy of anything. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<Notice[]>([]);
  const show = useCallback<Show>((text, action) => {
    setNotices((before) => [
      ...before.slice(-2),
      { id: (before.at(-1)?.id ?? 0) + 1, text, ...(action ? { action } : {}) },
    ]);
  }, []);
  const value = useMemo(() => show, [show]);
  return (
    <Context.Provider value={value}>
      <Radix.Provider duration={6000} swipeDirection="right">
        {children}
        {notices.map((notice) => (
          <Radix.Root
            key={notice.id}
            className="toast"
            onOpenChange={(open) => {
              if (!open) setNotices((before) => before.filter((other) => other.id !== notice.id));
            }}
          >
            <Radix.Description>{notice.text}</Radix.Description>
            {notice.action ? (
              <Radix.Action altText={notice.action.label} asChild>
                <button type="button" className="toast-action" onClick={notice.action.run}>
                  {notice.action.label}
                </button>
              </Radix.Action>
            ) : null}
          </Radix.Root>
        ))}
        <Radix.Viewport className="toasts" />
      </Radix.Provider>
    </Context.Provider>
  );
}

export function useToast(): Show {
  return useContext(Context);
}
