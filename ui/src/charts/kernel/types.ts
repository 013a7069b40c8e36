import type { Certainty, Kind } from '../../domain/kinds.ts';
import type { Money } from '../../domain/money.ts';

/** One labelled amount of a stack: a use or a source. */
export type Segment = {
  id: string;
  label: string;
  kind: Kind;
  certainty: Certainty;
  amount: Money;
  address?: string;
  /** What a pointer resting on it reads beside the label, such as the id behind a name. */
  hint?: string;
};

export type Size = { width: number };

/** What a view needs to answer the keyboard and to show which figure is open. */
export type Interaction = {
  openAddress: string | null;
  onOpen: (address: string) => void;
};
