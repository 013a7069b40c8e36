import { type KeyboardEvent, memo, useDeferredValue, useMemo } from 'react';
import type { FlowsView } from '../../api/bindings.ts';
import { type FlowData, flowAddress } from '../../charts/recoupment-sankey/data.ts';
import { Button } from '../../components/button.tsx';
import { Figure } from '../../components/figure.tsx';
import { formatQuarter } from '../../domain/dates.ts';
import { formatWhole } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { FlowChart } from '../charts/flow.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { titleOf } from './headline.ts';
import { Scrubber, steppedPeriod } from './scrubber.tsx';
import type { Opened } from './use-flows.ts';
import type { usePeriod } from './use-period.ts';

type Props = {
  flows: FlowsView;
  data: FlowData;
  clock: ReturnType<typeof usePeriod>;
  opened: Opened;
  onOpened: (opened: Opened) => void;
};

/** The money by stage at the end of a period; one period rules the drawing, its words and its sums. */
export function FlowView({ flows, data, clock, opened, onOpened }: Props) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const { period, choose, isPlaying, play } = clock;
  // The hand on the line of time follows at once; the drawing follows it as fast as it can.
  const drawn = useDeferredValue(period);
  const names = flows.periods.map((one) => formatQuarter(one.end));
  const receipts = useMemo(() => {
    const received = flows.totals.find((one) => one.id === 'received')?.amounts ?? [];
    return flows.periods.flatMap(({ start, end }, at) => {
      const during = received[at]?.during;
      return during ? [{ start, end, during }] : [];
    });
  }, [flows]);
  const title = titleOf(flows, data, drawn, t, locale);
  const onKey = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (target.closest('button, input, select, textarea, [role="slider"], [data-mark], [contenteditable]'))
      return;
    const next = steppedPeriod(event.key, period, names.length);
    if (event.key === ' ') play(!isPlaying);
    else if (next !== null) choose(next);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the scrubber work beside it too
    <div className="flow-view" onKeyDown={onKey}>
      <FlowChart
        data={data}
        period={drawn}
        periodName={names[drawn] ?? ''}
        title={title.text}
        about={title.about || undefined}
        subtitle={t('flow.subtitle', {
          period: names[drawn] ?? '',
          case: t(`revenue.case.word.${document.revenue?.case ?? 'base'}`),
          currency: document.currency,
        })}
      />
      <Openings data={data} opened={opened} onOpened={onOpened} />
      <Scrubber
        data={data}
        periods={receipts}
        names={names}
        period={period}
        isPlaying={isPlaying}
        onPeriod={choose}
        onPlay={play}
      />
      <Sums flows={flows} data={data} period={period} currency={document.currency} locale={locale} />
    </div>
  );
}

type OpeningsProps = Pick<Props, 'data' | 'opened' | 'onOpened'>;

/** What is told together can be told apart, and back again. */
const Openings = memo(function Openings({ data, opened, onOpened }: OpeningsProps) {
  const { t } = useText();
  const closed = data.nodes.filter((node) => node.opens);
  const toggle = (id: string) => {
    const next = new Set(opened);
    if (!next.delete(id)) next.add(id);
    onOpened(next);
  };
  if (closed.length === 0 && opened.size === 0) return null;
  return (
    <div className="flow-openings">
      {closed.map((node) => (
        <Button key={node.id} look="quiet" onClick={() => toggle(node.id.replace(/^tier:/, ''))}>
          {t('flow.open', { name: node.label })}
        </Button>
      ))}
      {opened.size > 0 ? (
        <Button look="quiet" onClick={() => onOpened(new Set())}>
          {t('flow.close')}
        </Button>
      ) : null}
    </div>
  );
});

type SumsProps = Pick<Props, 'flows' | 'data'> & { period: number; currency: string; locale: string };

/** What came in is paid, held or left over: that it adds up stands under every drawing. */
function Sums({ flows, data, period, currency, locale }: SumsProps) {
  const { t } = useText();
  const shown = ['received', 'refunds', 'paid', 'held', 'left_over'] as const;
  return (
    <dl className="flow-sums" aria-label={t('flow.sums', { currency })}>
      {shown.map((word) => {
        const amount = flows.totals.find((one) => one.id === word)?.amounts[period]?.through;
        const isUsual = word !== 'left_over' && word !== 'refunds';
        if (!amount || (!isUsual && amount.minor === 0)) return null;
        return (
          <div key={word}>
            <dt>{t(`flow.total.${word}`)}</dt>
            <dd>
              <Figure address={flowAddress(data, word, period)}>{formatWhole(amount, locale)}</Figure>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
