import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { FileButton } from '../../components/file-button.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { DraftNotices } from './editor/draft-notices.tsx';
import { useStartEditing } from './editor/start.ts';
import { FilterBar } from './filter-bar.tsx';
import { EVERYTHING, type Filters, readFilters, writeFilters } from './filters.ts';
import { useFound } from './found.ts';
import { ProgramList } from './list.tsx';
import { ProgramSheet, SHEET_TITLE } from './sheet.tsx';

// The editor comes when somebody edits: most who read the law never do.
const EditorPage = lazy(() => import('./editor/page.tsx').then((module) => ({ default: module.EditorPage })));

type Asked = { program?: string; on?: string; tab?: string; edit?: string };

/** The policy library: every program on file and one's own, each number with the clause it stands in. */
export function ProgramsPage() {
  const { t } = useText();
  const asked = useSearch({ strict: false }) as Asked & Record<string, unknown>;
  if (asked.edit !== undefined)
    return (
      <Suspense fallback={<Skeleton label={t('pages.loading')} rows={7} />}>
        <EditorPage key={String(asked.edit)} draft={String(asked.edit)} />
      </Suspense>
    );
  return <Library asked={asked} />;
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('.library-search input')?.focus();
}

function showSheet(): void {
  const page = document.getElementById('page');
  const sheet = document.querySelector('.program-sheet');
  if (page && sheet) page.scrollTop += sheet.getBoundingClientRect().top - page.getBoundingClientRect().top;
}

/** `/` goes to the search from anywhere on the page where nothing is being typed. */
function useSlash(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = (event.target as HTMLElement | null)?.closest?.(
        'input, textarea, select, [role=dialog]',
      );
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing) return;
      event.preventDefault();
      focusSearch();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function Library({ asked }: { asked: Asked & Record<string, unknown> }) {
  const { t } = useText();
  const navigate = useNavigate();
  const filters = readFilters(asked);
  const found = useFound(filters);
  const editing = useStartEditing();
  const [isOver, setOver] = useState(false);
  useSlash();
  const chosen = found.all.find(({ program }) => program === asked.program) ?? found.shown[0] ?? null;
  const go = (next: Asked, narrowed: Filters = filters) =>
    void navigate({ to: '/programs', search: { ...writeFilters(narrowed), ...next }, replace: true });
  const kept = (tab: string | undefined) => (tab === undefined ? {} : { tab });
  const choose = (program: string) => go({ program, ...kept(asked.tab) });
  const narrow = (next: Filters) =>
    go({ ...(asked.program ? { program: asked.program } : {}), ...kept(asked.tab) }, next);
  return (
    <Page
      crumb={t('nav.programs')}
      headline={t('programs.headline', { count: found.shown.length })}
      actions={
        <FileButton
          label={t('editor.import')}
          accept=".json,application/json"
          onFile={(file) => void editing.fromFile(file)}
        />
      }
    >
      <DraftNotices />
      {found.fault ? <Fault fault={found.fault} onRetry={found.retry} /> : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only the way from the search down into the list */}
      <div
        onKeyDown={(event) => {
          const isSearch = (event.target as HTMLElement).matches?.('.library-search input');
          if (event.key !== 'ArrowDown' || !isSearch) return;
          event.preventDefault();
          document.getElementById('program-list')?.focus();
        }}
      >
        <FilterBar all={found.all} filters={filters} onChange={narrow} />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a file can be dropped here; the button above asks for one */}
      <div
        className={`tiles tiles-fill library-tiles ${isOver ? 'drop-here' : ''}`}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes('Files')) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const [file] = event.dataTransfer.files;
          if (file) void editing.fromFile(file);
        }}
      >
        <Tile span={4} edge>
          {found.isPending ? <Skeleton label={t('pages.loading')} /> : null}
          {!found.isPending && found.shown.length === 0 ? (
            <EmptyState title={t('programs.none')} note={t('programs.none.note')}>
              <Button onClick={() => narrow(EVERYTHING)}>{t('programs.filter.clear')}</Button>
            </EmptyState>
          ) : (
            <ProgramList
              programs={found.shown}
              chosen={chosen?.program ?? null}
              onChoose={choose}
              onPress={() => {
                // Where the sheet stands below the list, a press leads to it.
                if (window.matchMedia?.('(max-width: 1100px)').matches) showSheet();
              }}
              onOpen={() => document.getElementById(SHEET_TITLE)?.focus()}
            />
          )}
        </Tile>
        <Tile span={8}>
          {chosen ? (
            <ProgramSheet
              program={chosen}
              on={chosen.program === asked.program ? (asked.on ?? null) : null}
              tab={asked.tab ?? 'overview'}
              onTab={(tab) => go({ program: chosen.program, ...(asked.on ? { on: asked.on } : {}), tab })}
              onRead={(on) => go({ program: chosen.program, on, ...kept(asked.tab) })}
              onGo={choose}
              onEdit={(program, on) => void editing.from(program, on)}
            />
          ) : null}
        </Tile>
      </div>
    </Page>
  );
}
