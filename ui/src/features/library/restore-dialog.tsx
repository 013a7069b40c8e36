import { useState } from 'react';
import type { RestoredLibrary } from '../../api/bindings.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FileButton } from '../../components/file-button.tsx';
import { asBase64 } from '../../domain/base64.ts';
import { useText } from '../../i18n/index.tsx';
import { useLibrary } from './context.tsx';
import { OwnSecretInput } from './own-secret.tsx';
import { Refused } from './refused.tsx';
import { useAct } from './use-act.ts';

type Props = { open: boolean; onOpenChange: (open: boolean) => void; onDone?: () => void };

/** Puts a backup in the place of the database. What stood there is kept, and its place is named. */
export function RestoreDialog({ open, onOpenChange, onDone }: Props) {
  const { t } = useText();
  const { arrive } = useLibrary();
  const [restored, setRestored] = useState<RestoredLibrary | null>(null);
  const close = () => {
    onOpenChange(false);
    if (!restored) return;
    setRestored(null);
    void arrive(restored.library).then(onDone);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title={t('restore.title')}
      note={t('restore.note')}
      closeLabel={t('close')}
    >
      {restored ? <Restored restored={restored} onDone={close} /> : <RestoreForm onRestored={setRestored} />}
    </Dialog>
  );
}

function RestoreForm({ onRestored }: { onRestored: (restored: RestoredLibrary) => void }) {
  const { t } = useText();
  const { view, restore } = useLibrary();
  const { isBusy, fault, act } = useAct();
  const [file, setFile] = useState<File | null>(null);
  const [words, setWords] = useState('');

  const submit = (chosen: File) =>
    act(async () => {
      const content = await asBase64(chosen);
      onRestored(await restore({ content, passphrase: words }));
    });
  return (
    <form
      className="stack form"
      onSubmit={(event) => {
        event.preventDefault();
        if (file && words !== '' && !isBusy) void submit(file);
      }}
    >
      <div className="row-wrap">
        <FileButton label={t('restore.choose')} accept=".recoup-backup,.zip" onFile={setFile} />
        <span className="sub chosen">{file ? file.name : t('restore.none')}</span>
      </div>
      <OwnSecretInput
        label={t('restore.passphrase')}
        value={words}
        onChange={setWords}
        hint={t('restore.passphrase.hint')}
      />
      {view && view.state !== 'absent' ? <p className="sub form-note">{t('restore.replaces')}</p> : null}
      <Refused fault={fault} />
      <div className="dialog-actions">
        <Button type="submit" look="primary" disabled={!file || words === '' || isBusy}>
          {isBusy ? t('restore.busy') : t('restore.action')}
        </Button>
      </div>
    </form>
  );
}

function Restored({ restored, onDone }: { restored: RestoredLibrary; onDone: () => void }) {
  const { t } = useText();
  const { replaced, library } = restored;
  return (
    <div className="stack">
      <p role="status">{t('restore.done', { place: library.place })}</p>
      {replaced ? <p className="place">{t('restore.replaced', { place: replaced })}</p> : null}
      <div className="dialog-actions">
        <Button look="primary" onClick={onDone}>
          {library.state === 'open' ? t('restore.open') : t('restore.unlock')}
        </Button>
      </div>
    </div>
  );
}
