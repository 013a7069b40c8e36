import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Slider } from '../../components/slider.tsx';
import { formatScaled } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import type { Weighed } from './headline.ts';
import { MEASURES, type MeasureKey, measureName, unitOf } from './measures.ts';
import type { Reader } from './types.ts';

/** What can be given weight by itself: amounts need to be told what is much. */
const WEIGHED = MEASURES.filter((measure) => unitOf(measure) !== 'money' && measure !== 'closes');

type Props = {
  reader: Reader;
  /** What counts now; weights of any sum. */
  criteria: readonly Weighed[];
  isOwn: boolean;
  onApply: (criteria: readonly Weighed[]) => void;
  onUsual: () => void;
  onClose: () => void;
};

/** How much each measure counts for a reader. Weights are shares of attention: their sum does not matter, zero is zero. */
export function Weights({ reader, criteria, isOwn, onApply, onUsual, onClose }: Props) {
  const { t, locale } = useText();
  const measures = [...new Set([...criteria.map(({ measure }) => measure), ...WEIGHED])];
  const [weights, setWeights] = useState<Readonly<Partial<Record<MeasureKey, number>>>>(() =>
    Object.fromEntries(criteria.map(({ measure, weight }) => [measure, Math.round(weight * 100)])),
  );
  const weightOf = (measure: MeasureKey) => weights[measure] ?? 0;
  const sum = measures.reduce((all, measure) => all + weightOf(measure), 0);
  const share = (measure: MeasureKey) =>
    sum > 0 ? formatScaled((weightOf(measure) / sum) * 100, locale, 0) : formatScaled(0, locale, 0);
  const apply = () => {
    onApply(
      measures
        .map((measure) => ({ measure, weight: weightOf(measure) / 100 }))
        .filter(({ weight }) => weight > 0),
    );
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('scenarios.weights.title', { reader: t(`scenarios.reader.${reader}`) })}
      note={t('scenarios.weights.note')}
      closeLabel={t('close')}
      actions={
        <>
          {isOwn ? (
            <Button
              look="quiet"
              onClick={() => {
                onUsual();
                onClose();
              }}
            >
              {t('scenarios.weights.usual')}
            </Button>
          ) : null}
          <Button look="primary" disabled={sum <= 0} onClick={apply}>
            {t('scenarios.weights.apply')}
          </Button>
        </>
      }
    >
      <ul className="scenario-weights">
        {measures.map((measure) => (
          <li key={measure}>
            <span>{measureName(measure, t)}</span>
            <Slider
              label={measureName(measure, t)}
              value={weightOf(measure)}
              min={0}
              max={100}
              step={1}
              valueText={t('scenarios.weights.share', { share: share(measure) })}
              onChange={(value) => setWeights((before) => ({ ...before, [measure]: value }))}
            />
            <output>{t('scenarios.weights.share', { share: share(measure) })}</output>
          </li>
        ))}
      </ul>
      {sum > 0 ? null : (
        <p className="field-error" role="alert">
          {t('scenarios.weights.zero')}
        </p>
      )}
    </Dialog>
  );
}
