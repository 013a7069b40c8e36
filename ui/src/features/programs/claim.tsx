import { useNavigate } from '@tanstack/react-router';
import { commands } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { useDesk } from '../workspace/desk.tsx';

type Props = { program: string; name: string; isOwn?: boolean; look?: 'primary' | 'plain' };

/** Claims the program in the open deal; whether it counts, the best legal combination decides. */
export function ClaimButton({ program, name, isOwn = false, look = 'plain' }: Props) {
  const { t } = useText();
  const { document, take: change, undo } = useDesk();
  const navigate = useNavigate();
  const notify = useToast();
  if (!document) return null;
  const isClaimed = (document.incentives ?? []).some((one) => one.program === program);
  const claim = async () => {
    const outcome = await change((view) =>
      view
        ? take(commands.claimProgram({ deal: view.deal, revision: view.revision, program }))
        : Promise.reject(new Error(t('programs.claim.no_deal'))),
    );
    if (!outcome.view) return;
    notify(
      t(isClaimed ? 'programs.claim.renewed' : 'programs.claim.done', { name, deal: outcome.view.name }),
      {
        label: t('top.undo'),
        run: undo,
      },
    );
    await navigate({ to: '/incentives' });
  };
  // A deal carries its own copy of one's own program: claiming it again brings the copy up to date.
  if (isClaimed && !isOwn)
    return (
      <span className="row-flex">
        <Button look={look} icon="check" disabled aria-describedby="claimed-reason">
          {t('programs.claim')}
        </Button>
        <span id="claimed-reason" className="sub">
          {t('programs.claim.already', { deal: document.name })}
        </span>
      </span>
    );
  return (
    <Button look={look} icon={isClaimed ? 'redo' : 'plus'} onClick={() => void claim()}>
      {t(isClaimed ? 'programs.claim.again' : 'programs.claim')}
    </Button>
  );
}
