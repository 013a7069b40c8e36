import { Figure } from '../../components/figure.tsx';
import { formatQuantity, readingOf } from '../../domain/quantity.ts';
import { useText } from '../../i18n/index.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { useQuantityWords } from './provider.tsx';

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
