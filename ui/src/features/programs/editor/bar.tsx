import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { commands, type OwnProgramView } from '../../../api/bindings.ts';
import { take } from '../../../api/errors.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useFaultText } from '../../shell/refusal.ts';
import { ClaimButton } from '../claim.tsx';
import { useOwnChanged } from '../own.ts';
import { textAt } from './doc.ts';
import { type Draft, dropDraft } from './drafts.ts';
import type { Editing } from './use-draft.ts';
import type { Trial } from './use-trial.ts';

type Props = {
  draft: Draft;
  view: OwnProgramView | null;
  editing: Editing;
  trial: Trial;
  name: string;
  onSaved: (view: OwnProgramView) => void;
};

/** Take back, keep, claim, write as a file, delete. */
export function EditorBar({ draft, view, editing, trial, name, onSaved }: Props) {
  const { t } = useText();
  const navigate = useNavigate();
  const notify = useToast();
  const told = useFaultText();
  const ownChanged = useOwnChanged();
  const [isSaving, setSaving] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const isNew = draft.own === null;
  const isSaved = !isNew && !editing.isChanged;

  const save = async () => {
    setSaving(true);
    try {
      const saved = await take(
        commands.saveOwnProgram({ own: draft.own, version: draft.version, text: editing.text }),
      );
      dropDraft(draft.key);
      await ownChanged();
      notify(t('editor.saved.done', { name: saved.own.name, version: saved.own.version }));
      onSaved(saved);
    } catch (fault) {
      notify(told(fault));
    } finally {
      setSaving(false);
    }
  };
  const exported = async () => {
    if (!view) return;
    try {
      const file = await take(commands.exportOwnProgram({ own: view.own.own }));
      notify(t('editor.exported', { place: file.place }));
    } catch (fault) {
      notify(told(fault));
    }
  };
  const remove = async () => {
    setAsked(false);
    if (!view) return;
    const { text } = view;
    try {
      await take(commands.deleteOwnProgram({ own: view.own.own }));
      dropDraft(draft.key);
      await navigate({ to: '/programs', ignoreBlocker: true });
      await ownChanged();
      const bringBack = async () => {
        await take(commands.importOwnProgram({ text }));
        await ownChanged();
      };
      notify(t('editor.deleted', { name }), {
        label: t('top.undo'),
        run: () => void bringBack().catch((fault) => notify(told(fault))),
      });
    } catch (fault) {
      notify(told(fault));
    }
  };

  return (
    <>
      <IconButton icon="undo" label={t('editor.undo')} disabled={!editing.canUndo} onClick={editing.undo} />
      <IconButton icon="redo" label={t('editor.redo')} disabled={!editing.canRedo} onClick={editing.redo} />
      {view ? (
        <>
          <Button look="quiet" onClick={() => void exported()}>
            {t('editor.export')}
          </Button>
          <Button look="quiet" icon="trash" onClick={() => setAsked(true)}>
            {t('editor.delete')}
          </Button>
        </>
      ) : null}
      {isSaved ? (
        <ClaimButton program={textAt(editing.doc, ['id'])} name={name} isOwn look="primary" />
      ) : (
        <Button
          look="primary"
          icon="check"
          data-action="save"
          disabled={isSaving || (trial.tried?.faults.length ?? 0) > 0 || editing.raw !== null}
          onClick={() => void save()}
        >
          {t(isNew ? 'editor.save' : 'editor.save.version')}
        </Button>
      )}
      <Dialog
        open={isAsked}
        onOpenChange={setAsked}
        title={t('editor.delete.title', { name })}
        note={t('editor.delete.note')}
        closeLabel={t('close')}
        actions={
          <>
            <Button onClick={() => setAsked(false)}>{t('cancel')}</Button>
            <Button look="danger" icon="trash" onClick={() => void remove()}>
              {t('editor.delete')}
            </Button>
          </>
        }
      />
    </>
  );
}
