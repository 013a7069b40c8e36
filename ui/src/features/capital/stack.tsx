import type { Edge } from '../../charts/capital-stack/drag.ts';
import { StackEdges } from '../../charts/capital-stack/edges.tsx';
import type { StackGeometry } from '../../charts/capital-stack/layout.ts';
import type { DealDocument } from '../../domain/document.ts';
import { formatProse, type Money } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { StackChart } from '../charts/stack.tsx';
import { useProgramNames } from '../programs/names.ts';
import { useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { sourceSegments } from './segments.ts';
import { type Allocation, contractAmount, isTyped, stepOf, useTried } from './tried.ts';

/** The column to scale, with an edge to drag on every amount that is typed and not locked. */
export function StackColumn({ book, height = 620 }: { book: FigureBook; height?: number }) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const programs = useProgramNames();
  const tried = useTried();
  const words = { missing: t('certainty.missing.label'), programs };
  const segments = sourceSegments(document, supposedBook(document, book, tried), words);
  const total = moneyOf(tried, 'closing.uses_cash') ?? moneyOf(tried, 'closing.sources_cash');
  if (!total || segments.length === 0) return null;
  const edges = (geometry: StackGeometry) =>
    edgesOf(geometry, document, tried, (name) => t('stack.edge', { name }), locale);
  return (
    <StackChart
      segments={segments}
      total={total}
      height={height}
      overlay={(geometry) => (
        <StackEdges
          edges={edges(geometry)}
          unit={(element) => unitsPerPixel(element, geometry)}
          onMove={(id, minor) => {
            const one = (document.instruments ?? []).find((each) => each.id === id);
            if (one) tried.propose({ instrument: id, amount: { ...contractAmount(one, document), minor } });
          }}
          onSettle={tried.settle}
          onCancel={tried.cancel}
        />
      )}
    />
  );
}

function unitsPerPixel(element: Element, geometry: StackGeometry): number {
  const pixels = element.closest('svg')?.getBoundingClientRect().height ?? 0;
  return pixels > 0 ? geometry.height / pixels : 1;
}

function moneyOf(tried: Allocation, address: string): Money | null {
  const value = tried.at(address)?.value;
  return value?.kind === 'money' ? value.amount : null;
}

/**
 * The book as it would be: what counts of a source moves with what it gives. The share that is pledged to a loan is
 * drawn as it was, because only a column to scale is made from it.
 */
function supposedBook(document: DealDocument, book: FigureBook, tried: Allocation): FigureBook {
  if (!tried.draft) return book;
  const drawn = new Map<string, Money>();
  for (const one of document.instruments ?? []) {
    const address = `closing.source.${one.id}`;
    const counted = book.money(address);
    const before = book.money(`capital.${one.id}.principal`);
    const after = moneyOf(tried, `capital.${one.id}.principal`);
    if (!counted || !before || !after) continue;
    const own = tried.draft.instrument === one.id ? ratioOfDraft(document, tried) : null;
    const moved = own ?? (before.minor === 0 ? null : after.minor / before.minor);
    const minor = moved === null ? after.minor : Math.round(counted.minor * moved);
    drawn.set(address, { ...counted, minor });
  }
  return {
    ...book,
    money: (address) => drawn.get(address) ?? moneyOf(tried, address) ?? book.money(address),
  };
}

/** The dragged block follows the hand before the engine has answered. */
function ratioOfDraft(document: DealDocument, { draft }: Allocation): number | null {
  const one = (document.instruments ?? []).find(({ id }) => id === draft?.instrument);
  const before = one ? contractAmount(one, document).minor : 0;
  return draft && before > 0 ? draft.amount.minor / before : null;
}

function edgesOf(
  geometry: StackGeometry,
  document: DealDocument,
  tried: Allocation,
  label: (name: string) => string,
  locale: string,
): Edge[] {
  const total = geometry.blocks.reduce((sum, block) => sum + Math.max(block.segment.amount.minor, 0), 0);
  const tall = geometry.blocks.reduce((sum, block) => sum + block.height, 0);
  return geometry.blocks.flatMap(({ segment, x, y, width, height }) => {
    const one = (document.instruments ?? []).find(({ id }) => id === segment.id);
    if (!one || !isTyped(one) || tried.isLocked(one)) return [];
    const typed = contractAmount(one, document);
    const amount = tried.draft?.instrument === one.id ? tried.draft.amount : typed;
    const perUnit = height > 2 && amount.minor > 0 ? amount.minor / height : total / Math.max(tall, 1);
    const box = { id: one.id, x, y, width, height };
    return [
      {
        ...box,
        label: label(one.name),
        text: formatProse(amount, locale),
        minor: amount.minor,
        perUnit,
        step: stepOf(total),
        most: total,
      },
    ];
  });
}
