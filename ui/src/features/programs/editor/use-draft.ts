import { useCallback, useEffect, useMemo, useReducer, useState } from 'react';
import { changed, type Doc, type Json, moved, type Path, readDoc, textAt, writeDoc } from './doc.ts';
import { type Draft, dropDraft, keepDraft } from './drafts.ts';

/** Keystrokes in one field that follow each other this closely are taken back together. */
const TOGETHER_MS = 1000;
const STEPS = 200;

export type State = {
  doc: Doc;
  /** The text of the raw view while it is no JSON object; the form then stays as it was. */
  raw: string | null;
  past: readonly Doc[];
  future: readonly Doc[];
  tag: string;
  at: number;
};

export type Step =
  | { kind: 'set'; path: Path; value: Json | undefined; at: number }
  | { kind: 'move'; list: string; from: number; by: number; at: number }
  | { kind: 'raw'; text: string; at: number }
  | { kind: 'load'; doc: Doc; at: number }
  | { kind: 'undo' | 'redo' };

function put(state: State, doc: Doc, tag: string, at: number): State {
  if (doc === state.doc) return state;
  const isSame = tag !== '' && tag === state.tag && at - state.at < TOGETHER_MS;
  return {
    doc,
    raw: null,
    past: isSame ? state.past : [...state.past, state.doc].slice(-STEPS),
    future: [],
    tag,
    at,
  };
}

export function step(state: State, action: Step): State {
  switch (action.kind) {
    case 'set':
      return put(
        state,
        changed(state.doc, action.path, action.value),
        action.value === undefined ? '' : action.path.join('.'),
        action.at,
      );
    case 'move':
      return put(state, moved(state.doc, action.list, action.from, action.by), '', action.at);
    case 'raw': {
      const doc = readDoc(action.text);
      return doc ? put(state, doc, 'raw', action.at) : { ...state, raw: action.text };
    }
    case 'load':
      return put(state, action.doc, '', action.at);
    case 'undo': {
      const doc = state.past.at(-1);
      if (!doc) return state;
      return {
        doc,
        raw: null,
        past: state.past.slice(0, -1),
        future: [state.doc, ...state.future],
        tag: '',
        at: 0,
      };
    }
    case 'redo': {
      const [doc, ...future] = state.future;
      if (!doc) return state;
      return { doc, raw: null, past: [...state.past, state.doc], future, tag: '', at: 0 };
    }
  }
}

export type Editing = {
  doc: Doc;
  raw: string | null;
  /** What would be saved. */
  text: string;
  isChanged: boolean;
  /** Whether the last change found room on this machine. */
  isKept: boolean;
  canUndo: boolean;
  canRedo: boolean;
  set: (path: Path, value: Json | undefined) => void;
  move: (list: string, from: number, by: number) => void;
  setRaw: (text: string) => void;
  load: (doc: Doc) => void;
  undo: () => void;
  redo: () => void;
};

const EMPTY: Doc = {};

/** The program under edit: every change can be taken back, and is kept on this machine until it is saved. */
export function useEditing(draft: Draft): Editing {
  const [state, dispatch] = useReducer(step, draft, (from): State => {
    const doc = readDoc(from.text);
    const base = readDoc(from.base) ?? EMPTY;
    return { doc: doc ?? base, raw: doc ? null : from.text, past: [], future: [], tag: '', at: 0 };
  });
  const text = useMemo(() => state.raw ?? writeDoc(state.doc), [state.raw, state.doc]);
  const base = useMemo(() => {
    const doc = readDoc(draft.base);
    return doc ? writeDoc(doc) : draft.base;
  }, [draft.base]);
  const isChanged = text !== base;
  const [isKept, setKept] = useState(true);
  useEffect(() => {
    if (draft.own !== null && !isChanged) {
      dropDraft(draft.key);
      setKept(true);
      return;
    }
    const name = textAt(state.doc, ['short_name']) || draft.name;
    setKept(keepDraft({ ...draft, name, base, text, at: new Date().toISOString() }));
  }, [draft, base, text, isChanged, state.doc]);

  const set = useCallback(
    (path: Path, value: Json | undefined) => dispatch({ kind: 'set', path, value, at: Date.now() }),
    [],
  );
  const move = useCallback(
    (list: string, from: number, by: number) => dispatch({ kind: 'move', list, from, by, at: Date.now() }),
    [],
  );
  const setRaw = useCallback((raw: string) => dispatch({ kind: 'raw', text: raw, at: Date.now() }), []);
  const load = useCallback((doc: Doc) => dispatch({ kind: 'load', doc, at: Date.now() }), []);
  return {
    doc: state.doc,
    raw: state.raw,
    text,
    isChanged,
    isKept,
    canUndo: state.past.length > 0,
    canRedo: state.future.length > 0,
    set,
    move,
    setRaw,
    load,
    undo: useCallback(() => dispatch({ kind: 'undo' }), []),
    redo: useCallback(() => dispatch({ kind: 'redo' }), []),
  };
}
