import type { ComparedDto, FigureDto } from '../../api/bindings.ts';
import { Figure } from '../../components/figure.tsx';
import { DASH, formatChange, formatWhole } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { moneyOf } from './use-actuals.ts';

/** An amount that answers where it comes from; a change bears its sign. */
export function Told({ figure, change = false }: { figure: FigureDto | null | undefined; change?: boolean }) {
  const { t, locale } = useText();
  const money = moneyOf(figure);
  if (!figure) return <span className="sub">{DASH}</span>;
  if (!money) return <span className="sub">{t('na')}</span>;
  const text = change ? formatChange(money, locale) : formatWhole(money, locale);
  return <Figure address={figure.address}>{text}</Figure>;
}

/** Received, expected, and the difference with its direction in sign and in colour. */
export function ComparedCells({ compared }: { compared: ComparedDto | null }) {
  const variance = moneyOf(compared?.variance);
  const look = variance === null || variance.minor === 0 ? '' : variance.minor > 0 ? 'is-up' : 'is-down';
  return (
    <>
      <td className="num">
        <Told figure={compared?.received} />
      </td>
      <td className="num">
        <Told figure={compared?.forecast} />
      </td>
      <td className={`num actuals-variance ${look}`}>
        <Told figure={compared?.variance} change />
      </td>
    </>
  );
}
