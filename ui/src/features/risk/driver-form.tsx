import type { Shape } from '../../charts/distribution/shape.ts';
import { Button } from '../../components/button.tsx';
import { DraftInput } from '../../components/draft-input.tsx';
import { Select } from '../../components/select.tsx';
import { normaliseNumber } from '../../domain/money.ts';
import type { RiskEvent } from '../../domain/risk.ts';
import { useText } from '../../i18n/index.tsx';
import { WordsField } from '../revenue/fields.tsx';
import { type CellValue, useDeal } from '../workspace/desk.tsx';
import {
  asKind,
  type DistributionKind,
  distributionOf,
  KINDS,
  parametersOf,
  withParameter,
} from './distribution.ts';
import { DriverCells } from './driver-cells.tsx';
import type { Drawn } from './driver-words.ts';
import { driverPath, withoutDriver } from './edits.ts';
import { kindOfEvent, unitOfEvent } from './events.ts';
import { Outcomes } from './outcomes.tsx';
import { SampleField } from './sample-field.tsx';
import { type Scale, scaled, unscaled } from './units.ts';

const EFFECTS = ['multiply', 'add', 'replace'] as const;

/** Everything about a driver that is typed: its name, what it changes and how, its numbers in their unit. */
export function DriverForm({ drawn }: { drawn: Drawn }) {
  const { driver, shape, scale } = drawn;
  const { t } = useText();
  const { document, edit, editAll } = useDeal();
  const put = (next: Shape) =>
    void edit(driverPath(driver.id, 'distribution'), distributionOf(next) as unknown as CellValue);
  const kinds = kindsFor(driver.event);
  return (
    <div className="risk-form">
      <WordsField
        label={t('risk.label')}
        value={driver.label}
        required
        onCommit={(label) => label !== null && void edit(driverPath(driver.id, 'label'), label)}
      />
      {shape && kinds.length > 1 ? (
        <Select
          label={t('risk.kind')}
          value={shape.kind}
          options={kinds.map((kind) => ({ value: kind, label: t(`risk.kind.${kind}`) }))}
          onChange={(kind) => put(asKind(shape, kind as DistributionKind))}
        />
      ) : null}
      {driver.event ? null : (
        <Select
          label={t('risk.effect')}
          value={driver.effect ?? 'multiply'}
          options={EFFECTS.map((one) => ({ value: one, label: t(`risk.effect.${one}`) }))}
          onChange={(chosen) =>
            void edit(driverPath(driver.id, 'effect'), chosen === 'multiply' ? null : chosen)
          }
        />
      )}
      {shape ? (
        <div className="risk-numbers">
          {parametersOf(shape).map(({ id, value }) => (
            <NumberField
              key={id}
              label={t(`risk.parameter.${id}` as 'risk.parameter.low')}
              value={value}
              scale={
                id === 'miss' || id === 'chance'
                  ? { per: 0.01, decimals: 1, unit: t('risk.unit.percent') }
                  : scale
              }
              check={(typed) => withParameter(shape, id, typed)}
              onCommit={put}
            />
          ))}
        </div>
      ) : null}
      {shape?.kind === 'discrete' ? (
        <Outcomes driver={driver.id} outcomes={shape.outcomes} scale={scale} onChange={put} />
      ) : null}
      {shape?.kind === 'empirical' ? (
        <SampleField values={shape.values} scale={scale} onChange={put} />
      ) : null}
      {driver.event ? null : <DriverCells driver={driver} />}
      <Button icon="trash" look="quiet" onClick={() => void editAll(withoutDriver(document, driver.id))}>
        {t('risk.remove')}
      </Button>
    </div>
  );
}

/** What suits what is drawn: yes or no, a whole number, or any number. */
function kindsFor(event: RiskEvent | undefined): readonly DistributionKind[] {
  const kind = event ? kindOfEvent(event) : null;
  if (kind === 'buyer_default' || kind === 'credit_award') return ['chance'];
  if (event && unitOfEvent(event) !== 'rate') return ['discrete'];
  return KINDS.filter((one) => one !== 'chance');
}

type NumberProps = {
  label: string;
  value: number;
  scale: Scale;
  check: (typed: number) => Shape | 'order' | 'positive' | 'share';
  onCommit: (shape: Shape) => void;
};

/** A number of a distribution in its unit; numbers that contradict each other are refused. */
export function NumberField({ label, value, scale, check, onCommit }: NumberProps) {
  const { t, locale } = useText();
  return (
    <DraftInput<Shape>
      label={label}
      after={scale.unit}
      text={scaled(value, { ...scale, decimals: 6 }, locale)}
      onCommit={onCommit}
      parse={(text) => {
        const plain = normaliseNumber(text, locale);
        if (plain === null) return { error: t('field.number.invalid') };
        const next = check(unscaled(plain, scale));
        return typeof next === 'string' ? { error: t(`risk.wrong.${next}`) } : { value: next };
      }}
    />
  );
}
