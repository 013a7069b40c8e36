import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useText } from '../../i18n/index.tsx';
import { useDesk, useIsSaving } from '../workspace/desk.tsx';
import { useKeep } from './keep.tsx';

/** Where the deal on show stands: in memory, being saved, not saved, or saved and under which number. */
export function SavedState() {
  const { t } = useText();
  const { view, unsaved } = useDesk();
  const isSaving = useIsSaving();
  const { keep } = useKeep();
  if (!view) return null;
  const waiting = unsaved.filter(
    ({ deal, project }) => deal === view.deal || (project !== null && project === view.project),
  );
  if (waiting.length > 0)
    return (
      <span className="topbar-saved topbar-failed" role="status">
        <Icon name="blocker" size={14} />
        <span className="topbar-saved-text">{t('saved.failed', { count: waiting.length })}</span>
      </span>
    );
  if (view.project === null)
    return (
      <span className="topbar-saved topbar-memory">
        <Icon name="note" size={14} />
        <span className="topbar-saved-text" title={t('saved.memory.note')}>
          {t('saved.memory')}
        </span>
        <Button look="primary" onClick={keep} aria-keyshortcuts="Control+S Meta+S">
          {t('keep.button')}
        </Button>
      </span>
    );
  return (
    <span className="topbar-saved" title={t('saved.number', { number: view.number })}>
      <Icon name={isSaving ? 'history' : 'check'} size={14} />
      <span className="topbar-saved-text">{isSaving ? t('saved.saving') : t('saved.all')}</span>
    </span>
  );
}
