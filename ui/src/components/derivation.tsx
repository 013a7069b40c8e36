import { useState } from 'react';
import { Icon } from './icon.tsx';

/** Where a branch ends, ready to print. */
export type DerivationLeaf = {
  kind: 'cell' | 'assumption' | 'clause' | 'rate';
  kindLabel: string;
  /** Path in the deal that changes it; opens the field. */
  path: string | null;
  /** Clause, source sentence or date of the rate. */
  detail: string | null;
  href: string | null;
};

export type DerivationNode = {
  id: string;
  label: string;
  value: string;
  /** Operation in words, with the numbers put in where short. */
  how: string | null;
  rounding: string | null;
  leaf: DerivationLeaf | null;
  /** Address to re-root the panel on, when the node is a named figure. */
  address: string | null;
  inputs: readonly DerivationNode[];
  folded: number;
};

type Labels = {
  expand: (label: string) => string;
  collapse: (label: string) => string;
  open: (label: string) => string;
};
type Props = {
  root: DerivationNode;
  labels: Labels;
  onFollow: (address: string) => void;
  onCell: (path: string) => void;
};

/** The tree of one figure, down to the cells typed and the clauses read. */
export function DerivationTree({ root, labels, onFollow, onCell }: Props) {
  return (
    <ul className="tree" aria-label={root.label}>
      {root.inputs.map((node, index) => (
        <Branch
          key={`${node.id}#${index}`}
          node={node}
          depth={0}
          labels={labels}
          onFollow={onFollow}
          onCell={onCell}
        />
      ))}
    </ul>
  );
}

type BranchProps = Omit<Props, 'root'> & { node: DerivationNode; depth: number };

function Branch({ node, depth, labels, onFollow, onCell }: BranchProps) {
  const [isOpen, setOpen] = useState(depth < 2);
  const hasMore = node.inputs.length > 0;
  return (
    <li className={`branch branch-${Math.min(depth, 5)}`}>
      <div className="branch-line">
        {hasMore ? (
          <button
            type="button"
            className="branch-toggle"
            aria-expanded={isOpen}
            aria-label={isOpen ? labels.collapse(node.label) : labels.expand(node.label)}
            onClick={() => setOpen(!isOpen)}
          >
            <Icon name={isOpen ? 'down' : 'right'} size={12} />
          </button>
        ) : null}
        <BranchLabel node={node} labels={labels} onFollow={onFollow} onCell={onCell} />
        <span className={`branch-value ${node.leaf?.kind === 'cell' ? 'branch-typed' : ''}`}>
          {node.value}
        </span>
      </div>
      {node.how || node.rounding ? (
        <p className="branch-how mono">{[node.how, node.rounding].filter(Boolean).join(' · ')}</p>
      ) : null}
      {node.leaf ? <LeafLine leaf={node.leaf} /> : null}
      {hasMore && isOpen ? (
        <ul>
          {node.inputs.map((input, index) => (
            <Branch
              key={`${input.id}#${index}`}
              node={input}
              depth={depth + 1}
              labels={labels}
              onFollow={onFollow}
              onCell={onCell}
            />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

function BranchLabel({ node, labels, onFollow, onCell }: Omit<BranchProps, 'depth'>) {
  const path = node.leaf?.path;
  const address = node.address;
  if (path) {
    return (
      <button
        type="button"
        className="branch-label branch-link"
        aria-label={labels.open(node.label)}
        onClick={() => onCell(path)}
      >
        {node.label} <Icon name="pen" size={12} />
      </button>
    );
  }
  if (address) {
    return (
      <button type="button" className="branch-label branch-named" onClick={() => onFollow(address)}>
        {node.label}
      </button>
    );
  }
  return <span className="branch-label">{node.label}</span>;
}

function LeafLine({ leaf }: { leaf: DerivationLeaf }) {
  return (
    <p className="branch-leaf">
      <span className={`badge badge-${leaf.kind === 'assumption' ? 'question' : 'outline'}`}>
        {leaf.kindLabel}
      </span>{' '}
      {leaf.href ? (
        <a href={leaf.href} target="_blank" rel="noreferrer">
          {leaf.detail} <Icon name="external" size={11} />
        </a>
      ) : (
        leaf.detail
      )}
    </p>
  );
}

/** The same tree as indented text, for the clipboard. */
export function derivationText(node: DerivationNode, depth = 0): string {
  const parts = [node.how, node.rounding, node.leaf?.kindLabel, node.leaf?.detail, node.leaf?.path].filter(
    Boolean,
  );
  const line = `${'  '.repeat(depth)}${node.label}: ${node.value}${parts.length > 0 ? `  [${parts.join('; ')}]` : ''}`;
  return [line, ...node.inputs.map((input) => derivationText(input, depth + 1))].join('\n');
}
