import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { dropDraft, keepDraft, listDrafts } from './drafts.ts';

/** What was being edited when the page was left: to go on with, or to throw away. */
export function DraftNotices() {
  const { t } = useText();
  const navigate = useNavigate();
  const notify = useToast();
  const [drafts, setDrafts] = useState(listDrafts);
  return drafts.map((draft) => (
    <div key={draft.key} className="draft-notice" role="status">
      <span>{t('editor.draft', { name: draft.name })}</span>
      <Button onClick={() => void navigate({ to: '/programs', search: { edit: draft.key } })}>
        {t('editor.draft.open')}
      </Button>
      <Button
        look="quiet"
        onClick={() => {
          dropDraft(draft.key);
          setDrafts(listDrafts());
          notify(t('editor.draft.dropped', { name: draft.name }), {
            label: t('top.undo'),
            run: () => {
              keepDraft(draft);
              setDrafts(listDrafts());
            },
          });
        }}
      >
        {t('editor.draft.drop')}
      </Button>
    </div>
  ));
}
