import type { FigureDto, ScenarioReasonDto, ScenarioShareDto } from '../../api/bindings.ts';
import { Swatch } from '../../components/badge.tsx';
import { Figure } from '../../components/figure.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { formatScaled, formatWhole } from '../../domain/money.ts';
import type { TextKey } from '../../i18n/index.tsx';
import { useText } from '../../i18n/index.tsx';
import { kindOfWish, wishName } from './allocation.ts';
import type { Scenario } from './types.ts';

/** What was wished of each kind of money, what the deal carries of it, and why that is not the same. */
export function Shares({ scenario, currency }: { scenario: Scenario; currency: string }) {
  const { t } = useText();
  const rows = scenario.shares.filter((share) => isMoved(share));
  return (
    <TableRegion label={t('scenarios.shares.table')}>
      <thead>
        <tr>
          <th scope="col">{t('scenarios.shares.kind')}</th>
          <th scope="col" className="num">
            {t('scenarios.shares.wished')}
          </th>
          <th scope="col" className="num">
            {t('scenarios.shares.carried')}
          </th>
          <th scope="col" className="num">
            {currency}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((share) => (
          <Row key={share.kind} share={share} />
        ))}
      </tbody>
    </TableRegion>
  );
}

const isMoved = ({ wished, carried }: ScenarioShareDto): boolean =>
  [wished, carried].some(({ value }) => value.kind === 'money' && value.amount.minor !== 0);

function Row({ share }: { share: ScenarioShareDto }) {
  const { t, locale } = useText();
  const percent = ({ address, value }: FigureDto) => (
    <Figure address={address}>
      {value.kind === 'number' ? formatScaled(Number(value.decimal), locale, 0) : t('na')}
    </Figure>
  );
  const { value } = share.carried;
  return (
    <>
      <tr className="scenario-share">
        <th scope="row">
          <span className="legend-item">
            <Swatch kind={kindOfWish(share.kind)} />
            {wishName(share.kind, t)}
          </span>
        </th>
        <td className="num">{percent(share.wished_percent)}</td>
        <td className="num">{percent(share.carried_percent)}</td>
        <td className="num strong">
          <Figure address={share.carried.address}>
            {value.kind === 'money' ? formatWhole(value.amount, locale) : t('na')}
          </Figure>
        </td>
      </tr>
      {share.reasons.length === 0 ? null : (
        <tr className="scenario-why">
          <td colSpan={4}>
            {share.reasons.map((reason, at) => (
              <Reason key={`${reason.reason}:${at}`} reason={reason} />
            ))}
          </td>
        </tr>
      )}
    </>
  );
}

/** One step from the wish to what came of it. */
function Reason({ reason }: { reason: ScenarioReasonDto }) {
  const { t, locale } = useText();
  const amount = (figure: FigureDto | null) =>
    figure?.value.kind === 'money' ? formatWhole(figure.value.amount, locale) : '';
  const about = [reason.amount, reason.carries].flatMap((figure) => (figure ? [figure.address] : []));
  return (
    <span className="scenario-reason" {...(about.length > 0 ? { 'data-address': about.join(' ') } : {})}>
      {t(`scenarios.reason.${reason.reason}` as TextKey, {
        amount: amount(reason.amount),
        carries: amount(reason.carries),
        count: reason.count ?? 0,
      })}
    </span>
  );
}
