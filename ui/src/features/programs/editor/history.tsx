import { useState } from 'react';
import { commands, type OwnProgramView } from '../../../api/bindings.ts';
import { take } from '../../../api/errors.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { useToast } from '../../../components/toast.tsx';
import { formatDate } from '../../../domain/dates.ts';
import { useText } from '../../../i18n/index.tsx';
import { useFaultText } from '../../shell/refusal.ts';
import { useOwnChanged } from '../own.ts';

type Props = {
  view: OwnProgramView | null;
  isChanged: boolean;
  onRestored: (view: OwnProgramView) => void;
};

/** The versions of an own program; an earlier one comes back as a new version, so that nothing is lost. */
export function History({ view, isChanged, onRestored }: Props) {
  const { t, locale } = useText();
  const notify = useToast();
  const told = useFaultText();
  const ownChanged = useOwnChanged();
  const [asked, setAsked] = useState<number | null>(null);
  if (!view) return <p className="sub">{t('editor.history.none')}</p>;
  const restore = async (version: number) => {
    setAsked(null);
    try {
      const restored = await take(commands.restoreOwnProgram({ own: view.own.own, version }));
      await ownChanged();
      onRestored(restored);
      notify(t('editor.restored', { version }));
    } catch (fault) {
      notify(told(fault));
    }
  };
  return (
    <>
      <ol className="version-list" aria-label={t('editor.history')}>
        {view.versions.map(({ version, name, author, at }) => (
          <li key={version} className="row-wrap">
            <span className="strong">{t('editor.version', { version })}</span>
            <span>{name}</span>
            <span className="sub">{`${author} · ${formatDate(at.slice(0, 10), locale)} ${at.slice(11, 16)}`}</span>
            {version === view.own.version ? (
              <span className="sub">{t('editor.version.present')}</span>
            ) : (
              <Button
                look="quiet"
                icon="undo"
                onClick={() => (isChanged ? setAsked(version) : void restore(version))}
              >
                {t('editor.restore')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      <Dialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title={t('editor.restore.title', { version: asked ?? 0 })}
        note={t('editor.restore.note')}
        closeLabel={t('close')}
        actions={
          <>
            <Button onClick={() => setAsked(null)}>{t('cancel')}</Button>
            <Button look="danger" onClick={() => asked !== null && void restore(asked)}>
              {t('editor.restore')}
            </Button>
          </>
        }
      />
    </>
  );
}
