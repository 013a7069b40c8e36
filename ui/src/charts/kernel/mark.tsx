import { Children, type KeyboardEvent, type ReactNode, useId } from 'react';
import type { Certainty, Kind } from '../../domain/kinds.ts';
import type { Interaction } from './types.ts';

type MarkProps = {
  label: string;
  hint?: string | undefined;
  address?: string | undefined;
  interaction: Interaction;
  first?: boolean;
  onLight?: (on: boolean) => void;
  children: ReactNode;
};

/**
 * A drawn datum: reached with the arrow keys, named for a screen reader, opens its derivation when it has an address.
 * The name begins with the words that are seen, so that somebody who speaks to the screen can say them.
 */
export function Mark({ label, hint, address, interaction, first, onLight, children }: MarkProps) {
  const isOpen = address !== undefined && interaction.openAddress === address;
  const open = () => address !== undefined && interaction.onOpen(address);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the role is a button where there is an address, else an image
    <g
      className={`mark ${address ? 'mark-button' : ''} ${isOpen ? 'mark-open' : ''}`}
      role={address ? 'button' : 'img'}
      aria-label={label}
      data-mark=""
      data-address={address}
      tabIndex={first ? 0 : -1}
      onClick={open}
      onMouseEnter={() => onLight?.(true)}
      onMouseLeave={() => onLight?.(false)}
      onFocus={() => onLight?.(true)}
      onBlur={() => onLight?.(false)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          open();
        }
      }}
    >
      {hint ? <title>{hint}</title> : null}
      {/* The breaks keep one text apart from the next where the words of the drawing are read as one. */}
      <g aria-hidden="true">{Children.toArray(children).flatMap((part) => [part, '\n'])}</g>
    </g>
  );
}

/** Arrow keys walk the marks of one drawing; it is one stop for Tab. */
export function walkMarks(event: KeyboardEvent<SVGSVGElement>): void {
  const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const marks = [...event.currentTarget.querySelectorAll<SVGGElement>('[data-mark]')];
  const at = marks.indexOf(document.activeElement as unknown as SVGGElement);
  if (at < 0) return;
  const step = steps[event.key];
  const next = step ? at + step : event.key === 'Home' ? 0 : event.key === 'End' ? marks.length - 1 : null;
  if (next === null) return;
  event.preventDefault();
  const target = marks[Math.min(Math.max(next, 0), marks.length - 1)];
  for (const mark of marks) mark.setAttribute('tabindex', mark === target ? '0' : '-1');
  target?.focus();
}

type BlockProps = {
  x: number;
  y: number;
  width: number;
  height: number;
  kind: Kind | 'ink';
  certainty: Certainty;
};

/** Fill says kind, texture says certainty. */
export function Block({ x, y, width, height, kind, certainty }: BlockProps) {
  const pattern = useId().replace(/[^\w-]/g, '');
  const box = { x, y, width: Math.max(width, 0), height: Math.max(height, 0) };
  if (certainty === 'missing') return <rect {...box} className="mark-shape fill-missing" />;
  if (certainty === 'firm') return <rect {...box} className={`mark-shape fill-${kind}`} />;
  return (
    <g className={`fill-${kind}`} style={{ fill: 'none', stroke: 'none' }}>
      <defs>
        <pattern
          id={pattern}
          width={5}
          height={5}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width={5} height={5} className="plate" />
          <rect width={2.6} height={5} style={{ fill: 'currentColor' }} />
        </pattern>
      </defs>
      <rect {...box} className="mark-shape hatch-edge" style={{ fill: `url(#${pattern})` }} />
    </g>
  );
}
