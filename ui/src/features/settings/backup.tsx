import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { commands, type KeptFile, type LibraryCheck } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { useText } from '../../i18n/index.tsx';
import { useLibrary } from '../library/context.tsx';
import { Refused } from '../library/refused.tsx';
import { RestoreDialog } from '../library/restore-dialog.tsx';
import { useAct } from '../library/use-act.ts';

/** A copy for a safe place, a look at everything, and the way back. */
export function BackupSection() {
  const { t, locale } = useText();
  const { view } = useLibrary();
  const navigate = useNavigate();
  const [written, setWritten] = useState<KeptFile | null>(null);
  const [checked, setChecked] = useState<LibraryCheck | null>(null);
  const [isRestoring, setRestoring] = useState(false);
  const backing = useAct();
  const checking = useAct();
  const isOpen = view?.state === 'open';
  const size = (bytes: number) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 }).format(
      bytes / 1000,
    );
  return (
    <div className="stack">
      <div className="row-wrap">
        <Button
          disabled={!isOpen || !view.by_passphrase || backing.isBusy}
          onClick={() => void backing.act(async () => setWritten(await take(commands.backUpLibrary({}))))}
        >
          {backing.isBusy ? t('backup.busy') : t('backup.now')}
        </Button>
        <Button
          disabled={!isOpen || checking.isBusy}
          onClick={() => void checking.act(async () => setChecked(await take(commands.checkLibrary({}))))}
        >
          {checking.isBusy ? t('backup.check.busy') : t('backup.check')}
        </Button>
        <Button onClick={() => setRestoring(true)}>{t('restore.start')}</Button>
      </div>
      {isOpen ? null : <p className="sub">{t('backup.closed')}</p>}
      {isOpen && !view.by_passphrase ? <p className="sub">{t('backup.needs')}</p> : null}
      <div role="status" className="stack">
        {written ? (
          <>
            <p className="place">{t('backup.done', { place: written.place })}</p>
            <code className="sub place">
              {t('backup.checksum', { checksum: written.checksum, size: size(written.bytes) })}
            </code>
          </>
        ) : null}
        {checked && checked.problems.length === 0 ? (
          <p>
            {t('backup.check.well', {
              projects: t('backup.check.projects', { count: checked.projects }),
              revisions: t('backup.check.revisions', { count: checked.revisions }),
            })}
          </p>
        ) : null}
      </div>
      {checked && checked.problems.length > 0 ? (
        <div role="alert">
          <p className="strong">{t('backup.check.problems', { count: checked.problems.length })}</p>
          <ul className="bullets">
            {checked.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <Refused fault={backing.fault ?? checking.fault} />
      <RestoreDialog
        open={isRestoring}
        onOpenChange={setRestoring}
        onDone={() => void navigate({ to: '/' })}
      />
    </div>
  );
}
