import { memo, useRef } from 'react';
import { type BridgeStep, bridgeLayout } from '../../charts/incentive-bridge/layout.ts';
import { BridgeBarView } from '../../charts/incentive-bridge/view.tsx';
import { toCsv } from '../../charts/kernel/describe.ts';
import { isSame } from '../../charts/kernel/same.ts';
import { useWidth } from '../../charts/kernel/size.ts';
import { IconButton } from '../../components/button.tsx';
import { Figure } from '../../components/figure.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatExact, formatWhole, type Money, parenthesised } from '../../domain/money.ts';
import { formatRateNumber } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';

/** Width of the drawn column: a fifth of the table, within what can still be read and what needs no more. */
const drawnWidth = (table: number) => Math.round(Math.min(Math.max(table * 0.2, 84), 180));

/** One program with its steps in statutory order. */
export type BridgeGroup = {
  id: string;
  title: string;
  /** Statute and version. */
  note: string;
  currency: string;
  steps: readonly BridgeStep[];
  total: { label: string; credit: Money; address: string } | null;
  isChosen?: boolean;
  /** What stands in place of steps. */
  empty?: string;
};

type Props = { caption: string; groups: readonly BridgeGroup[] };

/** Programs in the order in which they are computed; it is a table with a drawn column, so it needs no twin. */
export const BridgeTable = memo(function BridgeTable({ caption, groups }: Props) {
  const { t } = useText();
  const frame = useRef<HTMLDivElement>(null);
  const width = drawnWidth(useWidth(frame, 900));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <div className="scroll-x" ref={frame} tabIndex={0} role="region" aria-label={caption}>
      <table className="table bridge">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('bridge.step')}</th>
            <th scope="col" className="bridge-drawn">
              {t('bridge.drawn')}
            </th>
            <th scope="col" className="num">
              {t('bridge.out')}
            </th>
            <th scope="col" className="num">
              {t('bridge.base')}
            </th>
            <th scope="col" className="num">
              {t('bridge.rate')}
            </th>
            <th scope="col" className="num">
              {t('bridge.credit')}
            </th>
          </tr>
        </thead>
        {groups.map((group) => (
          <Group key={group.id} group={group} width={width} />
        ))}
      </table>
    </div>
  );
}, isSame);

function Group({ group, width }: { group: BridgeGroup; width: number }) {
  const { locale } = useText();
  return (
    <tbody id={`bridge-${group.id}`} className={group.isChosen ? 'bridge-chosen' : ''}>
      <tr className="bridge-head">
        <th scope="rowgroup" colSpan={6}>
          <span className="bridge-title">
            {group.title}
            <span className="sub">{group.currency}</span>
            <span className="sub bridge-note">{group.note}</span>
          </span>
        </th>
      </tr>
      {group.empty ? (
        <tr>
          <td colSpan={6} className="sub">
            {group.empty}
          </td>
        </tr>
      ) : null}
      {bridgeLayout(group.steps, { width }).map((bar) => (
        <tr key={bar.step.id} className="bridge-step">
          <td className="bridge-label">
            <span className="bridge-name">{bar.step.label}</span>
            {bar.step.note ? <span className="sub bridge-sub">{bar.step.note}</span> : null}
          </td>
          <td className="bridge-drawn">
            <BridgeBarView bar={bar} width={width} />
          </td>
          <td className="num">
            <Amount
              money={bar.step.takenOut}
              address={bar.step.addresses.takenOut}
              locale={locale}
              negative
            />
          </td>
          <td className="num">
            <Amount money={bar.step.base} address={bar.step.addresses.base} locale={locale} />
          </td>
          <td className="num">
            <Rate rate={bar.step.rate} address={bar.step.addresses.rate} locale={locale} />
          </td>
          <td className="num bridge-credit">
            <Amount money={bar.step.credit} address={bar.step.addresses.credit} locale={locale} />
          </td>
        </tr>
      ))}
      {group.total ? (
        <tr className="bridge-total">
          <td colSpan={5}>{group.total.label}</td>
          <td className="num">
            <Amount money={group.total.credit} address={group.total.address} locale={locale} />
          </td>
        </tr>
      ) : null}
    </tbody>
  );
}

/** The steps as text, for a spreadsheet. */
export function CopyBridge({ groups }: { groups: readonly BridgeGroup[] }) {
  const { t, locale } = useText();
  const notify = useToast();
  const money = (amount: Money | null) => (amount ? formatExact(amount, locale) : '');
  const copy = async () => {
    const columns = [
      t('programs.one'),
      t('bridge.step'),
      t('bridge.currency'),
      t('bridge.out'),
      t('bridge.base'),
      t('bridge.rate'),
      t('bridge.credit'),
    ];
    const rows = groups.flatMap((group) =>
      group.steps.map((step) => [
        group.title,
        step.label,
        group.currency,
        money(step.takenOut),
        money(step.base),
        step.rate === null ? '' : formatRateNumber(step.rate, locale),
        money(step.credit),
      ]),
    );
    await navigator.clipboard.writeText(toCsv({ title: '', summary: '', columns, rows }));
    notify(t('chart.copied'));
  };
  return <IconButton icon="copy" label={t('chart.csv')} onClick={() => void copy()} />;
}

type AmountProps = { money: Money | null; address: string | undefined; locale: string; negative?: boolean };

function Amount({ money, address, locale, negative }: AmountProps) {
  if (money === null) return null;
  const text =
    negative && money.minor > 0
      ? parenthesised(formatWhole(money, locale), true)
      : formatWhole(money, locale);
  return address ? <Figure address={address}>{text}</Figure> : <span>{text}</span>;
}

function Rate({
  rate,
  address,
  locale,
}: {
  rate: string | null;
  address: string | undefined;
  locale: string;
}) {
  if (rate === null) return null;
  const text = formatRateNumber(rate, locale);
  return address ? <Figure address={address}>{text}</Figure> : <span>{text}</span>;
}
