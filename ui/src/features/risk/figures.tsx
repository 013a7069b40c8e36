import { useContext } from 'react';
import type { RiskAmount, RiskFigure } from '../../api/bindings.ts';
import { MovingContext } from '../../charts/kernel/moving.ts';
import { Figure } from '../../components/figure.tsx';
import { formatExact, formatMillions } from '../../domain/money.ts';
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
  return <Following address={figure.address}>{print(value)}</Following>;
}

/** An amount of the simulation, in millions; of one path, to the cent. */
export function ToldAmount({ figure, exact }: { figure: RiskAmount; exact?: boolean }) {
  const { t, locale } = useText();
  if (!figure.value) return <span className="sub">{t('na')}</span>;
  return (
    <Following address={figure.address}>
      {exact ? formatExact(figure.value, locale) : formatMillions(figure.value, locale, 2)}
    </Following>
  );
}

/** A figure that can be asked why once the hand rests; while it moves nobody asks, and it only has to be there in time. */
function Following({ address, children }: { address: string; children: string }) {
  const isMoving = useContext(MovingContext);
  if (!isMoving) return <Figure address={address}>{children}</Figure>;
  return (
    <span className="figure" data-address={address}>
      {children}
    </span>
  );
}
