import { type KeyboardEvent, type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react';
import { MANY, type ParetoData, type Sight } from './data.ts';
import { DIAMOND } from './labels.ts';
import { classEdges, paretoLayout } from './layout.ts';
import { Painted } from './painted.tsx';
import { stepped } from './pick.ts';
import { Points } from './points.tsx';
import { panned, towards, wholeSight, zoomed } from './sight.ts';
import { TOOLS, type Tool, useHand } from './use-hand.ts';

export type ParetoTexts = {
  title: string;
  summary: string;
  zoomIn: string;
  zoomOut: string;
  fit: string;
  tools: string;
  tool: (tool: Tool) => string;
  x: (value: number) => string;
  y: (value: number) => string;
  xName: string;
  /** Of a point: its name and its values in words. */
  point: (place: number) => string;
  /** What floats beside the point that is looked at. */
  card: (place: number) => ReactNode;
};

type Props = {
  data: ParetoData;
  width: number;
  height: number;
  /** Places of the points that are chosen; none means that nothing is. */
  chosen: ReadonlySet<number>;
  onChoose: (places: readonly number[]) => void;
  onOpen: (place: number) => void;
  texts: ParetoTexts;
};

/** Two things against each other: looked at, zoomed, moved, drawn around with a pointer or with keys. */
export function ParetoView({ data, width, height, chosen, onChoose, onOpen, texts }: Props) {
  const svg = useRef<SVGSVGElement>(null);
  const whole = useMemo(() => wholeSight(data.points), [data]);
  const [seen, setSeen] = useState<{ of: Sight; sight: Sight }>({ of: whole, sight: whole });
  // Other data are seen whole first.
  const sight = seen.of === whole ? seen.sight : whole;
  const setSight = (next: Sight) => setSeen({ of: whole, sight: next });
  const [tool, setTool] = useState<Tool>('pan');
  const [looked, setLooked] = useState<number | null>(null);
  const [at, setAt] = useState(() => firstPlace(data));
  const [hasFocus, setFocus] = useState(false);
  const geometry = useMemo(() => paretoLayout(data, sight, { width, height }), [data, sight, width, height]);
  const edges = useMemo(() => classEdges(data.points.map(({ third }) => third)).length, [data]);
  const marked = chosen.size > 0 ? chosen : null;
  const isMany = data.points.length > MANY;
  // Nobody sees the drawn form of many points: it follows once the hand rests.
  const rested = useDeferredValue(geometry);
  const current = Math.min(at, Math.max(data.points.length - 1, 0));
  const hand = useHand({
    svg,
    geometry,
    sight,
    whole,
    tool,
    onSight: setSight,
    onLook: setLooked,
    onOpen: (place) => {
      setAt(place);
      onOpen(place);
    },
    onChoose,
  });
  const middle = {
    x: (sight.x[0] + sight.x[1]) / 2,
    y: (sight.y[0] + sight.y[1]) / 2,
  };
  const zoomBy = (factor: number) => setSight(zoomed(sight, whole, factor, middle));
  const goTo = (place: number) => {
    const point = data.points[place];
    if (!point) return;
    setAt(place);
    setSight(towards(sight, whole, point));
  };
  const key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { x: (sight.x[1] - sight.x[0]) / 8, y: (sight.y[1] - sight.y[0]) / 8 };
    const next = event.shiftKey ? null : stepped(geometry, current, event.key);
    if (next !== null) goTo(next);
    else if (event.key === 'Home') goTo(firstPlace(data));
    else if (event.key === 'End') goTo(lastPlace(data));
    else if (event.key === '+' || event.key === '=') zoomBy(1.4);
    else if (event.key === '-') zoomBy(1 / 1.4);
    else if (event.key === '0') setSight(whole);
    else if (event.shiftKey && event.key in SHIFTED) {
      const [x, y] = SHIFTED[event.key] ?? [0, 0];
      setSight(panned(sight, whole, { x: x * step.x, y: y * step.y }));
    } else if (event.key === 'Enter') onOpen(current);
    else if (event.key === ' ')
      onChoose(chosen.has(current) ? [...chosen].filter((one) => one !== current) : [...chosen, current]);
    else if (event.key === 'Escape' && (hand.drag || marked)) {
      hand.drop();
      onChoose([]);
    } else if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
  };
  const shown = looked ?? (hasFocus ? current : null);
  const { frame } = geometry;
  return (
    <div className={`pareto pareto-tool-${tool}`}>
      <div className="pareto-plane">
        {isMany ? <Painted data={data} geometry={geometry} edges={edges} chosen={marked} /> : null}
        <svg
          ref={svg}
          viewBox={`0 0 ${width} ${height}`}
          role="group"
          aria-label={texts.title}
          aria-description={texts.summary}
          {...hand.handlers}
        >
          <g className={isMany ? 'pareto-unseen' : ''} aria-hidden="true">
            <Points data={data} geometry={isMany ? rested : geometry} edges={edges} chosen={marked} />
          </g>
          <Axes geometry={geometry} texts={texts} />
          <Inside frame={frame}>
            <path className="pareto-frontier" d={geometry.frontier} />
          </Inside>
          {geometry.labels.map((label) => (
            <g
              key={label.id}
              className={`pareto-named ${marked && !marked.has(label.place) ? 'pareto-dim' : ''}`}
              aria-hidden="true"
            >
              <path
                className={label.isNow ? 'pareto-diamond pareto-now' : 'pareto-diamond'}
                d={diamond(label)}
              />
              {label.text ? (
                <text className="label halo" x={label.text.x} y={label.text.y} textAnchor={label.text.anchor}>
                  {label.text.words}
                </text>
              ) : null}
            </g>
          ))}
          <Traced line={hand.line} tool={hand.drag?.tool ?? null} />
          {data.points.length === 0 ? null : (
            <g
              className="mark mark-button pareto-at"
              role="button"
              data-mark=""
              tabIndex={0}
              aria-label={texts.point(current)}
              aria-pressed={chosen.has(current)}
              onFocus={() => setFocus(true)}
              onBlur={() => setFocus(false)}
              onKeyDown={key}
            >
              <circle
                className="mark-shape pareto-ring"
                cx={geometry.at.x[shown ?? current] ?? 0}
                cy={geometry.at.y[shown ?? current] ?? 0}
                r={shown === null ? 0 : 8.5}
              />
            </g>
          )}
        </svg>
        {shown === null || hand.drag ? null : (
          <Card geometry={geometry} place={shown}>
            {texts.card(shown)}
          </Card>
        )}
      </div>
      <p className="visually-hidden" aria-live="polite">
        {hasFocus ? texts.point(current) : ''}
      </p>
      <div className="pareto-tools">
        <div className="pareto-modes" role="group" aria-label={texts.tools}>
          {TOOLS.map((one) => (
            <button
              key={one}
              type="button"
              className="plan-tool plan-tool-wide"
              aria-pressed={one === tool}
              onClick={() => setTool(one)}
            >
              {texts.tool(one)}
            </button>
          ))}
        </div>
        <button type="button" className="plan-tool" aria-label={texts.zoomIn} onClick={() => zoomBy(1.4)}>
          {'+'}
        </button>
        <button
          type="button"
          className="plan-tool"
          aria-label={texts.zoomOut}
          onClick={() => zoomBy(1 / 1.4)}
        >
          {'−'}
        </button>
        <button type="button" className="plan-tool plan-tool-wide" onClick={() => setSight(whole)}>
          {texts.fit}
        </button>
      </div>
    </div>
  );
}

const SHIFTED: Record<string, readonly [number, number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Where the keys begin: the first deal with a name, else the first of all. */
function firstPlace({ points }: ParetoData): number {
  return Math.max(
    points.findIndex(({ name }) => name !== null),
    0,
  );
}

function lastPlace({ points }: ParetoData): number {
  const last = points.findLastIndex(({ name }) => name !== null);
  return last < 0 ? Math.max(points.length - 1, 0) : last;
}

function diamond({ x, y }: { x: number; y: number }): string {
  return `M${x},${y - DIAMOND}L${x + DIAMOND},${y}L${x},${y + DIAMOND}L${x - DIAMOND},${y}Z`;
}

type Geometry = ReturnType<typeof paretoLayout>;

function Axes({ geometry, texts }: { geometry: Geometry; texts: ParetoTexts }) {
  const { frame, height } = geometry;
  return (
    <>
      {geometry.yTicks.map((tick) => (
        <text key={tick.value} className="tick" x={frame.left - 7} y={tick.at + 4} textAnchor="end">
          {texts.y(tick.value)}
        </text>
      ))}
      {geometry.xTicks.map((tick) => (
        <text key={tick.value} className="tick" x={tick.at} y={frame.bottom + 15} textAnchor="middle">
          {texts.x(tick.value)}
        </text>
      ))}
      <text className="tick" x={frame.right} y={height - 4} textAnchor="end">
        {texts.xName}
      </text>
    </>
  );
}

/** What leaves the frame is cut at its edge, by a drawing of its own. */
function Inside({ frame, children }: { frame: Geometry['frame']; children: ReactNode }) {
  const [width, height] = [frame.right - frame.left, frame.bottom - frame.top];
  return (
    <svg
      x={frame.left}
      y={frame.top}
      width={width}
      height={height}
      viewBox={`${frame.left} ${frame.top} ${width} ${height}`}
      overflow="hidden"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

/** What the hand draws around points just now. */
function Traced({ line, tool }: { line: readonly (readonly [number, number])[]; tool: Tool | null }) {
  if (tool === null || tool === 'pan' || line.length < 2) return null;
  const [from = [0, 0], to = [0, 0]] = [line[0], line.at(-1)];
  const path =
    tool === 'lasso'
      ? `M${line.map(([x, y]) => `${x},${y}`).join('L')}Z`
      : `M${from[0]},${from[1]}H${to[0]}V${to[1]}H${from[0]}Z`;
  return <path className="pareto-traced" d={path} />;
}

function Card({ geometry, place, children }: { geometry: Geometry; place: number; children: ReactNode }) {
  const [x, y] = [geometry.at.x[place] ?? 0, geometry.at.y[place] ?? 0];
  const { frame } = geometry;
  if (x < frame.left - 1 || x > frame.right + 1 || y < frame.top - 1 || y > frame.bottom + 1) return null;
  const isLeft = x > geometry.width * 0.55;
  const isAbove = y > geometry.height * 0.55;
  return (
    <div
      className="flow-card pareto-card"
      aria-hidden="true"
      style={{
        ...(isLeft
          ? { right: `${(1 - (x - 14) / geometry.width) * 100}%` }
          : { left: `${((x + 14) / geometry.width) * 100}%` }),
        ...(isAbove
          ? { bottom: `${(1 - (y - 10) / geometry.height) * 100}%` }
          : { top: `${((y + 10) / geometry.height) * 100}%` }),
      }}
    >
      {children}
    </div>
  );
}
