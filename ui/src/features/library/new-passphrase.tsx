import { useEffect, useState } from 'react';
import { commands, type PassphraseRating } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Icon } from '../../components/icon.tsx';
import { useText } from '../../i18n/index.tsx';
import { SecretInput } from './secret-input.tsx';

export type NewPassphrase = { words: string; again: string };
export const NO_PASSPHRASE: NewPassphrase = { words: '', again: '' };
const PAUSE_MS = 180;
const STEPS = [1, 2, 3, 4] as const;

type Rated = PassphraseRating & { of: string };

/** What a passphrase is worth, asked once the typing pauses. */
export function useRating(words: string, about: readonly string[]): PassphraseRating | null {
  const [rated, setRated] = useState<Rated | null>(null);
  const known = about.filter((word) => word.trim() !== '').join('\n');
  useEffect(() => {
    if (words === '') return setRated(null);
    let isWanted = true;
    const timer = setTimeout(() => {
      take(commands.ratePassphrase({ passphrase: words, about: known === '' ? [] : known.split('\n') }))
        .then((rating) => isWanted && setRated({ ...rating, of: words }))
        // The passphrase is rated again when it is sent; only the meter stays empty.
        .catch(() => isWanted && setRated(null));
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [words, known]);
  return rated && rated.of === words ? rated : null;
}

type Props = {
  value: NewPassphrase;
  onChange: (value: NewPassphrase) => void;
  rating: PassphraseRating | null;
  /** A word before the labels, where a form asks for an old one as well. */
  label?: string;
};

/** A new passphrase, typed twice, with its rules as they are met. */
export function NewPassphraseFields({ value, onChange, rating, label }: Props) {
  const { t } = useText();
  const [isShown, setShown] = useState(false);
  const { words, again } = value;
  const length = [...words].length;
  const shortest = rating?.shortest ?? 12;
  const rules = [
    { id: 'long', text: t('passphrase.rule.long', { shortest }), isMet: length >= shortest },
    { id: 'hard', text: t('passphrase.rule.hard'), isMet: rating !== null && rating.score >= 3 },
    { id: 'same', text: t('passphrase.rule.same'), isMet: words !== '' && words === again },
  ];
  return (
    <div className="stack">
      <SecretInput
        label={label ?? t('passphrase.label')}
        value={words}
        onChange={(typed) => onChange({ ...value, words: typed })}
        autoComplete="new-password"
        isShown={isShown}
        toggle={{
          label: isShown ? t('passphrase.hide') : t('passphrase.show'),
          run: () => setShown(!isShown),
        }}
        hint={t('passphrase.hint')}
      />
      <Strength score={words === '' ? null : (rating?.score ?? null)} />
      <SecretInput
        label={t('passphrase.again')}
        value={again}
        onChange={(typed) => onChange({ ...value, again: typed })}
        autoComplete="new-password"
        isShown={isShown}
      />
      <ul className="rules" aria-label={t('passphrase.rules')}>
        {rules.map((rule) => (
          <li key={rule.id} className={rule.isMet ? 'rule rule-met' : 'rule'}>
            <span className="rule-sign" aria-hidden="true">
              {rule.isMet ? <Icon name="check" size={13} /> : null}
            </span>
            <span>{rule.text}</span>
            <span className="visually-hidden">
              {rule.isMet ? t('passphrase.rule.met') : t('passphrase.rule.open')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function isReady({ words, again }: NewPassphrase, rating: PassphraseRating | null): boolean {
  return rating?.accepted === true && words === again;
}

function Strength({ score }: { score: number | null }) {
  const { t } = useText();
  const word = score === null ? t('passphrase.strength.none') : t(`passphrase.strength.${clamp(score)}`);
  return (
    <div className="strength" data-score={score ?? 'none'}>
      <span className="strength-bars" aria-hidden="true">
        {STEPS.map((step) => (
          <i key={step} data-on={score !== null && score >= step} />
        ))}
      </span>
      <span className="sub" role="status">
        {word}
      </span>
    </div>
  );
}

function clamp(score: number): 0 | 1 | 2 | 3 | 4 {
  return Math.max(0, Math.min(4, Math.round(score))) as 0 | 1 | 2 | 3 | 4;
}
