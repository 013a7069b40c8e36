import { useId, useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import { useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';

type Props = {
  label: string;
  path: string;
  /** The number given; none where it is open. */
  answer: string | null;
  /** The most that can be given; none where there is no bound. */
  most: string | null;
  /** Whether the producer gave it, and may take it back. */
  isTyped: boolean;
};

/** A number of points: typed, stepped with the buttons or the arrow keys, or emptied and so left open. */
export function Stepper({ label, path, answer, most, isTyped }: Props) {
  const { t } = useText();
  const { edit } = useDeal();
  const [draft, setDraft] = useState<string | null>(null);
  const error = useId();
  const bound = most === null ? null : Number(most);
  const fits = (points: number) =>
    Number.isInteger(points) && points >= 0 && (bound === null || points <= bound);
  const isWrong = draft !== null && draft.trim() !== '' && !fits(Number(draft));
  const give = (points: number) => {
    setDraft(null);
    if (fits(points) && String(points) !== answer) void edit(path, { number: String(points) });
  };
  const clear = () => {
    setDraft(null);
    if (isTyped) void edit(path, null);
  };
  const step = (by: number) => give(answer === null ? Math.max(by, 0) : Number(answer) + by);
  const commit = () => {
    if (draft === null || isWrong) return;
    if (draft.trim() === '') clear();
    else give(Number(draft));
  };
  const at = answer === null ? null : Number(answer);
  return (
    <div className="points-stepper">
      <fieldset aria-label={label}>
        <button
          type="button"
          aria-label={t('points.less', { criterion: label })}
          disabled={at !== null && at <= 0}
          onClick={() => step(-1)}
        >
          <Icon name="minus" size={13} />
        </button>
        <input
          aria-label={label}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? error : undefined}
          inputMode="numeric"
          placeholder="–"
          value={draft ?? answer ?? ''}
          onChange={(event) => setDraft(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
            else if (event.key === 'Escape') setDraft(null);
            else if (event.key === 'ArrowUp') step(1);
            else if (event.key === 'ArrowDown') step(-1);
            else return;
            event.preventDefault();
          }}
        />
        <button
          type="button"
          aria-label={t('points.more', { criterion: label })}
          disabled={at !== null && bound !== null && at >= bound}
          onClick={() => step(1)}
        >
          <Icon name="plus" size={13} />
        </button>
        {isTyped ? (
          <button type="button" aria-label={t('points.clear', { criterion: label })} onClick={clear}>
            {t('incentives.answers.open')}
          </button>
        ) : null}
      </fieldset>
      {isWrong ? (
        <p className="field-error" id={error}>
          {bound === null ? t('points.invalid.open') : t('points.invalid', { most: bound })}
        </p>
      ) : null}
    </div>
  );
}
