import type { Shape } from '../../charts/distribution/shape.ts';
import { DraftInput } from '../../components/draft-input.tsx';
import { normaliseNumber } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { type Scale, scaled, unscaled } from './units.ts';

type Props = { values: readonly number[]; scale: Scale; onChange: (shape: Shape) => void };

/** Values that were seen, apart by semicolons; what was seen more often is typed more often. */
export function SampleField({ values, scale, onChange }: Props) {
  const { t, locale } = useText();
  return (
    <DraftInput<number[]>
      label={t('risk.sample.values')}
      hint={t('risk.sample.hint')}
      after={scale.unit}
      align="left"
      text={values.map((value) => scaled(value, { ...scale, decimals: 6 }, locale)).join('; ')}
      onCommit={(next) => onChange({ kind: 'empirical', values: next })}
      parse={(text) => {
        const parts = text.split(/[;\s]+/).filter((part) => part !== '');
        const plain = parts.map((part) => normaliseNumber(part, locale));
        if (plain.length === 0 || plain.includes(null)) return { error: t('field.number.invalid') };
        return { value: plain.map((part) => unscaled(part ?? '0', scale)) };
      }}
    />
  );
}
