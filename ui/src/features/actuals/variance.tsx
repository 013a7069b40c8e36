import { useState } from 'react';
import type { ActualSourceDto, ActualsView } from '../../api/bindings.ts';
import { Select } from '../../components/select.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { ActualsChart, quarterName } from './chart.tsx';
import { RestChoice } from './rest.tsx';
import { ComparedCells } from './told.tsx';

const ALL = '*';

/** Estimate against receipts: drawn by quarter, and by source as far as statements reach. */
export function VarianceTile({ actuals }: { actuals: ActualsView }) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const [asked, setAsked] = useState(ALL);
  const shown = actuals.sources.find((one) => one.source === asked) ?? null;
  if (!actuals.total) return null;
  const last =
    actuals.sources
      .map((one) => one.covered_to)
      .sort()
      .at(-1) ?? '';
  return (
    <>
      <Tile
        title={t('actuals.chart')}
        tools={
          actuals.sources.length > 1 ? (
            <div className="actuals-about">
              <Select
                label={t('actuals.chart.about')}
                hideLabel
                value={shown ? asked : ALL}
                options={[
                  { value: ALL, label: t('actuals.chart.all') },
                  ...actuals.sources.map((one) => ({ value: one.source, label: one.label })),
                ]}
                onChange={setAsked}
              />
            </div>
          ) : null
        }
        span={7}
        edge
      >
        <ActualsChart
          quarters={shown ? shown.quarters : actuals.quarters}
          currency={document.currency}
          about={shown ? shown.label : t('actuals.chart.all')}
          coveredTo={formatDate(shown ? shown.covered_to : last, locale)}
        />
      </Tile>
      <Tile
        title={t('actuals.by_source')}
        note={t('actuals.by_source.note', { currency: document.currency })}
        span={5}
        edge
      >
        <TableRegion label={t('actuals.table.sources')}>
          <Heads />
          <tbody>
            {actuals.sources.map((one) => (
              <SourceRows key={one.source} source={one} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>{t('actuals.total')}</td>
              <ComparedCells compared={actuals.total} />
            </tr>
          </tfoot>
        </TableRegion>
      </Tile>
    </>
  );
}

function Heads() {
  const { t } = useText();
  return (
    <thead>
      <tr>
        <th scope="col">{t('actuals.source')}</th>
        <th scope="col" className="num">
          {t('actuals.received')}
        </th>
        <th scope="col" className="num">
          {t('actuals.expected')}
        </th>
        <th scope="col" className="num">
          {t('actuals.variance')}
        </th>
      </tr>
    </thead>
  );
}

/** A source, what happens with the rest of its estimate, and its quarters when they are asked for. */
function SourceRows({ source }: { source: ActualSourceDto }) {
  const { t, locale } = useText();
  const [isOpen, setOpen] = useState(false);
  const pattern = t('revenue.quarter');
  const quarters = source.quarters.filter((one) => one.compared !== null);
  return (
    <>
      <tr>
        <td className="text">
          <button
            type="button"
            className="actuals-toggle"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {source.label}
          </button>
          <span className="sub actuals-days">
            {t('actuals.covered', {
              from: formatDate(source.covered_from, locale),
              to: formatDate(source.covered_to, locale),
            })}
          </span>
        </td>
        <ComparedCells compared={source.compared} />
      </tr>
      {isOpen ? (
        <>
          {quarters.map((one) => (
            <tr key={one.quarter} className="actuals-quarter">
              <td>{quarterName(one.quarter, pattern)}</td>
              <ComparedCells compared={one.compared} />
            </tr>
          ))}
          <tr className="actuals-quarter">
            <td colSpan={4}>
              <RestChoice source={source} />
            </td>
          </tr>
        </>
      ) : null}
    </>
  );
}
