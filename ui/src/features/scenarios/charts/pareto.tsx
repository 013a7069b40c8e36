import { memo, useMemo } from 'react';
import { ChartFrame } from '../../../charts/kernel/frame.tsx';
import type { ParetoData, ParetoPoint } from '../../../charts/pareto/data.ts';
import { classEdges } from '../../../charts/pareto/layout.ts';
import { toneOf } from '../../../charts/pareto/paint.ts';
import { type ParetoTexts, ParetoView } from '../../../charts/pareto/view.tsx';
import { useToast } from '../../../components/toast.tsx';
import { type Translate, useText } from '../../../i18n/index.tsx';
import { useFrameTexts } from '../../charts/texts.ts';
import { betterOf, type MeasureKey, measureName, measureText, unitName } from '../measures.ts';

export type ParetoAxes = { x: MeasureKey; y: MeasureKey; third: MeasureKey | null };

/** A deal on the plane, with what it is called whether or not its name is drawn. */
export type Plotted = ParetoPoint & {
  label: string;
  /** Where its values stand in the book: across, upwards, colour. */
  addresses: readonly (string | undefined)[];
};

type Props = {
  points: readonly Plotted[];
  axes: ParetoAxes;
  currency: string;
  title: string;
  /** Deals without a value on an axis. */
  left: number;
  chosen: ReadonlySet<string>;
  onChoose: (ids: readonly string[]) => void;
  onOpen: (id: string) => void;
  width?: number;
  height?: number;
};

/** Above this many rows the table names what is on the frontier, known by name or chosen. */
const MOST_ROWS = 500;

/** Two measures of every deal against each other, a third as colour, and the line of those that nobody beats. */
export const ParetoChart = memo(function ParetoChart(props: Props) {
  const { points, axes, currency, title, left, chosen, onChoose, onOpen, width, height = 330 } = props;
  const { t, locale } = useText();
  const texts = useFrameTexts();
  const notify = useToast();
  const { x, y, third } = axes;
  const data = useMemo<ParetoData>(
    () => ({ points, x: betterOf(x), y: betterOf(y), third: third ? betterOf(third) : null }),
    [points, x, y, third],
  );
  const places = useMemo(() => new Map(points.map(({ id }, place) => [id, place])), [points]);
  const marked = useMemo(() => new Set([...chosen].flatMap((id) => places.get(id) ?? [])), [chosen, places]);
  const value = (measure: MeasureKey, number: number) => measureText(measure, number, locale, t);
  const listed = points.length > MOST_ROWS ? points.filter((one) => isListed(one, chosen)) : points;
  const efficient = points.filter(({ isEfficient }) => isEfficient).length;
  const columns = [x, y, ...(third ? [third] : [])];
  const named = (measure: MeasureKey) => {
    const unit = unitName(measure, currency, t);
    return unit === '' ? measureName(measure, t) : `${measureName(measure, t)}, ${unit}`;
  };
  const view: ParetoTexts = {
    title,
    summary: t('scenarios.pareto.keys'),
    zoomIn: t('scenarios.pareto.zoom_in'),
    zoomOut: t('scenarios.pareto.zoom_out'),
    fit: t('scenarios.pareto.fit'),
    tools: t('scenarios.pareto.tools'),
    tool: (tool) => t(`scenarios.pareto.${tool}`),
    x: (number) => value(x, number),
    y: (number) => value(y, number),
    xName: betterOf(x) === 'lower' ? `← ${named(x)}` : `${named(x)} →`,
    point: (place) => pointText(points[place], columns, t, value),
    card: (place) => <PointCard point={points[place]} measures={columns} />,
  };
  return (
    <ChartFrame
      description={{
        title,
        summary: [
          t('scenarios.pareto.summary', { count: points.length, frontier: efficient }),
          listed.length < points.length ? t('scenarios.pareto.listed', { count: listed.length }) : '',
          left > 0 ? t('scenarios.pareto.left', { count: left }) : '',
        ].join(' '),
        columns: [t('scenarios.deal'), ...columns.map(named), t('scenarios.pareto.stands')],
        rows: listed.map((point) => [
          point.label,
          ...[point.x, point.y, ...(third ? [point.third] : [])].map((number, at) =>
            number === null
              ? t('na')
              : { text: value(columns[at] ?? x, number), address: point.addresses[at] },
          ),
          point.isEfficient ? t('scenarios.pareto.on') : t('scenarios.pareto.behind'),
        ]),
      }}
      subtitle={t('scenarios.pareto.subtitle', { y: named(y), x: named(x) })}
      texts={texts}
      notify={notify}
      initialWidth={width ?? 440}
      render={(available) => (
        <>
          <ParetoView
            data={data}
            width={available}
            height={height}
            chosen={marked}
            onChoose={(at) => onChoose(at.flatMap((place) => points[place]?.id ?? []))}
            onOpen={(place) => {
              const point = points[place];
              if (point) onOpen(point.id);
            }}
            texts={view}
          />
          {third ? <Legend points={points} third={third} title={named(third)} /> : null}
        </>
      )}
    />
  );
});

const isListed = (point: Plotted, chosen: ReadonlySet<string>): boolean =>
  point.isEfficient || point.name !== null || chosen.has(point.id);

function valuesOf(point: Plotted): readonly (number | null)[] {
  return [point.x, point.y, point.third];
}

function pointText(
  point: Plotted | undefined,
  measures: readonly MeasureKey[],
  t: Translate,
  value: (measure: MeasureKey, number: number) => string,
): string {
  if (!point) return '';
  const numbers = valuesOf(point);
  const told = measures.map((measure, at) => {
    const number = numbers[at] ?? null;
    return `${measureName(measure, t)} ${number === null ? t('na') : value(measure, number)}`;
  });
  const stands = point.isEfficient ? t('scenarios.pareto.on') : t('scenarios.pareto.behind');
  return [point.label, ...told, stands].join(', ');
}

function PointCard({ point, measures }: { point: Plotted | undefined; measures: readonly MeasureKey[] }) {
  const { t, locale } = useText();
  if (!point) return null;
  const numbers = valuesOf(point);
  return (
    <>
      <p className="flow-card-title">{point.label}</p>
      <dl>
        {measures.map((measure, at) => {
          const number = numbers[at] ?? null;
          return (
            <div key={measure}>
              <dt>{measureName(measure, t)}</dt>
              <dd data-address={point.addresses[at]}>
                {number === null ? t('na') : measureText(measure, number, locale, t)}
              </dd>
            </div>
          );
        })}
      </dl>
    </>
  );
}

type LegendProps = { points: readonly Plotted[]; third: MeasureKey; title: string };

/** From the worst class to the best. */
function Legend({ points, third, title }: LegendProps) {
  const { t, locale } = useText();
  const edges = classEdges(points.map((point) => point.third));
  if (edges.length === 0) return null;
  const text = (edge: number | undefined) => (edge === undefined ? '' : measureText(third, edge, locale, t));
  const ranges = [
    t('scenarios.pareto.below', { edge: text(edges[0]) }),
    ...edges.slice(1).map((edge, at) => `${text(edges[at])}–${text(edge)}`),
    t('scenarios.pareto.from', { edge: text(edges.at(-1)) }),
  ];
  const worstFirst = betterOf(third) === 'higher' ? ranges : [...ranges].reverse();
  return (
    <ul className="pareto-legend" aria-label={title}>
      <li>{title}</li>
      {worstFirst.map((range, at) => (
        <li key={range}>
          <svg viewBox="0 0 11 11" aria-hidden="true">
            <circle
              className={`pareto-points pareto-${toneOf(at, edges.length)}`}
              cx={5.5}
              cy={5.5}
              r={4.5}
            />
          </svg>
          {range}
        </li>
      ))}
    </ul>
  );
}
