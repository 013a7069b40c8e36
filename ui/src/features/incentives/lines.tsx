import type { WeighedLine, WeighedLines } from '../../api/bindings.ts';
import { Button } from '../../components/button.tsx';
import { Figure } from '../../components/figure.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useToast } from '../../components/toast.tsx';
import type { BudgetLine } from '../../domain/document.ts';
import { formatChange } from '../../domain/money.ts';
import { formatRateNumber } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { useWords } from '../words.ts';
import { useDeal, useDesk } from '../workspace/desk.tsx';
import { decimalOf, moneyOf, useWeighedLines } from './view.ts';

/** Line by line what the next money would earn, and where the whole line would earn more. */
export function NextMoney() {
  const { t } = useText();
  const { document } = useDeal();
  const { data, isPending, fault, retry } = useWeighedLines();
  const move = useMove();
  if (fault) return <Fault fault={fault} onRetry={retry} />;
  if (isPending || data === null)
    return <Skeleton label={t('pages.loading')} rows={document.budget?.lines?.length ?? 6} />;
  return (
    <>
      <NextTable data={data} lines={document.budget?.lines ?? []} onMove={move} />
      <p className="sub">{t('incentives.next.assumed')}</p>
    </>
  );
}

/** Spends a whole line in another of the deal's places, as it was weighed: one edit, taken back on demand. */
function useMove(): Move {
  const { edit, undo } = useDesk();
  const { t } = useText();
  const words = useWords();
  const notify = useToast();
  return async (line, label, jurisdiction) => {
    const whole = [{ id: jurisdiction, jurisdiction, share: '1' }];
    const { view } = await edit(`budget.lines[${line}].spend`, whole);
    if (!view) return;
    const said = t('map.moved', { line: label, place: words.place(jurisdiction) });
    notify(said, { label: t('map.undo'), run: undo });
  };
}

type Move = (line: string, label: string, jurisdiction: string) => Promise<void>;

type TableProps = { data: WeighedLines; lines: readonly BudgetLine[]; onMove: Move };

export function NextTable({ data, lines, onMove }: TableProps) {
  const { t } = useText();
  const most = Math.max(0, ...data.lines.map((line) => Number(decimalOf(line.rate) ?? 0)));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t('incentives.next.table')}>
      <table className="table next-money">
        <caption className="visually-hidden">{t('incentives.next.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('incentives.next.line')}</th>
            <th scope="col">{t('incentives.next.place')}</th>
            <th scope="col" className="num">
              {t('incentives.next.rate')}
            </th>
            <th scope="col" aria-hidden="true" />
            <th scope="col" className="num">
              {t('incentives.next.gain')}
            </th>
            <th scope="col">{t('incentives.next.elsewhere')}</th>
            <th scope="col" className="num">
              {t('incentives.next.more')}
            </th>
            <th scope="col" aria-hidden="true" />
          </tr>
        </thead>
        <tbody>
          {data.lines.map((weighed) => {
            const line = lines.find((one) => one.id === weighed.line);
            const places = [...new Set((line?.spend ?? []).map((part) => part.jurisdiction))];
            return (
              <Row
                key={weighed.line}
                weighed={weighed}
                label={line?.label ?? weighed.line}
                places={places}
                most={most}
                onMove={onMove}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  weighed,
  label,
  places,
  most,
  onMove,
}: {
  weighed: WeighedLine;
  label: string;
  places: readonly string[];
  most: number;
  onMove: Move;
}) {
  const { t, locale } = useText();
  const words = useWords();
  const rate = Number(decimalOf(weighed.rate) ?? 0);
  const gain = moneyOf(weighed.gain);
  const [best] = weighed.moves;
  const better = moneyOf(best?.gain);
  const isBetter = best !== undefined && better !== null && better.minor > 0;
  return (
    <tr>
      <td className="text">{label}</td>
      <td>{places.map(words.place).join(', ')}</td>
      <td className="num">
        <Figure address={weighed.rate.address}>{formatRateNumber(rate.toFixed(4), locale)}</Figure>
      </td>
      <td className="next-bar" aria-hidden="true">
        <span style={{ width: most > 0 ? `${Math.max(0, (rate / most) * 100).toFixed(1)}%` : 0 }} />
      </td>
      <td className="num">
        {gain ? <Figure address={weighed.gain.address}>{formatChange(gain, locale)}</Figure> : t('na')}
      </td>
      <td>
        {isBetter ? words.place(best.jurisdiction) : <span className="sub">{t('incentives.next.here')}</span>}
      </td>
      <td className="num">
        {isBetter ? <Figure address={best.gain.address}>{formatChange(better, locale)}</Figure> : null}
      </td>
      <td className="next-move">
        {isBetter ? (
          <Button
            look="quiet"
            icon="arrow"
            aria-label={t('incentives.next.move.of', { line: label, place: words.place(best.jurisdiction) })}
            onClick={() => void onMove(weighed.line, label, best.jurisdiction)}
          >
            {t('incentives.next.move')}
          </Button>
        ) : null}
      </td>
    </tr>
  );
}
