import { normaliseNumber } from '../../domain/money.ts';
import { shiftPoint } from '../../domain/rate.ts';
import { shareText } from './names.ts';

/** The most digits a share has behind its point or in its fraction: what fits the engine's exact ratios. */
const MOST_DIGITS = 15;

/**
 * An exact share as the document writes it out of what a person types: `1/3` stays a third, `17.5` and `17.5 %` are
 * 0.175, `115 %` is 1.15. Null when it is none.
 */
export function parseShare(text: string, locale: string): string | null {
  const typed = text.trim();
  const fraction = /^(\d{1,15})\s*\/\s*(\d{1,15})$/.exec(typed);
  if (fraction) {
    const [, top = '', bottom = ''] = fraction;
    return /^0+$/.test(bottom) ? null : `${BigInt(top)}/${BigInt(bottom)}`;
  }
  const plain = normaliseNumber(typed.replace(/%/g, ''), locale);
  if (plain === null || plain.startsWith('-') || plain.replace('.', '').length > MOST_DIGITS) return null;
  return shiftPoint(plain, -2);
}

/** How a share stands in its field. */
export function shareInput(share: string, locale: string): string {
  return shareText(share, locale);
}
