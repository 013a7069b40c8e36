import { Figure, WithTip } from '../../components/figure.tsx';
import { useText } from '../../i18n/index.tsx';
import { useReason } from '../explain/reason.ts';
import { type MeasureKey, measureText } from './measures.ts';
import type { Told } from './types.ts';

/** A measure as it is printed, with the way to where it comes from; what has no value says why. */
export function Measured({ measure, told }: { measure: MeasureKey; told: Told }) {
  const { t, locale } = useText();
  const reason = useReason();
  if (told.value !== null)
    return <Figure address={told.address}>{measureText(measure, told.value, locale, t)}</Figure>;
  return (
    <WithTip text={told.absent ? reason(told.absent) : t('na')}>
      <button type="button" className="scenario-none">
        {t('na')}
      </button>
    </WithTip>
  );
}
