import { formatRate } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { useUsualTerms } from './context.tsx';

type Props = {
  /** The kind of instrument. */
  kind: string;
  measure: 'rate' | 'fee';
  /** The instrument's name, for who hears the button and does not see its row. */
  name: string;
  onTake: (fraction: string) => void;
};

/** The usual value beside a figure that is not given yet: one press enters it, nothing else does. */
export function Usual({ kind, measure, name, onTake }: Props) {
  const { t, locale } = useText();
  const term = useUsualTerms().find((one) => one.instrument === kind && one.measure === measure);
  if (!term) return null;
  const value = formatRate(term.usual, locale);
  return (
    <button
      type="button"
      className="usual"
      aria-label={t(`terms.hint.${measure}`, { value, name })}
      title={t('terms.hint.range', {
        low: formatRate(term.low, locale),
        high: formatRate(term.high, locale),
      })}
      onClick={() => onTake(term.usual)}
    >
      {t('terms.hint', { value })}
    </button>
  );
}
