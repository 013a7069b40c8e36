import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { commands, type OwnProgramView } from '../../../api/bindings.ts';
import { Refusal, take } from '../../../api/errors.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState, Skeleton } from '../../../components/states.tsx';
import { useText } from '../../../i18n/index.tsx';
import { Fault } from '../../shell/fault.tsx';
import { type Draft, readDraft } from './drafts.ts';
import { Editor } from './editor.tsx';

/** A kept program as the draft its editing begins with. */
function draftOf({ own, text }: OwnProgramView): Draft {
  const { version, name } = own;
  return { key: own.own, own: own.own, version, name, base: text, text, at: '' };
}

/** The editor of one's own programs: a draft of this machine, or a program that is kept. */
export function EditorPage({ draft: key }: { draft: string }) {
  const { t } = useText();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft | null>(() => readDraft(key));
  const own = draft ? draft.own : key.startsWith('new-') ? null : key;
  const kept = useQuery({
    queryKey: ['programs', 'own', own],
    queryFn: () => take(commands.readOwnProgram({ own: own ?? '', version: null })),
    enabled: own !== null,
  });
  const begun = draft ?? (kept.data ? draftOf(kept.data) : null);
  if (begun && (own === null || kept.data))
    return (
      <Editor
        key={`${begun.key} ${begun.version}`}
        draft={begun}
        view={kept.data ?? null}
        onSaved={(view) => {
          setDraft(draftOf(view));
          void navigate({ to: '/programs', search: { edit: view.own.own }, replace: true });
        }}
      />
    );
  if (kept.error instanceof Refusal && kept.error.code !== 'NOT_FOUND')
    return <Fault fault={kept.error} onRetry={() => void kept.refetch()} />;
  if (own === null || kept.error)
    return (
      <EmptyState title={t('editor.gone')} note={t('editor.gone.note')}>
        <Button onClick={() => void navigate({ to: '/programs' })}>{t('editor.back')}</Button>
      </EmptyState>
    );
  return <Skeleton label={t('pages.loading')} rows={7} />;
}
