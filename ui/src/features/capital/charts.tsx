import type { DealDocument } from '../../domain/document.ts';
import { useText } from '../../i18n/index.tsx';
import { DebtChart } from '../charts/cash.tsx';
import { ClosingChart } from '../charts/closing.tsx';
import { useProgramNames } from '../programs/names.ts';
import { useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { closingData, debtSeries, deliveryMonth } from './segments.ts';

type Props = { book: FigureBook };

function marker(document: DealDocument) {
  const delivery = deliveryMonth(document);
  return delivery ? { delivery } : {};
}

export function DealClosing({ book }: Props) {
  const { t } = useText();
  const programs = useProgramNames();
  const { document } = useDeal();
  const uses = book.money('closing.uses_cash');
  const sources = book.money('closing.sources_cash');
  const difference = book.money('closing.difference');
  if (!uses || !sources || !difference) return null;
  const data = closingData(document, book, {
    lines: t('closing.lines'),
    contingency: t('closing.contingency'),
    financing: t('closing.financing'),
    missing: t('certainty.missing.label'),
    programs,
  });
  return <ClosingChart data={data} totals={{ uses, sources, difference, conditional: null }} />;
}

export function DealDebt({ book }: Props) {
  const { document } = useDeal();
  const series = debtSeries(document, book);
  if (series.length === 0) return null;
  return <DebtChart series={series} currency={document.currency} {...marker(document)} />;
}
