import type { Instrument } from '../../domain/document.ts';
import { freeId } from '../ids.ts';

/** The stack with one instrument a place higher or lower; as it was where there is no such place. */
export function moved(instruments: readonly Instrument[], id: string, by: -1 | 1): readonly Instrument[] {
  const at = instruments.findIndex((one) => one.id === id);
  const to = at + by;
  const one = instruments[at];
  if (!one || to < 0 || to >= instruments.length) return instruments;
  const rest = instruments.filter((other) => other !== one);
  return [...rest.slice(0, to), one, ...rest.slice(to)];
}

/** The stack with a second one like it behind it, under an id of its own and not promised by anybody yet. */
export function duplicated(
  instruments: readonly Instrument[],
  id: string,
  name: (of: string) => string,
): { instruments: readonly Instrument[]; id: string } | null {
  const at = instruments.findIndex((one) => one.id === id);
  const one = instruments[at];
  if (!one) return null;
  const copy = {
    ...one,
    id: freeId(
      one.id,
      instruments.map((each) => each.id),
    ),
    name: name(one.name),
    status: 'prospective',
  };
  return {
    instruments: [...instruments.slice(0, at + 1), copy, ...instruments.slice(at + 1)],
    id: copy.id,
  };
}

/** A new source of a kind that nobody has promised yet. */
export function blank(instruments: readonly Instrument[], kind: string, name: string): Instrument {
  const id = freeId(
    kind,
    instruments.map((one) => one.id),
  );
  return { id, name, terms: { kind }, status: 'prospective' };
}
