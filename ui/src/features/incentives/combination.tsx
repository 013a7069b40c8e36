import type { CombinedProgram, WeighedCombination, WeighedCombinations } from '../../api/bindings.ts';
import { Badge, type BadgeLook } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Figure } from '../../components/figure.tsx';
import { Skeleton } from '../../components/states.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatMonth } from '../../domain/dates.ts';
import { formatChange, formatWhole } from '../../domain/money.ts';
import { formatRateNumber } from '../../domain/rate.ts';
import { type TextKey, useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { type CellValue, useDeal, useDesk } from '../workspace/desk.tsx';
import { Circle, HandsOver } from './combination-graph.tsx';
import { useCombinations } from './map-view.ts';
import { decimalOf, moneyOf } from './view.ts';

/** What is claimed together and who hands what to whom, and every other way to claim with why it is not taken. */
export function BestCombination() {
  const { t } = useText();
  const { data, isPending, fault, retry } = useCombinations();
  if (fault) return <Fault fault={fault} onRetry={retry} />;
  if (isPending || data === null) return <Skeleton label={t('pages.loading')} rows={6} />;
  return <Combinations data={data} />;
}

export function Combinations({ data }: { data: WeighedCombinations }) {
  const { t } = useText();
  const claim = useClaim();
  if (data.circle.length > 0) return <Circle programs={data.circle} />;
  return (
    <>
      <HandsOver data={data} />
      <TableRegion label={t('combination.table')}>
        <thead>
          <tr>
            <th scope="col">{t('combination.what')}</th>
            <th scope="col" className="num">
              {t('combination.net')}
            </th>
            <th scope="col" className="num">
              {t('combination.difference')}
            </th>
            <th scope="col" className="num">
              {t('combination.rate')}
            </th>
            <th scope="col">{t('combination.paid')}</th>
            <th scope="col">{t('combination.why')}</th>
          </tr>
        </thead>
        <tbody>
          <Row combination={data.chosen} />
          {data.rejected.map((one) => (
            <Row
              key={one.programs.map((program) => program.program).join('+')}
              combination={one}
              onClaim={() => void claim(one.programs)}
            />
          ))}
        </tbody>
      </TableRegion>
      {data.rejected.length === 0 ? <p className="sub">{t('combination.only')}</p> : null}
    </>
  );
}

/** Claims exactly these programs, as one edit; what was claimed beside them is kept to compare with. */
function useClaim() {
  const { edit, undo } = useDesk();
  const { document } = useDeal();
  const { t } = useText();
  const notify = useToast();
  return async (programs: readonly CombinedProgram[]) => {
    const wanted = new Set(programs.map((program) => program.claim));
    const claims = (document.incentives ?? []).map((claim) => {
      const election = claim.election ?? 'best';
      if (wanted.has(claim.id)) return { ...claim, election: 'claim' };
      return election === 'best' || election === 'claim' ? { ...claim, election: 'compare' } : claim;
    });
    const { view } = await edit('incentives', claims as unknown as CellValue);
    if (!view) return;
    const names = programs.map((program) => program.name).join(', ');
    notify(t('combination.done', { programs: names }), { label: t('map.undo'), run: undo });
  };
}

const LOOKS: Readonly<Record<string, BadgeLook>> = {
  chosen: 'pass',
  worth_less: 'outline',
  worth_more: 'question',
  barred: 'blocker',
  unusual: 'question',
  left_out: 'outline',
};

/** Worth less by the search, and yet more after fees and tax: said as it is. */
function verdictOf({ verdict, difference }: WeighedCombination): string {
  const more = moneyOf(difference);
  return verdict === 'worth_less' && more !== null && more.minor > 0 ? 'worth_more' : verdict;
}

function Row({ combination, onClaim }: { combination: WeighedCombination; onClaim?: () => void }) {
  const { t, locale } = useText();
  const { programs, net, rate, difference, paid_by: paidBy, reasons } = combination;
  const [left, more, share] = [moneyOf(net), moneyOf(difference), decimalOf(rate)];
  const verdict = verdictOf(combination);
  const plain = verdict === 'worth_less' || verdict === 'worth_more';
  return (
    <tr className={verdict === 'chosen' ? 'combination-chosen' : ''}>
      <td className="text combination-name">
        <Badge look={LOOKS[verdict] ?? 'outline'}>{t(`combination.verdict.${verdict}` as TextKey)}</Badge>
        <span className="combination-programs">
          {programs.length > 0 ? programs.map((program) => program.name).join(' + ') : t('combination.none')}
        </span>
      </td>
      <td className="num">
        {left ? <Figure address={net.address}>{formatWhole(left, locale)}</Figure> : t('na')}
      </td>
      <td className="num">
        {more && difference ? (
          <Figure address={difference.address}>{formatChange(more, locale)}</Figure>
        ) : null}
      </td>
      <td className="num">
        {share ? (
          <Figure address={rate.address}>{formatRateNumber(Number(share).toFixed(4), locale)}</Figure>
        ) : (
          t('na')
        )}
      </td>
      <td className="combination-paid">{paidBy ? formatMonth(paidBy, locale) : null}</td>
      <td className="combination-why">
        {plain ? <p>{t(`combination.reason.${verdict}` as TextKey)}</p> : null}
        {reasons.map((reason) => (
          <p key={reason}>{reason}</p>
        ))}
        {onClaim && verdict !== 'barred' ? (
          <Button look="quiet" className="combination-claim" onClick={onClaim}>
            {t('combination.claim')}
          </Button>
        ) : null}
      </td>
    </tr>
  );
}
