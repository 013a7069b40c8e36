import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useText } from '../../i18n/index.tsx';
import { ChoiceCell } from '../capital/terms/fields.tsx';
import { useDeal } from '../workspace/desk.tsx';
import type { Names } from './names.ts';
import { ShareCell } from './share-cell.tsx';
import { useReshape } from './use-plan.ts';

/** Gives a part of a claim, with that part of its limit, to another party. */
export function DivideDialog({ tier, names, onClose }: { tier: string; names: Names; onClose: () => void }) {
  const { t } = useText();
  const { document } = useDeal();
  const reshape = useReshape();
  const [party, setParty] = useState<string | undefined>(undefined);
  const [part, setPart] = useState('0.5');
  const divide = async () => {
    if (party === undefined) return;
    const { refusal } = await reshape({ kind: 'divide', tier, with: party, part });
    if (!refusal) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('divide.title', { name: names.tier(tier) })}
      closeLabel={t('close')}
      actions={
        <Button look="primary" disabled={party === undefined} onClick={() => void divide()}>
          {t('divide.do')}
        </Button>
      }
    >
      <div className="terms-fields">
        <ChoiceCell
          label={t('divide.with')}
          value={party}
          unsaid={t('tpl.choose')}
          onPut={(chosen) => setParty(chosen ?? undefined)}
          choices={(document.parties ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
        <ShareCell label={t('divide.part')} value={part} onPut={(typed) => setPart(typed ?? '0.5')} />
      </div>
    </Dialog>
  );
}
