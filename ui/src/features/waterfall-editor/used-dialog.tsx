import { Dialog } from '../../components/dialog.tsx';
import { useText } from '../../i18n/index.tsx';
import { useAddressLabel } from '../explain/labels.ts';
import type { Names } from './names.ts';
import { type Plan, rowsOf } from './plan.ts';

type Props = {
  tier: string;
  users: readonly string[];
  plan: Plan;
  names: Names;
  onOpen: (tier: string) => void;
  onClose: () => void;
};

/** Why a tier cannot go: everything that speaks of it, each with a way there. */
export function UsedDialog({ tier, users, plan, names, onOpen, onClose }: Props) {
  const { t } = useText();
  const label = useAddressLabel();
  const rows = rowsOf(plan);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('plan.used', { name: names.tier(tier) })}
      note={t('plan.used.note')}
      closeLabel={t('close')}
    >
      <ul className="bullets">
        {users.map((path) => {
          const row = rows.findLast((one) => path.startsWith(`${one.path}.`));
          return (
            <li key={path} data-about={path}>
              {row ? (
                <button type="button" className="link" onClick={() => onOpen(row.tier.id)}>
                  {names.tier(row.tier.id)}
                </button>
              ) : (
                label(path)
              )}
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
