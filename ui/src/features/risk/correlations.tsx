import { useMemo, useRef, useState } from 'react';
import type { RiskCorrelationDto } from '../../api/bindings.ts';
import { type MatrixData, pairOf } from '../../charts/correlation-matrix/layout.ts';
import { DraftInput } from '../../components/draft-input.tsx';
import { Slider } from '../../components/slider.tsx';
import { EmptyState } from '../../components/states.tsx';
import { formatScaled, normaliseNumber } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { MatrixChart } from './charts/matrix.tsx';
import { correlated, correlationsOf, driversOf } from './edits.ts';
import type { Live } from './live.ts';

type Props = { live: Live };

const STEP = 0.05;
/** How long after the last key what was tried is typed. */
const PAUSE = 900;

/** How the uncertain numbers move together. */
export function Correlations({ live }: Props) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const [chosen, setChosen] = useState<{ one: string; other: string } | null>(null);
  const editor = useRef<HTMLDivElement>(null);
  const inputs = driversOf(live.document);
  const typed = correlationsOf(live.document);
  const used: readonly RiskCorrelationDto[] = live.view?.correlations ?? [];
  const data = useMemo<MatrixData>(() => matrixOf(inputs, typed, used), [inputs, typed, used]);
  if (inputs.length < 2)
    return <EmptyState title={t('risk.matrix.none')} note={t('risk.matrix.none.note')} />;
  const pair = chosen ?? { one: inputs[1]?.id ?? '', other: inputs[0]?.id ?? '' };
  const rhoOf = (one: string, other: string) => pairOf(data.pairs, one, other)?.typed ?? 0;
  const propose = (one: string, other: string, rho: number) =>
    live.propose([correlated(document, one, other, rho)]);
  const name = (id: string) => inputs.find((one) => one.id === id)?.label ?? id;
  const rho = rhoOf(pair.one, pair.other);
  const now = pairOf(data.pairs, pair.one, pair.other);
  const told = (value: number) => formatScaled(value, locale, 2);
  const isRepaired = live.view?.repaired ?? false;
  return (
    <div className="risk-wide tile">
      <MatrixChart
        data={data}
        isRepaired={isRepaired}
        chosen={pair}
        pathOf={(one, other) => pathOf(typed, one, other)}
        onChoose={(one, other) => setChosen({ one, other })}
        onStep={(one, other, steps) => {
          propose(one, other, rhoOf(one, other) + steps * STEP);
          live.settle(PAUSE);
        }}
        onType={(one, other) => {
          setChosen({ one, other });
          editor.current?.querySelector('input')?.focus();
        }}
      />
      <div className="risk-rho" ref={editor}>
        <h3>{t('risk.matrix.with', { one: name(pair.one), other: name(pair.other) })}</h3>
        <DraftInput<number>
          key={`${pair.one}:${pair.other}`}
          label={t('risk.matrix.field')}
          text={told(rho)}
          parse={(text) => {
            const plain = normaliseNumber(text, locale);
            const value = Number(plain);
            return plain === null || Math.abs(value) > 1 ? { error: t('risk.wrong.rho') } : { value };
          }}
          onCommit={(value) => {
            propose(pair.one, pair.other, value);
            live.settle();
          }}
        />
        <Slider
          label={t('risk.matrix.slider')}
          value={Math.round(rho * 100)}
          min={-100}
          max={100}
          step={5}
          valueText={told(rho)}
          onChange={(value) => propose(pair.one, pair.other, value / 100)}
          onCommit={() => live.settle()}
        />
        {now && now.used !== null && now.typed !== null && Math.abs(now.used - now.typed) >= 0.005 ? (
          <p className="risk-repaired" data-path={pathOf(typed, pair.one, pair.other)}>
            {t('risk.matrix.repaired', { used: told(now.used) })}
          </p>
        ) : null}
        <p className="sub">{t('risk.matrix.keys')}</p>
      </div>
    </div>
  );
}

type Typed = ReturnType<typeof correlationsOf>;

function pathOf(typed: Typed, one: string, other: string): string {
  const known = typed.find(
    (pair) => (pair.one === one && pair.other === other) || (pair.one === other && pair.other === one),
  );
  return known ? `risk.correlations[${known.id}].rho` : 'risk.correlations';
}

function matrixOf(
  inputs: ReturnType<typeof driversOf>,
  typed: Typed,
  used: readonly RiskCorrelationDto[],
): MatrixData {
  const pairs = typed.map(({ one, other, rho }) => {
    const same = used.find((pair) => pair.one === one && pair.other === other);
    // What is used is known of what was typed when it was computed, not of what is typed since.
    const isOld = same !== undefined && Number(same.rho) !== Number(rho);
    return { one, other, typed: Number(rho), used: same && !isOld ? Number(same.used) : null };
  });
  return { inputs: inputs.map(({ id, label }) => ({ id, label })), pairs };
}
