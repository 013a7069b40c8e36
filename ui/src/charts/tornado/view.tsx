import type { TornadoGeometry, TornadoRow } from './layout.ts';

type Props = {
  geometry: TornadoGeometry;
  names: { base: string; row: (row: TornadoRow) => string; tick: (value: number) => string };
  chosen: string | null;
  onOpen: (row: TornadoRow) => void;
};

export function TornadoView({ geometry, names, chosen, onOpen }: Props) {
  const { top, bottom, base, row: tall, width, height } = geometry;
  return (
    <>
      {geometry.ticks.map((tick) => (
        <g key={tick.value}>
          <line className="grid-line" x1={tick.at} x2={tick.at} y1={top} y2={bottom} />
          <text className="tick" x={tick.at} y={height - 4} textAnchor="middle">
            {names.tick(tick.value)}
          </text>
        </g>
      ))}
      {geometry.rows.map((row, at) => {
        const { swing, low, high, y } = row;
        const wider = low.width >= high.width ? 'low' : 'high';
        const sides = {
          low: <Side key="low" side={low} y={y} look="risk-low" />,
          high: <Side key="high" side={high} y={y} look="risk-high" />,
        };
        return (
          <g
            key={swing.id}
            className={`mark mark-button ${swing.id === chosen ? 'tornado-chosen' : ''}`}
            role="button"
            aria-label={names.row(row)}
            data-mark=""
            data-address={swing.address}
            tabIndex={at === 0 ? 0 : -1}
            onClick={() => onOpen(row)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' && event.key !== ' ') return;
              event.preventDefault();
              onOpen(row);
            }}
          >
            <rect className="mark-shape risk-hit tornado-row" x={0} y={y} width={width} height={tall} />
            <g aria-hidden="true">
              <text className="label" x={4} y={y + tall / 2 + 4}>
                {row.name}
              </text>
              {'\n'}
              {wider === 'low' ? [sides.low, sides.high] : [sides.high, sides.low]}
              <text x={low.textX} y={y + tall / 2 + 4} textAnchor={low.anchor} className="halo">
                {swing.lowText}
              </text>
              {'\n'}
              <text x={high.textX} y={y + tall / 2 + 4} textAnchor={high.anchor} className="halo">
                {swing.highText}
              </text>
              {'\n'}
            </g>
          </g>
        );
      })}
      <line className="risk-line" x1={base.x} x2={base.x} y1={top - 4} y2={bottom} />
      <text className="label halo" x={base.x} y={11} textAnchor="middle">
        {names.base}
      </text>
    </>
  );
}

function Side({ side, y, look }: { side: TornadoRow['low']; y: number; look: string }) {
  return <rect className={look} x={side.x} y={y + 6} width={side.width} height={14} />;
}
