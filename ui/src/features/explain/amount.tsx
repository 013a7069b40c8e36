import { Figure, useFigures } from '../../components/figure.tsx';
import { Icon } from '../../components/icon.tsx';
import { formatQuantity, readingOf } from '../../domain/quantity.ts';
import { useText } from '../../i18n/index.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { useQuantityWords } from './provider.tsx';

/** An amount a person types here: the cell is pressed to be typed in, the sign beside it asks whence it comes. */
export function TypedAmount({ book, address }: Pick<Props, 'book' | 'address'>) {
  const { locale } = useText();
  const words = useQuantityWords();
  const { open, openAddress, whyLabel } = useFigures();
  const quantity = book.at(address);
  if (!quantity) return null;
  const text = formatQuantity(quantity, locale, words, { reading: readingOf(address) });
  return (
    <span className="typed-amount" data-address={address}>
      <button
        type="button"
        className="why"
        tabIndex={-1}
        aria-label={whyLabel(text)}
        aria-pressed={openAddress === address}
        onClick={() => open(address)}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <Icon name="question" size={13} />
      </button>
      {text}
    </span>
  );
}

type Props = { book: FigureBook; address: string; size?: 'table' | 'headline'; tone?: 'ink' | 'blocker' };

/** The figure at an address, as the tables print it; what is absent says why instead of showing a zero. */
export function Amount({ book, address, size = 'table', tone = 'ink' }: Props) {
  const { t, locale } = useText();
  const words = useQuantityWords();
  const quantity = book.at(address);
  if (!quantity) return <span className="sub">{t('na')}</span>;
  return (
    <Figure address={address} size={size} tone={tone}>
      {formatQuantity(quantity, locale, words, { reading: readingOf(address) })}
    </Figure>
  );
}
