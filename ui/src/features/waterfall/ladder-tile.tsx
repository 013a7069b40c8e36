import { useState } from 'react';
import { Segmented } from '../../components/segmented.tsx';
import { useText } from '../../i18n/index.tsx';
import { LadderChart } from '../charts/ladder.tsx';
import { Tile } from '../shell/page.tsx';
import { useWords } from '../words.ts';
import { useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { ladderSteps, type Measure, type Rung } from './ladder.ts';

/** Whether anything is known of what has to be earned until somebody is out. */
export function useHasLadder(): boolean {
  const { document } = useDeal();
  const book = useBook();
  return (['gross', 'receipts'] as const).some(
    (measure) => ladderSteps(document, book, measure, 'party', (role) => role).length > 0,
  );
}

/** What has to be earned until each is out: per party or claim, by worldwide gross or by receipts at the account. */
export function LadderTile() {
  const { t } = useText();
  const { document } = useDeal();
  const book = useBook();
  const words = useWords();
  const [measure, setMeasure] = useState<Measure>('gross');
  const [rung, setRung] = useState<Rung>('party');
  const tierName = (role: string) => words.term('tier', role);
  const has = (one: Measure) => ladderSteps(document, book, one, 'party', tierName).length > 0;
  if (!has('gross') && !has('receipts')) return null;
  // Without estimates there is no gross to solve for; receipts at the account still can be.
  const by = has(measure) ? measure : measure === 'gross' ? 'receipts' : 'gross';
  const steps = ladderSteps(document, book, by, rung, tierName);
  const lead = steps.findLast((step) => step.kind === 'equity');
  const address = by === 'gross' ? 'revenue.gross' : 'revenue.to_account';
  const base = book.money(address);
  return (
    <Tile span={8} edge>
      <LadderChart
        steps={steps}
        base={base}
        baseAddress={address}
        measure={by}
        rung={rung}
        currency={document.currency}
        {...(lead ? { lead } : {})}
        tools={
          <div className="ladder-tools">
            <Segmented
              label={t('ladder.measure')}
              value={by}
              onChange={setMeasure}
              options={(['gross', 'receipts'] as const)
                .filter(has)
                .map((value) => ({ value, label: t(`ladder.measure.${value}`) }))}
            />
            <Segmented
              label={t('ladder.rung')}
              value={rung}
              onChange={setRung}
              options={(['party', 'claim'] as const).map((value) => ({
                value,
                label: t(`ladder.rung.${value}`),
              }))}
            />
          </div>
        }
      />
    </Tile>
  );
}
