import { useWords } from '../words.ts';

/** More names than these are not read in a line. */
const MOST = 2;

/** Territories by their names: a few in full, more as the first of them and how many follow. */
export function usePlaces(): (codes: readonly string[]) => string {
  const words = useWords();
  return (codes) => {
    const names = codes.map(words.place);
    const more = names.length - MOST;
    return more > 0 ? `${names.slice(0, MOST).join(', ')} +${more}` : names.join(', ');
  };
}
