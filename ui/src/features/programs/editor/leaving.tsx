import { useBlocker } from '@tanstack/react-router';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { useText } from '../../../i18n/index.tsx';
import { dropDraft } from './drafts.ts';

type Props = {
  isChanged: boolean;
  /** Whether the draft found room on this machine; only where it did not can closing the window lose it. */
  isKept: boolean;
  name: string;
  draftKey: string;
};

/** Before a page with changes is left: they stay as a draft unless somebody throws them away. */
export function Leaving({ isChanged, isKept, name, draftKey }: Props) {
  const { t } = useText();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => {
      const edited = (search: unknown) => (search as { edit?: string }).edit;
      return isChanged && (next.pathname !== current.pathname || edited(next.search) === undefined);
    },
    enableBeforeUnload: () => isChanged && !isKept,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && blocker.reset()}
      title={t('editor.leave.title', { name })}
      note={t('editor.leave.note')}
      closeLabel={t('close')}
      actions={
        <>
          <Button
            look="danger"
            icon="trash"
            onClick={() => {
              dropDraft(draftKey);
              blocker.proceed();
            }}
          >
            {t('editor.leave.drop')}
          </Button>
          <Button onClick={() => blocker.reset()}>{t('editor.leave.stay')}</Button>
          <Button look="primary" onClick={() => blocker.proceed()}>
            {t('editor.leave.keep')}
          </Button>
        </>
      }
    />
  );
}
