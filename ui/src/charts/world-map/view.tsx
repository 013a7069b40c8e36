import { useId, useState } from 'react';
import { textWidth } from '../kernel/measure.ts';
import { CHIP_HEIGHT, type Chip, type CountryShape, type Shade, type WorldGeometry } from './layout.ts';

/** What a place says: its name, its rate and the figure behind it. */
export type PlaceText = { name: string; rate: string; address: string | null };

type Props = {
  geometry: WorldGeometry;
  /** The country or place whose card is open. */
  chosen: string | null;
  tell: (code: string) => PlaceText;
  onChoose: (code: string) => void;
};

type Lit = { text: PlaceText; x: number; y: number };

/** Countries by what they would pay, provinces and states as chips; a place is chosen with a click or Enter. */
export function WorldMapView({ geometry, chosen, tell, onChoose }: Props) {
  const id = useId().replace(/[^\w-]/g, '');
  const [lit, setLit] = useState<Lit | null>(null);
  const first = geometry.panels.flatMap(({ countries, chips }) => [
    ...countries.filter((one) => one.isMark).map((one) => one.key),
    ...chips.map((one) => one.code),
  ])[0];
  return (
    <>
      <defs>
        <pattern id={id} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width={5} height={5} className="map-none" />
          <rect width={1.6} height={5} className="map-hatch" />
        </pattern>
        {geometry.panels.map(({ id: panel, x, y, width, height }) => (
          <clipPath key={panel} id={`${id}-${panel}`}>
            <rect x={x} y={y} width={width} height={height} />
          </clipPath>
        ))}
      </defs>
      {geometry.panels.map(({ id: panel, x, y, width, height, countries, chips }) => (
        <g key={panel} clipPath={`url(#${id}-${panel})`}>
          <rect className="map-sea" x={x} y={y} width={width} height={height} />
          {[...countries]
            .sort((a, b) => Number(a.isSpent) - Number(b.isSpent))
            .map((country) => (
              <Country
                key={country.key}
                country={country}
                hatch={id}
                chosen={chosen}
                first={country.key === first}
                tell={tell}
                onChoose={onChoose}
                onLit={(text, at) => setLit(text && { text, ...at })}
              />
            ))}
          {chips.map((chip) => (
            <ChipMark
              key={chip.code}
              chip={chip}
              hatch={id}
              isChosen={chosen === chip.code}
              first={chip.code === first}
              text={tell(chip.code)}
              onChoose={onChoose}
              onLit={(text) => setLit(text && { text, x: chip.x, y: chip.y - CHIP_HEIGHT })}
            />
          ))}
          {panel === 'world' ? null : (
            <rect className="map-frame" x={x + 0.5} y={y + 0.5} width={width - 1} height={height - 1} />
          )}
        </g>
      ))}
      {lit ? <Tip lit={lit} width={geometry.width} /> : null}
    </>
  );
}

const fillOf = (shade: Shade, hatch: string) => (shade === 'record' ? { fill: `url(#${hatch})` } : {});

type CountryProps = {
  country: CountryShape;
  hatch: string;
  chosen: string | null;
  first: boolean;
  tell: Props['tell'];
  onChoose: (code: string) => void;
  onLit: (text: PlaceText | null, at: { x: number; y: number }) => void;
};

function Country({ country, hatch, chosen, first, tell, onChoose, onLit }: CountryProps) {
  const { code, path, shade, isSpent, isMark } = country;
  const isChosen = code !== null && chosen?.slice(0, 2) === code && shade !== 'none';
  const shape = (
    <path
      className={`mark-shape map-land map-${shade} ${isSpent ? 'map-spent' : ''} ${isChosen ? 'map-chosen' : ''}`}
      style={fillOf(shade, hatch)}
      d={path}
    />
  );
  if (code === null || shade === 'none') return shape;
  const text = tell(code);
  const at = (element: SVGGElement) => {
    const box = element.getBBox();
    return { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 40) - 10 };
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a second picture of a country is for the pointer alone
    <g
      className="mark mark-button"
      {...(isMark
        ? {
            role: 'button',
            'aria-label': labelOf(text),
            'aria-pressed': isChosen,
            'data-mark': '',
            tabIndex: first ? 0 : -1,
          }
        : { 'aria-hidden': true })}
      {...(isMark && text.address ? { 'data-address': text.address } : {})}
      onClick={() => onChoose(code)}
      onMouseEnter={(event) => onLit(text, at(event.currentTarget))}
      onMouseLeave={() => onLit(null, { x: 0, y: 0 })}
      onFocus={(event) => onLit(text, at(event.currentTarget))}
      onBlur={() => onLit(null, { x: 0, y: 0 })}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoose(code);
      }}
    >
      {shape}
    </g>
  );
}

type ChipProps = {
  chip: Chip;
  hatch: string;
  isChosen: boolean;
  first: boolean;
  text: PlaceText;
  onChoose: (code: string) => void;
  onLit: (text: PlaceText | null) => void;
};

function ChipMark({ chip, hatch, isChosen, first, text, onChoose, onLit }: ChipProps) {
  const { code, x, y, width, shade, isSpent, from } = chip;
  return (
    <g
      className="mark mark-button"
      role="button"
      aria-label={labelOf(text)}
      aria-pressed={isChosen}
      data-mark=""
      {...(text.address ? { 'data-address': text.address } : {})}
      tabIndex={first ? 0 : -1}
      onClick={() => onChoose(code)}
      onMouseEnter={() => onLit(text)}
      onMouseLeave={() => onLit(null)}
      onFocus={() => onLit(text)}
      onBlur={() => onLit(null)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoose(code);
      }}
    >
      {from ? <line className="map-thread" x1={from.x} y1={from.y} x2={x} y2={y} /> : null}
      <rect
        className={`mark-shape map-chip map-${shade} ${isSpent ? 'map-spent' : ''} ${isChosen ? 'map-chosen' : ''}`}
        style={fillOf(shade, hatch)}
        x={x - width / 2}
        y={y - CHIP_HEIGHT / 2}
        width={width}
        height={CHIP_HEIGHT}
        rx={2}
      />
      <text className={`map-code map-on-${shade}`} x={x} y={y + 3.6} textAnchor="middle" aria-hidden="true">
        {chip.text}
      </text>
    </g>
  );
}

const labelOf = ({ name, rate }: PlaceText) => `${name} ${rate}`;

/** Name and rate beside what is pointed at, inside the drawing. */
function Tip({ lit: { text, x, y }, width }: { lit: Lit; width: number }) {
  const label = labelOf(text);
  const wide = textWidth(label, 11.5, 'strong') + 16;
  const left = Math.min(Math.max(x - wide / 2, 0), width - wide);
  const top = Math.max(y - 24, 0);
  return (
    <g className="map-tip" aria-hidden="true" {...(text.address ? { 'data-address': text.address } : {})}>
      <rect x={left} y={top} width={wide} height={22} rx={4} />
      <text x={left + 8} y={top + 15}>
        {text.name} <tspan>{text.rate}</tspan>
      </text>
    </g>
  );
}
