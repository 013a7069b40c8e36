import { memo, useState } from 'react';
import type { RiskCorrelationDto } from '../../api/bindings.ts';
import { isSame } from '../../charts/kernel/same.ts';
import { IconButton } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { formatScaled } from '../../domain/money.ts';
import type { RankCorrelation } from '../../domain/risk.ts';
import { useText } from '../../i18n/index.tsx';
import { AddDriver } from './add-driver.tsx';
import { DriverDrawing } from './driver-drawing.tsx';
import { DriverForm } from './driver-form.tsx';
import { type Drawn, noteOf } from './driver-words.ts';
import { driverPath } from './edits.ts';
import type { Live } from './live.ts';

type Props = {
  drawn: readonly Drawn[];
  correlations: readonly (RankCorrelation | RiskCorrelationDto)[];
  live: Pick<Live, 'propose' | 'settle' | 'cancel'>;
  chosen: string | null;
  onChoose: (driver: string | null) => void;
};

/** What is uncertain: each number with its distribution; the chosen one with everything that is typed about it. */
export function Drivers({ drawn, correlations, live, chosen, onChoose }: Props) {
  const { t } = useText();
  const [isAdding, setAdding] = useState(false);
  return (
    <section className="risk-drivers" aria-label={t('risk.drivers')}>
      <div className="risk-drivers-head">
        <div>
          <h2>{t('risk.drivers')}</h2>
          <p className="sub">{t('risk.drivers.note')}</p>
        </div>
        <IconButton icon="plus" label={t('risk.add')} onClick={() => setAdding(true)} />
      </div>
      <ul>
        {drawn.map((one) => (
          <DriverItem
            key={one.driver.id}
            drawn={one}
            mates={strongest(one.driver.id, correlations)}
            live={live}
            isChosen={one.driver.id === chosen}
            onChoose={onChoose}
          />
        ))}
      </ul>
      {isAdding ? <AddDriver onOpenChange={setAdding} onChoose={onChoose} /> : null}
    </section>
  );
}

/** The correlation of a driver that weighs most. */
function strongest(id: string, correlations: Props['correlations']): number | null {
  const own = correlations
    .filter(({ one, other }) => one === id || other === id)
    .map(({ rho }) => Number(rho));
  return own.reduce<number | null>(
    (most, rho) => (most === null || Math.abs(rho) > Math.abs(most) ? rho : most),
    null,
  );
}

type ItemProps = {
  drawn: Drawn;
  mates: number | null;
  live: Props['live'];
  isChosen: boolean;
  onChoose: Props['onChoose'];
};

const DriverItem = memo(function DriverItem({ drawn, mates, live, isChosen, onChoose }: ItemProps) {
  const { driver, shape, scale, view } = drawn;
  const { t, locale } = useText();
  const told = mates === null ? null : t('risk.rho', { rho: formatScaled(mates, locale, 2) });
  const kind = view?.kind ?? Object.keys(driver.distribution)[0] ?? '';
  return (
    <li className={`risk-driver ${isChosen ? 'risk-driver-chosen' : ''}`} data-driver={driver.id}>
      <button
        type="button"
        className="risk-driver-name"
        aria-expanded={isChosen}
        data-path={driverPath(driver.id)}
        onClick={() => onChoose(isChosen ? null : driver.id)}
      >
        <span className="risk-driver-label">{driver.label}</span>
        <Icon name={isChosen ? 'up' : 'down'} size={13} />
        <span className="sub">{noteOf(shape, kind, scale, told, t)}</span>
      </button>
      <DriverDrawing drawn={drawn} live={live} />
      {view && view.way !== 'fast' ? <Way way={view.way} reason={view.reason} /> : null}
      {isChosen ? <DriverForm drawn={drawn} /> : null}
    </li>
  );
}, isSame);

/** Why paths follow this driver another way than the fast one. */
function Way({ way, reason }: { way: string; reason: string | null }) {
  const { t, maybe } = useText();
  return (
    <p className="sub" title={reason ?? undefined}>
      {maybe(`risk.way.${way}`, t('risk.way.slow'))}
    </p>
  );
}
