import type { StatementsView } from '../../api/bindings.ts';
import { IconButton } from '../../components/button.tsx';
import { Select } from '../../components/select.tsx';
import { formatDate, formatMonth } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import type { Names } from '../waterfall-editor/names.ts';
import { useDeal } from '../workspace/desk.tsx';

type ChoiceProps = { told: StatementsView; period: number; onChoose: (period: number) => void };

/** The period on show, one before and one after. */
export function PeriodChoice({ told, period, onChoose }: ChoiceProps) {
  const { t, locale } = useText();
  return (
    <div className="period-choice">
      <IconButton
        icon="back"
        label={t('statements.previous')}
        disabled={period === 0}
        onClick={() => onChoose(period - 1)}
      />
      <Select
        label={t('statements.period')}
        value={String(period)}
        onChange={(value) => onChoose(Number(value))}
        options={told.periods.map((one, at) => ({
          value: String(at),
          label: t('statements.period.ending', { month: formatMonth(one.month, locale) }),
        }))}
      />
      <IconButton
        icon="arrow"
        label={t('statements.next')}
        disabled={period >= told.periods.length - 1}
        onClick={() => onChoose(period + 1)}
      />
    </div>
  );
}

/** Who accounts to whom, about which film, for which days, in which currency. */
export function Head({ told, period, names }: { told: StatementsView; period: number; names: Names }) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const now = told.periods[period];
  if (!now) return null;
  const rows = [
    [t('statements.film'), document.name],
    [t('statements.participant'), told.party ? names.party(told.party) : t('statements.account')],
    [
      t('statements.period'),
      t('statements.period.days', {
        from: formatDate(now.start, locale),
        to: formatDate(now.end, locale),
      }),
    ],
    [t('statements.as_of'), formatDate(now.end, locale)],
    [t('statements.currency'), told.currency],
  ];
  return (
    <dl className="statement-head">
      {rows.map(([word, value]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
