import type { FigureDto } from '../../api/bindings.ts';
import { Figure } from '../../components/figure.tsx';
import {
  DASH,
  formatExact,
  formatPercent,
  type Money,
  minorDigits,
  parenthesised,
} from '../../domain/money.ts';
import { formatQuantity, readingOf } from '../../domain/quantity.ts';
import { useText } from '../../i18n/index.tsx';
import { useQuantityWords } from '../explain/provider.tsx';

export function moneyOf(figure: FigureDto | null): Money | null {
  return figure?.value.kind === 'money' ? figure.value.amount : null;
}

/** A statement is read to the cent: every amount of a column has as many decimals as its currency. */
export function formatCents(money: Money, locale: string): string {
  if (money.minor === 0) return DASH;
  const digits = minorDigits(money.currency);
  const rest = Math.abs(money.minor) % 10 ** digits;
  if (digits === 0 || rest !== 0) return formatExact(money, locale);
  // A whole amount is written like the one beside it: 1,200.00 above 1,200.50.
  const point = formatExact({ minor: 1, currency: money.currency }, locale).charAt(1);
  const whole = formatExact({ minor: Math.abs(money.minor), currency: money.currency }, locale);
  return parenthesised(`${whole}${point}${'0'.repeat(digits)}`, money.minor < 0);
}

type Props = {
  figure: FigureDto | null;
  /** Whether it is taken off: the amount stands in parentheses. */
  isGiven?: boolean;
  /** A difference carries its sign. */
  isChange?: boolean;
};

/** An amount of a statement that answers why; a dash where nothing is. */
export function Cents({ figure, isGiven, isChange }: Props) {
  const { locale } = useText();
  const money = moneyOf(figure);
  if (!figure || !money) return <span className="sub">{DASH}</span>;
  const text = formatCents(money, locale);
  const signed = isChange && money.minor > 0 ? `+${text}` : isGiven ? parenthesised(text, true) : text;
  return <Figure address={figure.address}>{signed}</Figure>;
}

/** A rate that answers why. What came out as a part of something is no term of a contract: two decimals say it. */
export function Rate({ figure, isDerived }: { figure: FigureDto | null; isDerived?: boolean }) {
  const { locale } = useText();
  const words = useQuantityWords();
  if (!figure) return null;
  const { value, address } = figure;
  const text =
    isDerived && value.kind === 'number'
      ? formatPercent(Number(value.decimal), locale, 2)
      : formatQuantity(value, locale, words, { reading: readingOf(address) });
  return <Figure address={address}>{text}</Figure>;
}
