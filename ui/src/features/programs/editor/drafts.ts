/** What is being edited and is not saved yet: kept on this machine, so that nothing that was typed is lost. */
export type Draft = {
  key: string;
  /** The own program it changes; none for a new one. */
  own: string | null;
  /** The version the change is made on. */
  version: number | null;
  name: string;
  /** The text as it was when the editing began, and as it is. */
  base: string;
  text: string;
  at: string;
};

const PREFIX = 'recoup.program-draft.';

function isDraft(value: unknown): value is Draft {
  const one = value as Partial<Draft> | null;
  return typeof one?.key === 'string' && typeof one.base === 'string' && typeof one.text === 'string';
}

function read(name: string): Draft | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(name) ?? 'null');
    return isDraft(value) ? value : null;
  } catch {
    return null;
  }
}

export function readDraft(key: string): Draft | null {
  return read(PREFIX + key);
}

/** Drafts that differ from what they began with, the latest first. */
export function listDrafts(): Draft[] {
  const names = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '');
  return names
    .filter((name) => name.startsWith(PREFIX))
    .flatMap((name) => read(name) ?? [])
    .filter((draft) => draft.own === null || draft.text !== draft.base)
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** Whether there was room for it. */
export function keepDraft(draft: Draft): boolean {
  try {
    localStorage.setItem(PREFIX + draft.key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(key: string): void {
  localStorage.removeItem(PREFIX + key);
}

export function newKey(): string {
  return `new-${crypto.randomUUID().slice(0, 8)}`;
}
