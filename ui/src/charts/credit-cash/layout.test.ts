import { describe, expect, test } from 'vitest';
import { textWidth } from '../kernel/measure.ts';
import { amountText, type CreditPayment, creditCashLayout } from './layout.ts';

const payment = (id: string, date: string, millions: number): CreditPayment => ({
  id,
  label: `Program ${id}`,
  date,
  amount: { minor: millions * 1e8, currency: 'USD' },
  address: `incentives.${id}.cash[1]`,
});

const five = [
  payment('a', '2028-06-01', 2.2),
  payment('b', '2029-09-01', 0.2),
  payment('c', '2029-12-01', 6.1),
  payment('d', '2029-12-15', 1.2),
  payment('e', '2030-03-01', 1.2),
];

describe('payments of credits', () => {
  test('those of one month stand on one another, on one scale from zero', () => {
    const { bars, zero } = creditCashLayout(five, { width: 420 }, 'en');
    const [, , c, d] = bars;
    expect(c!.x).toBe(d!.x);
    expect(d!.y + d!.height).toBeCloseTo(c!.y, 1);
    expect(c!.y + c!.height).toBeCloseTo(zero, 1);
    const perMillion = c!.height / 6.1;
    for (const [at, value] of [2.2, 0.2, 6.1, 1.2, 1.2].entries())
      expect(bars[at]!.height).toBeCloseTo(value * perMillion, 1);
  });

  test('no label touches another or leaves the drawing', () => {
    for (const width of [300, 420, 700]) {
      const { bars, left, right } = creditCashLayout(five, { width }, 'en');
      const boxes = bars.map(({ payment, label: at }) => {
        const wide = textWidth(`${payment.label} ${amountText(payment, 'en')}`, 11, 'strong');
        const start = at.anchor === 'end' ? at.x - wide : at.anchor === 'start' ? at.x : at.x - wide / 2;
        return { start, end: start + wide, top: at.y - 13, bottom: at.y };
      });
      for (const [at, box] of boxes.entries()) {
        expect(box.start).toBeGreaterThanOrEqual(left - 1);
        expect(box.end).toBeLessThanOrEqual(right + 1);
        for (const other of boxes.slice(at + 1)) {
          const apart =
            box.end <= other.start ||
            other.end <= box.start ||
            box.bottom <= other.top ||
            other.bottom <= box.top;
          expect(apart, `${width}: ${at}`).toBe(true);
        }
      }
    }
  });

  test('no label lies on a bar, and all of it is inside the height', () => {
    const { bars, height } = creditCashLayout(five, { width: 340 }, 'en');
    for (const { payment, label: at } of bars) {
      const wide = textWidth(`${payment.label} ${amountText(payment, 'en')}`, 11, 'strong');
      const start = at.anchor === 'end' ? at.x - wide : at.anchor === 'start' ? at.x : at.x - wide / 2;
      expect(at.y - 13).toBeGreaterThanOrEqual(0);
      expect(at.y).toBeLessThan(height);
      for (const bar of bars) {
        const beside = start >= bar.x + bar.width || start + wide <= bar.x;
        expect(beside || at.y <= bar.y || at.y - 13 >= bar.y + bar.height).toBe(true);
      }
    }
  });

  test('one payment alone is drawn with air around it', () => {
    const { bars, left, right } = creditCashLayout([five[0]!], { width: 420 }, 'en');
    expect(bars[0]!.x).toBeGreaterThan(left);
    expect(bars[0]!.x + bars[0]!.width).toBeLessThan(right);
  });
});
