import { type D3ZoomEvent, select, zoom, zoomIdentity } from 'd3';
import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from 'react';
import type { Interaction } from '../kernel/types.ts';
import { PlanBoxMark } from './box.tsx';
import type { PlanGraphData } from './data.ts';
import {
  firstSight,
  fitSight,
  LEAST_SCALE,
  MOST_SCALE,
  type PlanBox,
  type PlanLayout,
  type Sight,
  sightOf,
} from './layout.ts';
import { Minimap } from './minimap.tsx';
import { steppedNode } from './walk.ts';

export type GraphTexts = {
  title: string;
  summary: string;
  zoomIn: string;
  zoomOut: string;
  fit: string;
  minimap: string;
  /** Of a node: its name, what it takes, what it was paid, what is wrong with it. */
  node: (box: PlanBox) => string;
  toggle: (box: PlanBox) => string;
};

type Props = {
  data: PlanGraphData;
  layout: PlanLayout;
  closed: ReadonlySet<string>;
  found: ReadonlySet<string> | null;
  /** A node to bring to the middle, and how often it was asked for. */
  centred: { id: string; asked: number } | null;
  onToggle: (id: string) => void;
  interaction: Interaction;
  texts: GraphTexts;
  width: number;
  height: number;
};

/** Below this scale the notes in the boxes cannot be read, and are left out. */
const FAR = 0.45;

export function PlanGraphView(props: Props) {
  const { data, layout, closed, centred, texts, width, height } = props;
  const svg = useRef<SVGSVGElement>(null);
  const content = useRef<SVGGElement>(null);
  const [sight, setSight] = useState<Sight>(() => firstSight(layout, { width, height }));
  const [at, setAt] = useState<string | null>(null);
  const pans = useZoom(svg, content, setSight, layout, { width, height });
  const byId = useMemo(() => new Map(layout.boxes.map((box) => [box.node.id, box])), [layout]);

  const show = (id: string) => {
    const box = byId.get(id);
    if (box) pans.to(sightOf(box, { width, height }, sight.k));
  };
  useEffect(() => {
    if (centred) show(centred.id);
  }, [centred]);

  const focus = (id: string) => {
    const box = byId.get(id);
    const mark = [...(svg.current?.querySelectorAll<SVGGElement>('[data-plan]') ?? [])].find(
      (one) => one.dataset.plan === id,
    );
    if (!box || !mark) return;
    setAt(id);
    mark.focus({ preventScroll: true });
    if (!isSeen(box, sight, { width, height })) show(id);
  };
  const onKey = (event: KeyboardEvent<SVGSVGElement>) => {
    const mark = (event.target as Element).closest<SVGGElement>('[data-plan]');
    const id = mark?.dataset.plan;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') pans.by(1.3);
    else if (event.key === '-') pans.by(1 / 1.3);
    else if (event.key === '0') pans.to(fitSight(layout, { width, height }));
    else if (id) {
      const next = steppedNode(data, closed, id, event.key);
      if (next === null) return;
      focus(next);
    } else return;
    event.preventDefault();
  };
  const current = at ?? layout.boxes[0]?.node.id ?? null;
  return (
    <div className={`plan-graph ${sight.k < FAR ? 'plan-far' : ''}`}>
      <svg
        ref={svg}
        width="100%"
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-label={texts.title}
        aria-description={texts.summary}
        onKeyDown={onKey}
      >
        <g ref={content} transform={`translate(${sight.x} ${sight.y}) scale(${sight.k})`}>
          <Drawing {...props} current={current} onAt={setAt} />
        </g>
      </svg>
      <div className="plan-tools">
        <button type="button" className="plan-tool" aria-label={texts.zoomIn} onClick={() => pans.by(1.3)}>
          {'+'}
        </button>
        <button
          type="button"
          className="plan-tool"
          aria-label={texts.zoomOut}
          onClick={() => pans.by(1 / 1.3)}
        >
          {'−'}
        </button>
        <button
          type="button"
          className="plan-tool plan-tool-wide"
          onClick={() => pans.to(fitSight(layout, { width, height }))}
        >
          {texts.fit}
        </button>
      </div>
      <Minimap
        layout={layout}
        sight={sight}
        window={{ width, height }}
        label={texts.minimap}
        found={props.found}
        onSight={pans.to}
      />
    </div>
  );
}

function isSeen(box: PlanBox, sight: Sight, window: { width: number; height: number }): boolean {
  const [x, y] = [box.x * sight.k + sight.x, box.y * sight.k + sight.y];
  return (
    x >= 0 &&
    y >= 0 &&
    x + box.width * sight.k <= window.width &&
    y + Math.min(box.height, 60) * sight.k <= window.height
  );
}

/** Dragged with the pointer, scaled with Ctrl and the wheel or two fingers; the wheel alone scrolls the page. */
function useZoom(
  svg: React.RefObject<SVGSVGElement | null>,
  content: React.RefObject<SVGGElement | null>,
  onSight: (sight: Sight) => void,
  layout: PlanLayout,
  window: { width: number; height: number },
) {
  const behaviour = useMemo(
    () =>
      zoom<SVGSVGElement, unknown>()
        .scaleExtent([LEAST_SCALE, MOST_SCALE])
        .filter((event: MouseEvent) =>
          event.type === 'wheel' ? event.ctrlKey || event.metaKey : event.button === 0,
        )
        .on('zoom', (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
          const { k, x, y } = event.transform;
          content.current?.setAttribute('transform', `translate(${x} ${y}) scale(${k})`);
          onSight({ k, x, y });
        }),
    [content, onSight],
  );
  // Scale and place are of the window in pixels; the drawing's own lengths follow from its view box.
  useEffect(() => {
    const element = svg.current;
    if (!element) return;
    behaviour.extent([
      [0, 0],
      [window.width, window.height],
    ]);
    behaviour.translateExtent([
      [-window.width, -window.height],
      [layout.width + window.width, layout.height + window.height],
    ]);
    select(element).call(behaviour).on('dblclick.zoom', null);
    return () => {
      select(element).on('.zoom', null);
    };
  }, [svg, behaviour, layout, window.width, window.height]);
  useEffect(() => {
    const first = firstSight(layout, window);
    const element = svg.current;
    if (element)
      behaviour.transform(select(element), zoomIdentity.translate(first.x, first.y).scale(first.k));
  }, [window.width, window.height]);
  return {
    by: (factor: number) => {
      if (svg.current) behaviour.scaleBy(select(svg.current), factor);
    },
    to: (sight: Sight) => {
      if (!svg.current) return;
      behaviour.transform(select(svg.current), zoomIdentity.translate(sight.x, sight.y).scale(sight.k));
    },
  };
}

type DrawingProps = Props & { current: string | null; onAt: (id: string) => void };

/** Everything that moves and scales together; drawn again only when the plan or what is found changes. */
const Drawing = memo(
  function Drawing({ data, layout, found, current, onAt, onToggle, interaction, texts }: DrawingProps) {
    const round = new Set(data.cycle);
    return (
      <>
        {layout.paths.map(({ edge, path, isBack }) => {
          const circles = isBack || (round.has(edge.from) && round.has(edge.to) && edge.kind === 'then');
          return (
            <path
              key={`${edge.from}>${edge.to}:${edge.kind}`}
              className={`plan-edge plan-${circles ? 'cycle' : edge.kind}`}
              d={path}
              markerEnd={circles ? 'url(#plan-arrow-red)' : 'url(#plan-arrow)'}
            />
          );
        })}
        <defs>
          {(['plan-arrow', 'plan-arrow-red'] as const).map((id) => (
            <marker
              key={id}
              id={id}
              viewBox="0 0 8 8"
              refX={7}
              refY={4}
              markerWidth={7}
              markerHeight={7}
              orient="auto"
            >
              <path d="M0,0L8,4L0,8Z" className={id} />
            </marker>
          ))}
        </defs>
        {layout.boxes.map((box) => (
          <PlanBoxMark
            key={box.node.id}
            box={box}
            isCurrent={box.node.id === current}
            look={found === null ? 'plain' : found.has(box.node.id) ? 'found' : 'dim'}
            onFocus={onAt}
            onToggle={onToggle}
            interaction={interaction}
            texts={texts}
          />
        ))}
        {layout.round.map(({ id, x, y, number }) => (
          <g key={id} className="plan-round" transform={`translate(${x} ${y})`} aria-hidden="true">
            <circle r={8} />
            <text textAnchor="middle" y={4}>
              {number}
            </text>
          </g>
        ))}
      </>
    );
  },
  (one, other) =>
    one.data === other.data &&
    one.layout === other.layout &&
    one.found === other.found &&
    one.current === other.current &&
    one.interaction.openAddress === other.interaction.openAddress &&
    one.texts === other.texts &&
    one.onToggle === other.onToggle,
);
