import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { ToastProvider } from './components/toast.tsx';
import { ExplainProvider } from './features/explain/provider.tsx';
import { LibraryProvider, libraryQuery } from './features/library/context.tsx';
import { KeepProvider } from './features/library/keep.tsx';
import { PreferencesProvider } from './features/settings/preferences.tsx';
import { ClosingProvider } from './features/workspace/closing.tsx';
import { DeskProvider, deskQuery } from './features/workspace/desk.tsx';
import { makeRouter } from './routes.tsx';

/** Everything is computed on this machine: an answer stays right until a change says otherwise, and a refusal is not retried. */
export function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}

/** Asks what decides which page is the first while the program is still being made. */
export function askFirst(client: QueryClient): void {
  for (const query of [libraryQuery, deskQuery]) void client.prefetchQuery<unknown>(query);
}

export function App({ client: begun }: { client?: QueryClient }) {
  const [client] = useState(() => begun ?? makeClient());
  const [router] = useState(makeRouter);
  return (
    <PreferencesProvider>
      <QueryClientProvider client={client}>
        <ToastProvider>
          <LibraryProvider>
            <DeskProvider>
              <KeepProvider>
                <ClosingProvider>
                  <ExplainProvider>
                    <RouterProvider router={router} />
                  </ExplainProvider>
                </ClosingProvider>
              </KeepProvider>
            </DeskProvider>
          </LibraryProvider>
        </ToastProvider>
      </QueryClientProvider>
    </PreferencesProvider>
  );
}
