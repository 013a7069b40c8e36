import { type KeyboardEvent, useMemo, useRef } from 'react';
import { fitted } from '../kernel/measure.ts';
import type { Interaction } from '../kernel/types.ts';
import { type FlowData, flowAddress, pathThrough } from './data.ts';
import { drawnTogether, type NodeBox, type Ribbon, type SankeyGeometry } from './layout.ts';
import { useMoves } from './moving.ts';
import type { Slots } from './slots.ts';

/** Above the stations: what each column is. */
export const HEAD = 22;

type Props = {
  data: FlowData;
  slots: Slots;
  geometry: SankeyGeometry;
  period: number;
  /** What the columns are called, from the left. */
  heads: readonly string[];
  /** The station or stream that is looked at. */
  lit: string | null;
  onLight: (id: string | null) => void;
  interaction: Interaction;
  names: {
    /** Of a stream: whence, whither, how much, which part of what leaves there. */
    stream: (ribbon: Ribbon) => string;
    /** Of a station that can be opened. */
    opens: (box: NodeBox) => string;
  };
};

export function SankeyView(props: Props) {
  const { data, slots, geometry, period, heads, lit, interaction } = props;
  const root = useRef<SVGGElement>(null);
  const drawn = useMemo(() => drawnTogether(data, slots), [data, slots]);
  const path = useMemo(() => (lit === null ? null : pathThrough(data, lit)), [data, lit]);
  const litStreams = useMemo(
    () => (path ? new Set([...path].map((link) => `${link.source}>${link.target}`)) : null),
    [path],
  );
  useMoves(root, slots, drawn, period);
  const byId = new Map(geometry.ribbons.map((ribbon) => [ribbon.id, ribbon]));
  const look = (ids: readonly string[]) =>
    litStreams ? (ids.some((id) => litStreams.has(id)) ? 'ribbon-lit' : 'ribbon-dim') : '';
  const open = (id: string) => interaction.onOpen(flowAddress(data, id, period));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys walk the marks inside
    <g
      ref={root}
      transform={`translate(0 ${HEAD})`}
      onKeyDown={(event) => walkStreams(event, data)}
      onMouseLeave={() => props.onLight(null)}
    >
      {heads.map((head, at) => (
        <text key={head} className="tick" x={geometry.columnX[at] ?? 0} y={-HEAD + 10}>
          {
            fitted(
              head,
              (geometry.columnX[at + 1] ?? geometry.width) - (geometry.columnX[at] ?? 0) - 6,
              10.5,
              1,
            )[0]
          }
        </text>
      ))}
      {drawn.map(({ key, kind, ids }) => {
        const ribbon = ids.length === 1 ? byId.get(key) : undefined;
        const shape = (
          <path
            key={key}
            data-stream={key}
            className={`ribbon fill-${kind} ${look(ids)}`}
            style={{ stroke: 'none' }}
            d={ids.map((id) => byId.get(id)?.path ?? '').join('')}
          />
        );
        return ribbon ? (
          <StreamMark key={key} ribbon={ribbon} props={props} onOpen={() => open(key)}>
            {shape}
          </StreamMark>
        ) : (
          shape
        );
      })}
      {geometry.nodes.map((box, at) => (
        <StationMark
          key={box.node.id}
          box={box}
          first={at === 0}
          props={props}
          onOpen={() => open(box.node.id)}
        />
      ))}
    </g>
  );
}

type MarkProps = { props: Props; onOpen: () => void };

function StreamMark({
  ribbon,
  props,
  onOpen,
  children,
}: MarkProps & { ribbon: Ribbon; children: React.ReactNode }) {
  const { data, period, interaction, onLight } = props;
  const address = flowAddress(data, ribbon.id, period);
  return (
    <g
      className={`mark mark-button mark-stream ${interaction.openAddress === address ? 'mark-open' : ''}`}
      role="button"
      aria-label={props.names.stream(ribbon)}
      data-mark=""
      data-stream-mark={ribbon.id}
      data-address={address}
      tabIndex={-1}
      onClick={onOpen}
      onMouseEnter={() => onLight(ribbon.id)}
      onFocus={() => onLight(ribbon.id)}
      onBlur={() => onLight(null)}
      onKeyDown={(event) => pressed(event, onOpen)}
    >
      {children}
    </g>
  );
}

function StationMark({ box, first, props, onOpen }: MarkProps & { box: NodeBox; first: boolean }) {
  const { data, period, interaction, onLight, names } = props;
  const address = flowAddress(data, box.node.id, period);
  const said = `${box.name.lines.join(' ')} ${box.amountText}`;
  const whole = box.name.lines.join(' ') === box.node.label ? said : `${said}, ${box.node.label}`;
  return (
    <g
      className={`mark mark-button mark-station ${interaction.openAddress === address ? 'mark-open' : ''}`}
      role="button"
      aria-label={box.node.opens ? `${whole}, ${names.opens(box)}` : whole}
      data-mark=""
      data-station-mark={box.node.id}
      data-address={address}
      tabIndex={first ? 0 : -1}
      onClick={onOpen}
      onMouseEnter={() => onLight(box.node.id)}
      onFocus={() => onLight(box.node.id)}
      onBlur={() => onLight(null)}
      onKeyDown={(event) => pressed(event, onOpen)}
    >
      <g aria-hidden="true">
        {/* A station a pixel high is as easy to hit as its name. */}
        <rect
          className="hit"
          x={box.x}
          y={box.labelY - Math.max(box.height / 2, 8)}
          width={Math.max(box.labelX - box.x + 40, 24)}
          height={Math.max(box.height, 16)}
        />
        <rect
          data-station={box.node.id}
          className={`mark-shape fill-${box.node.kind} ${box.isIdle ? 'station-idle' : ''}`}
          x={box.x}
          y={box.y}
          width={box.width}
          height={box.height}
        />
        <StationName box={box} />
      </g>
    </g>
  );
}

function StationName({ box }: { box: NodeBox }) {
  const { lines, inline } = box.name;
  const rows = lines.length + (inline ? 0 : 1);
  const top = box.labelY - ((rows - 1) * 13) / 2 + 4;
  const look = box.isIdle ? 'halo idle' : 'label halo';
  return (
    <>
      {/* The breaks keep one text apart from the next where the words of the drawing are read as one. */}
      {lines.flatMap((line, at) => [
        <text key={line} className={look} x={box.labelX} y={top + at * 13}>
          {line}{' '}
          {inline && at === lines.length - 1 ? (
            <tspan className="amount" dx={2}>
              {box.amountText}
            </tspan>
          ) : null}
        </text>,
        '\n',
      ])}
      {inline ? null : (
        <text className="halo" x={box.labelX} y={top + lines.length * 13}>
          {box.amountText}
        </text>
      )}
      {'\n'}
    </>
  );
}

function pressed(event: KeyboardEvent, run: () => void): void {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  event.preventDefault();
  event.stopPropagation();
  run();
}

/**
 * Left and right follow the money: from a station to its largest stream and on to the next station; up and down walk
 * the column, or the streams of one station.
 */
function walkStreams(event: KeyboardEvent<SVGGElement>, data: FlowData): void {
  const here = (event.target as Element).closest<SVGGElement>('[data-mark]');
  const next = here ? neighbour(event.key, here, data) : null;
  if (!here || !next) return;
  const mark = [...event.currentTarget.querySelectorAll<SVGGElement>('[data-mark]')].find(
    (one) => one.dataset.stationMark === next || one.dataset.streamMark === next,
  );
  event.preventDefault();
  event.stopPropagation();
  if (!mark) return;
  for (const one of event.currentTarget.querySelectorAll('[data-mark][tabindex="0"]'))
    one.setAttribute('tabindex', '-1');
  mark.setAttribute('tabindex', '0');
  mark.focus();
}

function neighbour(key: string, here: SVGGElement, data: FlowData): string | null {
  const stream = here.dataset.streamMark;
  const station = here.dataset.stationMark;
  const sideways = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  const upright = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  if (sideways === 0 && upright === 0) return null;
  const root = here.closest('svg');
  const idsOf = (name: string) =>
    [...(root?.querySelectorAll<SVGGElement>(`[data-${name}]`) ?? [])].map(
      (one) => one.getAttribute(`data-${name}`) ?? '',
    );
  const drawn = new Set(idsOf('stream-mark'));
  const links = data.links.filter((link) => drawn.has(`${link.source}>${link.target}`));
  const id = (link: (typeof links)[number]) => `${link.source}>${link.target}`;
  if (stream) {
    const at = links.find((link) => id(link) === stream);
    if (!at) return stream;
    if (sideways !== 0) return sideways > 0 ? at.target : at.source;
    const beside = links.filter((link) => link.source === at.source);
    return id(beside[beside.indexOf(at) + upright] ?? at);
  }
  if (!station) return null;
  if (sideways !== 0) {
    const side = sideways > 0 ? 'source' : 'target';
    const largest = links
      .filter((link) => link[side] === station)
      .sort((a, b) => (b.amounts.at(-1)?.minor ?? 0) - (a.amounts.at(-1)?.minor ?? 0))[0];
    return largest ? id(largest) : station;
  }
  const column = data.nodes.find((node) => node.id === station)?.column;
  const inColumn = idsOf('station-mark').filter(
    (one) => data.nodes.find((node) => node.id === one)?.column === column,
  );
  return inColumn[inColumn.indexOf(station) + upright] ?? station;
}
