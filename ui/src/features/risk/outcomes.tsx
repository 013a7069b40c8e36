import { type Outcome, type Shape, weighted } from '../../charts/distribution/shape.ts';
import { IconButton } from '../../components/button.tsx';
import { useText } from '../../i18n/index.tsx';
import { freeId } from '../ids.ts';
import { NumberField } from './driver-form.tsx';
import type { Scale } from './units.ts';

type Props = { driver: string; outcomes: readonly Outcome[]; scale: Scale; onChange: (shape: Shape) => void };

/** The values of a discrete number with their probabilities, which always make up one. */
export function Outcomes({ outcomes, scale, onChange }: Props) {
  const { t } = useText();
  const put = (next: readonly Outcome[]) => onChange({ kind: 'discrete', outcomes: next });
  const share: Scale = { per: 0.01, decimals: 1, unit: t('risk.unit.percent') };
  const shaped = (next: readonly Outcome[]): Shape => ({ kind: 'discrete', outcomes: next });
  const add = () => {
    const value = (outcomes.at(-1)?.value ?? 0) + 1;
    const id = freeId(
      'outcome',
      outcomes.map((one) => one.id),
    );
    put([...outcomes, { id, value, probability: 0 }]);
  };
  const remove = (id: string) => {
    const empty = weighted(outcomes, id, 0);
    put(empty.filter((one) => one.id !== id));
  };
  return (
    <div className="risk-outcomes">
      {outcomes.map((one) => (
        <div key={one.id} className="risk-outcome">
          <NumberField
            label={t('risk.outcome.value')}
            value={one.value}
            scale={scale}
            check={(value) =>
              shaped(outcomes.map((each) => (each.id === one.id ? { ...each, value } : each)))
            }
            onCommit={onChange}
          />
          <NumberField
            label={t('risk.outcome.probability')}
            value={one.probability}
            scale={share}
            check={(value) =>
              value >= 0 && value <= 1 ? shaped(weighted(outcomes, one.id, value)) : 'share'
            }
            onCommit={onChange}
          />
          <IconButton
            icon="trash"
            label={t('risk.outcome.remove')}
            disabled={outcomes.length < 2}
            onClick={() => remove(one.id)}
          />
        </div>
      ))}
      <button type="button" className="link" onClick={add}>
        {t('risk.outcome.add')}
      </button>
    </div>
  );
}
