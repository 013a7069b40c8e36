import { useMemo } from 'react';
import type { PaletteItem } from '../../components/palette.tsx';
import { formatQuantity, readingOf } from '../../domain/quantity.ts';
import { useText } from '../../i18n/index.tsx';
import { useBook } from '../workspace/figures.ts';
import { useDeriveWords, usePanel } from './provider.tsx';

/** Every figure of the deal in the palette; choosing one opens its derivation. */
export function useFigurePalette(enabled: boolean): PaletteItem[] {
  const { t, locale } = useText();
  const { all } = useBook();
  const words = useDeriveWords();
  const { open } = usePanel();
  return useMemo(() => {
    if (!enabled) return [];
    return [...all].map(([address, quantity]) => ({
      id: address,
      group: t('palette.figures'),
      label: words.label(address),
      detail: formatQuantity(quantity, locale, words.quantity, { reading: readingOf(address) }),
      icon: 'overview',
      run: () => open(address),
    }));
  }, [enabled, all, t, locale, words, open]);
}
