import { memo } from 'react';
import type { AssessedProgram } from '../../api/bindings.ts';
import { type CreditPayment, creditCashLayout } from '../../charts/credit-cash/layout.ts';
import { CreditCashView } from '../../charts/credit-cash/view.tsx';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { isSame } from '../../charts/kernel/same.ts';
import { useToast } from '../../components/toast.tsx';
import { formatDate, formatMonth } from '../../domain/dates.ts';
import { formatExact } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useInteraction } from '../charts/closing.tsx';
import { useFrameTexts } from '../charts/texts.ts';
import { counts, isNought, moneyOf } from './view.ts';

/** Payments of the programs that count. One without a day is not drawn; the findings name it. */
export function paymentsOf(programs: readonly AssessedProgram[]): CreditPayment[] {
  return programs.filter(counts).flatMap((program) =>
    program.cash.flatMap((event) => {
      const amount = moneyOf(event.figure);
      if (amount === null || event.date === null || isNought(event.figure)) return [];
      const { address } = event.figure;
      return [{ id: address, label: program.name, date: event.date, amount, address }];
    }),
  );
}

type Props = { payments: readonly CreditPayment[]; currency: string; width?: number };

export const CreditCashChart = memo(function CreditCashChart({ payments, currency, width }: Props) {
  const { t, locale } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  const ordered = [...payments].sort((a, b) => a.date.localeCompare(b.date));
  const last = ordered.at(-1);
  return (
    <ChartFrame
      description={{
        title: last
          ? t('incentives.cash.title', { month: formatMonth(last.date, locale) })
          : t('incentives.cash.none'),
        summary: t('incentives.cash.summary', { count: ordered.length }),
        columns: [t('incentives.cash.payment'), t('incentives.cash.day'), currency],
        rows: ordered.map((payment) => [
          payment.label,
          formatDate(payment.date, locale),
          { text: formatExact(payment.amount, locale), address: payment.address },
        ]),
      }}
      subtitle={t('incentives.cash.note', { currency })}
      texts={texts}
      notify={notify}
      initialWidth={width ?? 460}
      draw={(available) => {
        const geometry = creditCashLayout(ordered, { width: available }, locale);
        return {
          height: geometry.height,
          content: <CreditCashView geometry={geometry} locale={locale} interaction={interaction} />,
        };
      }}
    />
  );
}, isSame);
