import type { LeafDto, TreeDto } from '../../api/bindings.ts';
import type { DerivationLeaf, DerivationNode } from '../../components/derivation.tsx';
import { formatDate } from '../../domain/dates.ts';
import { formatQuantity, type Quantity, type QuantityWords, readingOf } from '../../domain/quantity.ts';
import type { TextParams, Translate } from '../../i18n/index.tsx';
import { assumed } from './reason.ts';

export type DeriveWords = {
  t: Translate;
  maybe: (key: string, fallback: string, params?: TextParams) => string;
  locale: string;
  quantity: QuantityWords;
  label: (address: string) => string;
  reason: (absent: Extract<Quantity, { kind: 'absent' }>) => string;
};

/** Operations written with a sign between their inputs. */
const SIGNS: Record<string, string> = {
  sum: ' + ',
  difference: ' − ',
  product: ' × ',
  scale: ' × ',
  quotient: ' ÷ ',
  convert: ' × ',
  less: ' < ',
  at_most: ' ≤ ',
  equal: ' = ',
  different: ' ≠ ',
  at_least: ' ≥ ',
  greater: ' > ',
};
const MOST_TERMS = 5;

export function valueText(value: Quantity, address: string | null, words: DeriveWords): string {
  if (value.kind === 'absent') return words.quantity.none;
  return formatQuantity(value, words.locale, words.quantity, {
    exact: true,
    reading: address === null ? 'plain' : readingOf(address),
  });
}

/** One line on how a node follows from its inputs, with their values put in where that stays short. */
export function formulaOf(tree: TreeDto, words: DeriveWords): string | null {
  if (tree.operation === null) return tree.value.kind === 'absent' ? words.reason(tree.value) : null;
  if (tree.operation === 'carry') return null;
  const terms = tree.inputs.map((input) => valueText(input.value, pathOf(input), words));
  const sign = SIGNS[tree.operation];
  const name = words.maybe(`op.${tree.operation}`, tree.operation.replace(/_/g, ' '));
  if (sign && terms.length > 0 && terms.length <= MOST_TERMS) return terms.join(sign);
  if (terms.length > 0 && terms.length <= MOST_TERMS) return `${name} (${terms.join('; ')})`;
  return words.t('op.many', { name, count: tree.inputs.length + tree.folded });
}

function pathOf(tree: TreeDto): string | null {
  const leaf = tree.leaf;
  if (leaf === null) return tree.address;
  return leaf.leaf === 'clause' ? leaf.line : leaf.path;
}

export function derive(tree: TreeDto, words: DeriveWords): DerivationNode {
  const address = tree.address;
  const path = pathOf(tree);
  const operation = tree.operation;
  return {
    id: address ?? path ?? operation ?? '',
    label: labelOf(tree, words),
    value: valueText(tree.value, path, words),
    how: formulaOf(tree, words),
    rounding: tree.rounding
      ? words.t('panel.rounding', {
          rule: words.maybe(`rounding.${tree.rounding}`, tree.rounding.replace(/_/g, ' ')),
        })
      : null,
    leaf: tree.leaf ? leafOf(tree.leaf, words) : null,
    address,
    inputs: tree.inputs.map((input) => derive(input, words)),
    folded: tree.folded,
  };
}

function labelOf(tree: TreeDto, words: DeriveWords): string {
  if (tree.address) return words.label(tree.address);
  if (tree.leaf) {
    switch (tree.leaf.leaf) {
      case 'clause':
        return words.label(`${tree.leaf.program}.${tree.leaf.line}`);
      case 'dated_rate':
        return tree.leaf.name;
      default:
        return words.label(tree.leaf.path);
    }
  }
  return words.maybe(`op.${tree.operation ?? ''}`, (tree.operation ?? '').replace(/_/g, ' '));
}

function leafOf(leaf: LeafDto, { t, maybe, locale }: DeriveWords): DerivationLeaf {
  switch (leaf.leaf) {
    case 'cell':
      return { kind: 'cell', kindLabel: t('panel.typed'), path: leaf.path, detail: leaf.path, href: null };
    case 'assumption':
      return {
        kind: 'assumption',
        kindLabel: t('panel.assumption'),
        path: leaf.path,
        detail: maybe(...assumed(leaf.source)),
        href: null,
      };
    case 'clause':
      return {
        kind: 'clause',
        kindLabel: t('panel.clause'),
        path: null,
        detail: t('panel.clause.detail', { clause: leaf.clause, version: formatDate(leaf.version, locale) }),
        href: leaf.source,
      };
    case 'dated_rate':
      return {
        kind: 'rate',
        kindLabel: t('panel.rate'),
        path: leaf.path,
        detail: formatDate(leaf.date, locale),
        href: null,
      };
  }
}
