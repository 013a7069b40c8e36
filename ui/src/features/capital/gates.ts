import type { DealDocument, Instrument } from '../../domain/document.ts';
import type { FigureBook } from '../workspace/figures.ts';
import { type DueDate, dueDay } from './milestones.ts';

/** What must be there before money may be drawn, as the deal holds it. */
export type Condition = {
  id: string;
  text: string;
  met?: boolean;
  by?: DueDate;
  document?: string;
  owner?: string;
};

/** `undated` waits for an event the schedule does not date; `at_close` is what nobody has said anything about; `never` is not met and has no day: its money does not come. */
export type GateState = 'met' | 'expected' | 'overdue' | 'undated' | 'never' | 'at_close';

export type Gate = {
  instrument: Instrument;
  condition: Condition;
  state: GateState;
  day: string | null;
  /** The first month in which the money it stands before is drawn. */
  firstDraw: string | null;
  /** It falls later than that: the plan draws money that is not there yet. */
  isLate: boolean;
};

export const conditionsOf = (one: Instrument): readonly Condition[] =>
  (one as { conditions_precedent?: Condition[] }).conditions_precedent ?? [];

export function stateOf(condition: Condition, day: string | null, today: string): GateState {
  if (condition.met === true) return 'met';
  if (!condition.by) return condition.met === false ? 'never' : 'at_close';
  if (day === null) return 'undated';
  return day < today ? 'overdue' : 'expected';
}

/** The first month with a drawing of its own, else the first in which a payment of its contract falls due. */
export function firstDraw(one: Instrument, document: DealDocument, book: FigureBook): string | null {
  const drawn = book
    .family(`capital.${one.id}.draw`)
    .flatMap(({ address, value }) => {
      const [, month] = /\[(\d{4}-\d{2})\]$/.exec(address) ?? [];
      return month && value.kind === 'money' && value.amount.minor > 0 ? [month] : [];
    })
    .sort();
  if (drawn[0]) return drawn[0];
  const { steps = [] } =
    (one as { drawdown?: { steps?: { on: DueDate['after']; lag_months?: number }[] } }).drawdown ?? {};
  const paid = steps.map((step) => dueDay(document, { after: step.on, months: step.lag_months ?? 0 }));
  return (
    paid
      .filter((day) => day !== null)
      .sort()[0]
      ?.slice(0, 7) ?? null
  );
}

/** Every condition of the deal, by instrument in the order of the stack. */
export function gatesOf(document: DealDocument, book: FigureBook): Gate[] {
  return (document.instruments ?? []).flatMap((instrument) => {
    const first = conditionsOf(instrument).length > 0 ? firstDraw(instrument, document, book) : null;
    return conditionsOf(instrument).map((condition): Gate => {
      const told = book.at(`capital.${instrument.id}.condition.${condition.id}`);
      const day = told?.kind === 'date' ? told.date : dueDay(document, condition.by);
      const state = stateOf(condition, day, document.as_of);
      const isOpen = state === 'expected' || state === 'overdue';
      const isLate = isOpen && day !== null && first !== null && day.slice(0, 7) > first;
      return { instrument, condition, state, day, firstDraw: first, isLate };
    });
  });
}
