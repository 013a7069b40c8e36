import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { commands, type RiskPartyDto, type TwoWayView } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Segmented } from '../../components/segmented.tsx';
import { Select } from '../../components/select.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { IndicesChart } from './charts/indices.tsx';
import { SpiderChart } from './charts/spider.tsx';
import { TornadoChart } from './charts/tornado.tsx';
import { TwoWayChart } from './charts/two-way.tsx';
import type { Drawn } from './driver-words.ts';
import { correlationsOf } from './edits.ts';
import { OUTPUTS, type Output, useOutput } from './outputs.ts';
import { scaled } from './units.ts';
import { useSensitivity } from './use-sensitivity.ts';

type Props = {
  party: RiskPartyDto;
  drawn: readonly Drawn[];
  driver: string | null;
  onDriver: (driver: string, path: string) => void;
};

/** What a result depends on: each input alone, over its range, with all others, and two at once. */
export function Sensitivity({ party, drawn, driver, onDriver }: Props) {
  const { t } = useText();
  const { document } = useDeal();
  const [output, setOutput] = useState<Output>('irr');
  const words = useOutput(output);
  const { sensitivity, comes, fault, retry } = useSensitivity(party.party, output, true);
  const labels = useMemo(
    () => Object.fromEntries(drawn.map(({ driver: one }) => [one.id, one.label])),
    [drawn],
  );
  return (
    <div className="risk-wide">
      <div className="risk-wide-tools">
        <Segmented<Output>
          label={t('risk.output')}
          value={output}
          onChange={setOutput}
          options={OUTPUTS.map((value) => ({ value, label: t(`risk.output.${value}`) }))}
        />
      </div>
      {correlationsOf(document).length > 0 ? <p className="sub risk-note">{t('risk.apart')}</p> : null}
      {fault ? <Fault fault={fault} onRetry={retry} /> : null}
      {!sensitivity && !fault ? <Skeleton label={t('pages.loading')} rows={10} /> : null}
      {sensitivity ? (
        <div className={`risk-two ${comes ? 'risk-comes' : ''}`}>
          <section className="tile" aria-label={t('risk.tornado.title.plain')}>
            <TornadoChart
              sensitivity={sensitivity}
              words={words}
              party={party.label}
              chosen={driver}
              onOpen={onDriver}
            />
          </section>
          <section className="tile" aria-label={t('risk.indices.title.plain')}>
            <IndicesChart indices={sensitivity.indices} labels={labels} output={words.name} />
          </section>
          <section className="tile" aria-label={t('risk.spider.title')}>
            <SpiderChart lines={sensitivity.spider} labels={labels} words={words} />
          </section>
          {drawn.length > 1 ? (
            <section className="tile" aria-label={t('risk.two_way')}>
              <TwoWay party={party} drawn={drawn} output={output} />
            </section>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

type TwoWayProps = { party: RiskPartyDto; drawn: readonly Drawn[]; output: Output };

/** Two inputs at once; which two is chosen above the table. */
function TwoWay({ party, drawn, output }: TwoWayProps) {
  const { t, locale } = useText();
  const { view } = useDeal();
  const words = useOutput(output);
  const [pair, setPair] = useState<readonly [string | null, string | null]>([null, null]);
  const ids = drawn.map(({ driver }) => driver.id);
  const one = ids.find((id) => id === pair[0]) ?? ids[0] ?? '';
  const other = ids.find((id) => id === pair[1] && id !== one) ?? ids.find((id) => id !== one) ?? '';
  const { data, error, refetch } = useQuery({
    queryKey: ['risk-two-way', view.deal, view.revision, one, other, party.party, output],
    queryFn: () => take(commands.viewTwoWay({ deal: view.deal, one, other, party: party.party, output })),
    placeholderData: keepPreviousData<TwoWayView>,
  });
  const of = (id: string) => drawn.find(({ driver }) => driver.id === id);
  const values = (id: string, all: readonly string[]) => {
    const scale = of(id)?.scale;
    return all.map((value) => (scale ? scaled(Number(value), scale, locale) : value));
  };
  const options = drawn.map(({ driver }) => ({ value: driver.id, label: driver.label }));
  if (error instanceof Refusal) return <Fault fault={error} onRetry={() => void refetch()} />;
  return (
    <>
      <div className="terms-pair risk-pair">
        <Select
          label={t('risk.two_way.rows')}
          value={one}
          options={options}
          onChange={(id) => setPair([id, other])}
        />
        <Select
          label={t('risk.two_way.columns')}
          value={other}
          options={options.filter(({ value }) => value !== one)}
          onChange={(id) => setPair([one, id])}
        />
      </div>
      {data ? (
        <TwoWayChart
          table={data}
          rows={values(one, data.rows)}
          columns={values(other, data.columns)}
          one={of(one)?.driver.label ?? one}
          other={of(other)?.driver.label ?? other}
          units={[of(one)?.scale.unit ?? '', of(other)?.scale.unit ?? '']}
          words={words}
        />
      ) : (
        <Skeleton label={t('pages.loading')} rows={7} />
      )}
    </>
  );
}
