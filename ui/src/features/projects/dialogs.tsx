import { useState } from 'react';
import { commands, type ProjectEntry } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field, TextInput } from '../../components/field.tsx';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { useFaultText } from '../shell/refusal.ts';
import { useProjectActions } from './actions.ts';

/** The dialog begins in the name, with all of it chosen. */
function choose(field: HTMLInputElement | null): void {
  field?.focus();
  field?.select();
}

/** Another name for a project; a name in use is refused beside the field, and what was typed stays. */
export function RenameDialog({ project, onClose }: { project: ProjectEntry; onClose: () => void }) {
  const { t } = useText();
  const told = useFaultText();
  const notify = useToast();
  const { refresh } = useProjectActions();
  const [name, setName] = useState(project.name);
  const [description, setDescription] = useState(project.description);
  const [wrong, setWrong] = useState<string | null>(null);
  const save = async () => {
    try {
      const request = { project: project.project, version: project.version, name, description };
      await take(commands.renameProject(request));
    } catch (fault) {
      const isOfField = fault instanceof Refusal && ['NAME_TAKEN', 'INVALID_REQUEST'].includes(fault.code);
      if (isOfField) setWrong(told(fault));
      else notify(told(fault));
      return;
    }
    onClose();
    await refresh();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('projects.rename.title', { name: project.name })}
      closeLabel={t('close')}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label={t('projects.col.name')} error={wrong}>
          {(aria) => (
            <input
              {...aria}
              ref={choose}
              className="input"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <TextInput label={t('projects.description')} value={description} onChange={setDescription} />
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <button type="submit" className="button button-primary">
            {t('projects.rename')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

type PurgeProps = { project: ProjectEntry; onClose: () => void; onPurge: () => void };

export function PurgeDialog({ project, onClose, onPurge }: PurgeProps) {
  const { t } = useText();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('projects.purge.title', { name: project.name })}
      note={t('projects.purge.note')}
      closeLabel={t('close')}
      actions={
        <>
          <Button onClick={onClose}>{t('projects.purge.stay')}</Button>
          <Button
            look="danger"
            icon="trash"
            onClick={() => {
              onPurge();
              onClose();
            }}
          >
            {t('projects.purge.do', { name: project.name })}
          </Button>
        </>
      }
    />
  );
}
