import { type BridgeStep, bridgeLayout } from '../../charts/incentive-bridge/layout.ts';
import { BridgeBarView } from '../../charts/incentive-bridge/view.tsx';
import { Figure } from '../../components/figure.tsx';
import { formatWhole, type Money, parenthesised } from '../../domain/money.ts';
import { formatRateNumber } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';

const WIDTH = 180;

type Props = { caption: string; steps: readonly BridgeStep[] };

/** The steps of one program in statutory order; it is a table with a drawn column, so it needs no twin. */
export function BridgeTable({ caption, steps }: Props) {
  const { t, locale } = useText();
  return (
    <div className="scroll-x">
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
        <tbody>
          {bridgeLayout(steps, { width: WIDTH }).map((bar) => (
            <tr key={bar.step.id}>
              <td className="text">
                {bar.step.label}
                {bar.step.note ? <div className="sub">{bar.step.note}</div> : null}
              </td>
              <td className="bridge-drawn">
                <BridgeBarView bar={bar} width={WIDTH} />
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
                {bar.step.rate === null ? null : formatRateNumber(bar.step.rate, locale)}
              </td>
              <td className="num bridge-credit">
                <Amount money={bar.step.credit} address={bar.step.addresses.credit} locale={locale} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
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
