import type { RiskAmount, RiskFigure } from '../../api/bindings.ts';
import { Figure } from '../../components/figure.tsx';
import { formatMillions } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { numberOf, useRiskReason } from './words.ts';

/** A figure of the simulation as it is printed; what is withheld says why. */
export function Told({ figure, print }: { figure: RiskFigure; print: (value: number) => string }) {
  const { t } = useText();
  const reason = useRiskReason();
  const value = numberOf(figure);
  if (value === null)
    return (
      <span className="sub" title={figure.reason ? reason(figure.reason) : undefined}>
        {t('na')}
      </span>
    );
  return <Figure address={figure.address}>{print(value)}</Figure>;
}

/** An amount of the simulation, in millions. */
export function ToldAmount({ figure }: { figure: RiskAmount }) {
  const { t, locale } = useText();
  if (!figure.value) return <span className="sub">{t('na')}</span>;
  return <Figure address={figure.address}>{formatMillions(figure.value, locale, 2)}</Figure>;
}
