import { useState } from 'react';
import type { ActualsEffectDto } from '../../api/bindings.ts';
import { Swatch } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Skeleton } from '../../components/states.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { kindOfParty } from '../../domain/kinds.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { Told } from './told.tsx';
import { moneyOf, useEffectOf } from './use-actuals.ts';

/** What the statements do to everybody over the film's life: the deal is computed without them, so only when asked. */
export function EffectTile() {
  const { t } = useText();
  const { document } = useDeal();
  const [isAsked, setAsked] = useState(false);
  const { effect, fault } = useEffectOf(isAsked);
  return (
    <Tile title={t('actuals.effect')} note={t('actuals.effect.note', { currency: document.currency })} edge>
      {isAsked ? null : <Button onClick={() => setAsked(true)}>{t('actuals.effect.ask')}</Button>}
      {fault ? <Fault fault={fault} onRetry={() => setAsked(true)} /> : null}
      {isAsked && !effect && !fault ? <Skeleton label={t('pages.loading')} rows={6} /> : null}
      {isAsked && effect ? (
        <TableRegion label={t('actuals.table.effect')}>
          <thead>
            <tr>
              <th scope="col">{t('actuals.effect.who')}</th>
              <th scope="col" className="num">
                {t('actuals.effect.now')}
              </th>
              <th scope="col" className="num">
                {t('actuals.effect.before')}
              </th>
              <th scope="col" className="num">
                {t('actuals.variance')}
              </th>
            </tr>
          </thead>
          <tbody>
            {[effect.account, ...effect.parties].map((one) =>
              one ? <Row key={one.now.address} effect={one} /> : null,
            )}
          </tbody>
        </TableRegion>
      ) : null}
    </Tile>
  );
}

function Row({ effect }: { effect: ActualsEffectDto }) {
  const { t } = useText();
  const { document } = useDeal();
  const party = document.parties?.find((one) => one.id === effect.party);
  const minor = moneyOf(effect.more)?.minor ?? 0;
  return (
    <tr>
      <td className="text">
        {effect.party ? (
          <span className="legend-item">
            <Swatch kind={kindOfParty(party?.role)} />
            {party?.name ?? effect.party}
          </span>
        ) : (
          t('waterfall.account')
        )}
      </td>
      <td className="num">
        <Told figure={effect.now} />
      </td>
      <td className="num">
        <Told figure={effect.forecast} />
      </td>
      <td className={`num actuals-variance ${minor === 0 ? '' : minor > 0 ? 'is-up' : 'is-down'}`}>
        <Told figure={effect.more} change />
      </td>
    </tr>
  );
}
