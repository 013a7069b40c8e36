import { useMemo } from 'react';
import { formatScaled } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';

/** Results whose dependence on the inputs can be asked. */
export const OUTPUTS = ['irr', 'multiple', 'npv', 'recouped'] as const;
export type Output = (typeof OUTPUTS)[number];

export type OutputWords = {
  name: string;
  unit: string;
  number: (value: number, decimals?: number) => string;
};

/** How a result is called, in what it is counted, and how a value of it is printed. */
export function outputWords(output: Output, name: string, unit: string, locale: string): OutputWords {
  const per = output === 'npv' ? 1e6 : output === 'multiple' ? 1 : 0.01;
  const usual = output === 'multiple' ? 2 : 1;
  return {
    name,
    unit,
    number: (value, decimals = usual) =>
      formatScaled(value / per, locale, output === 'multiple' && decimals === 0 ? 1 : decimals),
  };
}

export function useOutput(output: Output): OutputWords {
  const { t, locale } = useText();
  const { document } = useDeal();
  const { currency } = document;
  return useMemo(
    () =>
      outputWords(output, t(`risk.output.${output}`), t(`risk.output.${output}.unit`, { currency }), locale),
    [output, t, currency, locale],
  );
}
