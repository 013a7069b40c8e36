import { memo, type ReactNode, useContext, useDeferredValue, useId, useRef, useState } from 'react';
import { IconButton } from '../../components/button.tsx';
import { cellAddress, cellText, type Description, toCsv } from './describe.ts';
import { copyPng, copySvg } from './export.ts';
import { walkMarks } from './mark.tsx';
import { MovingContext } from './moving.ts';
import { useWidth } from './size.ts';

export type FrameTexts = {
  showTable: string;
  showChart: string;
  copyCsv: string;
  copyPng: string;
  copySvg: string;
  copied: string;
  keys: string;
};

type Props = {
  description: Description;
  subtitle: string;
  texts: FrameTexts;
  /** Draws inside an svg of the given layout width; returns the height it needs. */
  draw?: (width: number) => { height: number; content: ReactNode };
  /** Or a drawing that has an svg of its own, such as one that is panned. */
  render?: (width: number) => ReactNode;
  legend?: ReactNode;
  /** What floats over the drawing and is no part of it, such as a card about the mark that is looked at. */
  overlay?: ReactNode;
  /** Addresses of the figures the title states. */
  about?: string | undefined;
  /** Width before the first measurement, and always in tests. */
  initialWidth?: number;
  notify?: (text: string) => void;
};

/** Title that states the finding, unit below it, tools at the right, the drawing, and its twin as a table. */
export function ChartFrame({
  description,
  subtitle,
  texts,
  draw,
  render,
  legend,
  overlay,
  about,
  initialWidth = 640,
  notify,
}: Props) {
  const [asTable, setAsTable] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const width = useWidth(body, initialWidth);
  const summary = useId();
  const drawn = draw?.(width);
  // Nobody sees the table under a drawing, and it is the larger part of a chart: it follows once the drawing stands.
  const unseen = useDeferredValue(description);
  const isMoving = useContext(MovingContext);
  const rested = useRef(unseen);
  if (!isMoving) rested.current = unseen;

  const copy = async (run: (svg: SVGSVGElement) => Promise<void>) => {
    const svg = body.current?.querySelector('svg');
    if (!svg) return;
    await run(svg as SVGSVGElement);
    notify?.(texts.copied);
  };
  const copyTable = async () => {
    await navigator.clipboard.writeText(toCsv(description));
    notify?.(texts.copied);
  };

  return (
    <figure
      className="chart"
      aria-label={description.title}
      onKeyDown={(event) => {
        const typing = (event.target as HTMLElement).closest('input, select, textarea, [contenteditable]');
        if (event.key.toLowerCase() === 't' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
          setAsTable(!asTable);
        }
      }}
    >
      <div className="chart-head">
        <div>
          <h2 className="chart-title" data-address={about}>
            {description.title}
          </h2>
          <p className="sub">{subtitle}</p>
        </div>
        <div className="chart-tools">
          {legend}
          <IconButton
            icon="table"
            label={asTable ? texts.showChart : texts.showTable}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          />
          <CopyMenu
            asTable={asTable}
            texts={texts}
            onCsv={copyTable}
            onSvg={() => copy(copySvg)}
            onPng={() => copy(copyPng)}
          />
        </div>
      </div>
      <div className="chart-body" ref={body}>
        {asTable || !drawn ? null : (
          <svg
            viewBox={`0 0 ${width} ${drawn.height}`}
            role="group"
            aria-label={description.title}
            aria-describedby={summary}
            onKeyDown={walkMarks}
          >
            {drawn.content}
          </svg>
        )}
        {asTable ? null : render?.(width)}
        {asTable ? null : overlay}
        <p id={summary} className="visually-hidden">
          {description.summary} {texts.keys}
        </p>
        <TwinTable description={asTable ? description : rested.current} visible={asTable} />
      </div>
    </figure>
  );
}

type CopyProps = {
  asTable: boolean;
  texts: FrameTexts;
  onCsv: () => void;
  onSvg: () => void;
  onPng: () => void;
};

function CopyMenu({ asTable, texts, onCsv, onSvg, onPng }: CopyProps) {
  const [isOpen, setOpen] = useState(false);
  if (asTable) return <IconButton icon="copy" label={texts.copyCsv} onClick={onCsv} />;
  const choose = (run: () => void) => () => {
    setOpen(false);
    run();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: closes when the focus leaves its buttons
    <div
      className="copy-menu"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <IconButton icon="copy" label={texts.copyCsv} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} />
      {isOpen ? (
        <div className="menu copy-menu-list">
          <button type="button" className="menu-item" onClick={choose(onCsv)}>
            {texts.copyCsv}
          </button>
          <button type="button" className="menu-item" onClick={choose(onPng)}>
            {texts.copyPng}
          </button>
          <button type="button" className="menu-item" onClick={choose(onSvg)}>
            {texts.copySvg}
          </button>
        </div>
      ) : null}
    </div>
  );
}

type TwinProps = { description: Description; visible: boolean };

const TwinTable = memo(function TwinTable({ description, visible }: TwinProps) {
  return (
    <div className={visible ? 'scroll-x' : 'visually-hidden'} {...(visible ? { tabIndex: 0 } : {})}>
      <table className="table">
        <caption className="visually-hidden">{description.title}</caption>
        <thead>
          <tr>
            {description.columns.map((column, at) => (
              <th key={column} scope="col" className={at > 0 ? 'num' : ''}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {description.rows.map((row, rowAt) => (
            <tr key={rowAt}>
              {row.map((cell, at) =>
                at === 0 ? (
                  <th key={at} scope="row" className="twin-head">
                    {cellText(cell)}
                  </th>
                ) : (
                  <td key={at} className="num" data-address={cellAddress(cell)}>
                    {cellText(cell)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});
