import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { OwnProgramView, ProgramFault } from '../../../api/bindings.ts';
import { Badge } from '../../../components/badge.tsx';
import { Icon } from '../../../components/icon.tsx';
import { type Tab, Tabs } from '../../../components/tabs.tsx';
import { useText } from '../../../i18n/index.tsx';
import { Tile } from '../../shell/page.tsx';
import { useDesk } from '../../workspace/desk.tsx';
import { EditorBar } from './bar.tsx';
import { columnOf, listOf, nearest, textAt } from './doc.ts';
import type { Draft } from './drafts.ts';
import { type Caret, EditorProvider } from './fields.tsx';
import { Money, SourceRows } from './grounds.tsx';
import { History } from './history.tsx';
import { Identity } from './identity.tsx';
import { Leaving } from './leaving.tsx';
import { Live } from './live.tsx';
import { NameList } from './names.tsx';
import { ConditionRows, Inputs, Lines, Numbers } from './parts.tsx';
import { Raw } from './raw.tsx';
import { useEditing } from './use-draft.ts';
import { useTrial } from './use-trial.ts';

type Props = { draft: Draft; view: OwnProgramView | null; onSaved: (view: OwnProgramView) => void };

/** On which part of the form the fields of a list stand. */
const PARTS: Record<string, string> = {
  constants: 'numbers',
  inputs: 'inputs',
  lines: 'lines',
  conditions: 'conditions',
  cash: 'money',
  tax: 'money',
  sources: 'sources',
  interactions: 'raw',
  short_forms: 'raw',
  periods: 'raw',
  outputs: 'raw',
  fees: 'raw',
  known: 'raw',
};

function partOf(path: string): string {
  return path === '' ? 'raw' : (PARTS[listOf(path)] ?? 'identity');
}

/** A form on the left, what it comes to on the right. */
export function Editor({ draft, view, onSaved }: Props) {
  const { t } = useText();
  const navigate = useNavigate();
  const { view: deal, document } = useDesk();
  const editing = useEditing(draft);
  const [part, setPart] = useState('numbers');
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [isDealUsed, setDealUsed] = useState(true);
  const onDeal = deal && isDealUsed ? deal.deal : null;
  const trial = useTrial(editing.text, onDeal, deal?.revision ?? null, typed);
  const before = useTrial(draft.base, onDeal, deal?.revision ?? null, typed);
  const faults = useMemo(() => {
    const all = new Map<string, ProgramFault[]>();
    for (const fault of trial.tried?.faults ?? [])
      all.set(fault.path, [...(all.get(fault.path) ?? []), fault]);
    return all;
  }, [trial.tried]);
  const caret = useRef<Caret | null>(null);
  const goTo = useGoToField(setPart);
  useShortcuts(editing.undo, editing.redo);
  const name = textAt(editing.doc, ['short_name']) || draft.name;
  const count = (id: string) =>
    [...faults].reduce((sum, [path, list]) => sum + (partOf(path) === id ? list.length : 0), 0);
  const tab = (id: string, label: string, content: Tab['content']): Tab => {
    const wrong = count(id);
    return { id, label: wrong > 0 ? `${label} (${wrong})` : label, content };
  };
  const tabs = [
    tab('identity', t('editor.tab.identity'), <Identity />),
    tab('numbers', t('editor.tab.numbers'), <Numbers />),
    tab('inputs', t('editor.tab.inputs'), <Inputs />),
    tab(
      'lines',
      t('editor.tab.lines'),
      <>
        <NameList />
        <Lines />
      </>,
    ),
    tab(
      'conditions',
      t('programs.conditions'),
      <>
        <NameList />
        <ConditionRows />
      </>,
    ),
    tab('money', t('programs.tab.cash'), <Money />),
    tab('sources', t('programs.sources'), <SourceRows />),
    tab('raw', t('editor.tab.raw'), <Raw />),
    tab(
      'history',
      t('editor.history'),
      <History view={view} isChanged={editing.isChanged} onRestored={onSaved} />,
    ),
  ];
  return (
    <EditorProvider value={{ editing, faults, caret }}>
      <header className="page-head editor-head">
        <button type="button" className="page-crumb link" onClick={() => void navigate({ to: '/programs' })}>
          {t('nav.programs')}
        </button>
        <h1>{t('editor.headline', { name })}</h1>
        <div className="page-actions">
          <EditorBar
            draft={draft}
            view={view}
            editing={editing}
            trial={trial}
            name={name}
            onSaved={onSaved}
          />
        </div>
      </header>
      <p className="editor-state">
        <Badge look="dashed">{t('programs.own_unverified')}</Badge>{' '}
        <span className="sub">
          {editing.isChanged || draft.own === null
            ? t('editor.unsaved')
            : t('editor.saved', { version: draft.version ?? 1 })}
        </span>
        {editing.isKept ? null : (
          <span className="field-error">
            <Icon name="blocker" size={13} /> {t('editor.no_room')}
          </span>
        )}
        {editing.raw !== null && part !== 'raw' ? (
          <span className="field-error">
            <Icon name="blocker" size={13} /> {t('editor.raw.ahead')}
          </span>
        ) : null}
      </p>
      <div className="tiles tiles-fill editor-tiles">
        <Tile span={7} edge>
          <Tabs label={name} tabs={tabs} value={part} onChange={setPart} />
        </Tile>
        <Tile span={5}>
          <Live
            trial={trial}
            before={editing.isChanged ? before.tried : null}
            deal={document ? { name: document.name, isUsed: isDealUsed, onUse: setDealUsed } : null}
            typed={typed}
            onType={setTyped}
            onFault={goTo}
          />
        </Tile>
      </div>
      <Leaving
        isChanged={editing.isChanged || draft.own === null}
        isKept={editing.isKept}
        name={name}
        draftKey={draft.key}
      />
    </EditorProvider>
  );
}

/** Opens the part of the form a fault is about and puts the focus on its field. */
function useGoToField(setPart: (part: string) => void): (fault: ProgramFault) => void {
  return useCallback(
    (fault) => {
      setPart(partOf(fault.path));
      // The part is drawn first; then its field can be found.
      setTimeout(() => {
        const fields = [...globalThis.document.querySelectorAll<HTMLElement>('[data-field]')];
        const address = nearest(
          fault.path,
          fields.map((field) => field.dataset.field ?? ''),
        );
        const field =
          fields.find((one) => one.dataset.field === address) ??
          globalThis.document.querySelector<HTMLElement>('.raw-text');
        field?.scrollIntoView?.({ block: 'center' });
        field?.focus();
        const column = columnOf(fault.message);
        if (column !== null && field instanceof HTMLTextAreaElement)
          field.setSelectionRange(column, Math.min(column + 1, field.value.length));
      }, 0);
    },
    [setPart],
  );
}

/** Here Ctrl/Cmd+Z takes back a change of the program, not of the deal behind it. */
function useShortcuts(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key === 'z') (event.shiftKey ? redo : undo)();
      else if (key === 'y') redo();
      else if (key === 's') globalThis.document.querySelector<HTMLElement>('[data-action="save"]')?.click();
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [undo, redo]);
}
