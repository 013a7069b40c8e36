import { QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { JSX } from 'react';
import { vi } from 'vitest';
import type { DealView } from '../../api/bindings.ts';
import { makeClient } from '../../app.tsx';
import { ToastProvider } from '../../components/toast.tsx';
import { TextProvider } from '../../i18n/index.tsx';
import { ExplainProvider } from '../explain/provider.tsx';
import { ClosingProvider } from './closing.tsx';
import { DeskProvider, useDesk } from './desk.tsx';
import { withCell, withElement } from './overlay.ts';
import { UnsavedNotice } from './unsaved.tsx';

/** What stands in for the host in tests: a function for each use case that is asked. */
export type Host = Record<string, (request: Record<string, never>) => unknown>;

export function refusal(code: string, message = code, details: Record<string, string> = {}) {
  return { error: { code, message, details } };
}

/** One deal in memory that takes edits as the application does: each on the revision it was made on. */
export function dealHost(view: DealView): Host & { view: () => DealView } {
  let now = view;
  const changed = (revision: number, document: unknown): DealView => {
    if (revision !== now.revision) throw refusal('CONFLICT', 'Changed since', { current: '9' });
    now = { ...now, document, revision: now.revision + 1, number: now.number + 1 };
    return now;
  };
  const host = {
    list_open_deals: () => ({ deals: [{ deal: now.deal, name: now.name, revision: now.revision }] }),
    view_deal: () => now,
    edit_deal: (request: { revision: number; path: string; value: never }) =>
      changed(request.revision, withCell(now.document, request.path, request.value)),
    edit_cells: (request: { revision: number; cells: readonly { path: string; value: never }[] }) =>
      changed(
        request.revision,
        request.cells.reduce((so, cell) => withCell(so, cell.path, cell.value), now.document),
      ),
    add_element: (request: { revision: number; path: string; element: never }) =>
      changed(request.revision, withElement(now.document, request.path, request.element)),
    list_findings: () => ({ findings: [] }),
    view_figures: () => ({ figures: [] }),
    search_programs: () => ({ programs: [] }),
  };
  return { ...(host as unknown as Host), view: () => now } as Host & { view: () => DealView };
}

/** The calls that reached the host: use case and request. */
export type Calls = { command: string; request: Record<string, unknown> }[];

function answering(host: Host): Calls {
  const calls: Calls = [];
  const invoke = async (command: string, { request }: { request: Record<string, never> }) => {
    calls.push({ command, request });
    const use = host[command];
    if (!use) throw refusal('NOT_FOUND', `nobody answers ${command}`);
    return structuredClone(await use(request));
  };
  vi.stubGlobal('__TAURI_INTERNALS__', { invoke });
  return calls;
}

/** A page with everything around it that a page may ask for, at an address of its own. */
export function showPage(host: Host, pages: Record<string, () => JSX.Element>, at: string, language = 'en') {
  const calls = answering(host);
  sessionStorage.clear();
  const root = createRootRoute({ notFoundComponent: () => null });
  const routes = Object.entries(pages).map(([path, component]) =>
    createRoute({ getParentRoute: () => root, path, component }),
  );
  const router = createRouter({
    routeTree: root.addChildren(routes),
    history: createMemoryHistory({ initialEntries: [at] }),
  });
  const spoken = language as 'en' | 'fr';
  const shown = render(
    <TextProvider language={spoken} locale={spoken}>
      <QueryClientProvider client={makeClient()}>
        <ToastProvider>
          <DeskProvider>
            <ClosingProvider>
              <ExplainProvider>
                <UnsavedNotice />
                <main>
                  <RouterProvider router={router as never} />
                </main>
              </ExplainProvider>
            </ClosingProvider>
          </DeskProvider>
        </ToastProvider>
      </QueryClientProvider>
    </TextProvider>,
  );
  return { ...shown, calls, router };
}

/** A page that is only reached with a deal, as the routes do it. */
export function withDeal(Page: () => JSX.Element): () => JSX.Element {
  return function WithDeal() {
    const { view } = useDesk();
    return view ? <Page /> : <span />;
  };
}
