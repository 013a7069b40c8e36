import { memo } from 'react';
import type { Interaction } from '../kernel/types.ts';
import type { PlanBox } from './layout.ts';
import type { GraphTexts } from './view.tsx';

type Props = {
  box: PlanBox;
  isCurrent: boolean;
  look: 'plain' | 'found' | 'dim';
  onFocus: (id: string) => void;
  onToggle: (id: string) => void;
  interaction: Interaction;
  texts: GraphTexts;
};

/** One tier, member, group or entry. Enter opens what it was paid, a blank opens or closes a group. */
export const PlanBoxMark = memo(function PlanBoxMark(props: Props) {
  const { box, isCurrent, look, onFocus, onToggle, interaction, texts } = props;
  const { node, x, y, width, height } = box;
  const isGroup = node.members.length > 0;
  const address = node.amount?.address;
  const open = () => {
    if (address) interaction.onOpen(address);
    else if (isGroup) onToggle(node.id);
  };
  const worst = node.faults.some((one) => one.isBlocker)
    ? 'blocker'
    : node.faults.length > 0
      ? 'question'
      : '';
  const isGrey = node.faults.some((one) => one.fault === 'unreachable');
  const classes = [
    'plan-node',
    `plan-is-${node.sort}`,
    box.isOpen ? 'plan-open' : '',
    worst ? `plan-${worst}` : '',
    isGrey ? 'plan-grey' : '',
    look === 'plain' ? '' : `plan-${look}`,
    address !== undefined && interaction.openAddress === address ? 'mark-open' : '',
  ];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a button where there is something to open, else an image
    <g
      className={classes.filter(Boolean).join(' ')}
      role={address || isGroup ? 'button' : 'img'}
      aria-label={texts.node(box)}
      data-plan={node.id}
      data-address={address}
      tabIndex={isCurrent ? 0 : -1}
      transform={`translate(${x} ${y})`}
      onClick={(event) => {
        event.stopPropagation();
        open();
      }}
      onFocus={() => onFocus(node.id)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') open();
        else if (event.key === ' ' && isGroup) onToggle(node.id);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <title>{hint(box)}</title>
      <g aria-hidden="true">
        <rect className="plan-box" width={width} height={height} rx={3} />
        <rect className={`plan-kind fill-${node.kind}`} x={0} y={0} width={4} height={height} />
        <Words box={box} />
        {isGroup ? <Toggle box={box} label={texts.toggle(box)} onToggle={onToggle} /> : null}
      </g>
    </g>
  );
});

/** What a pointer that rests on it reads: its conditions as sentences, and what is wrong. */
function hint({ node }: PlanBox): string {
  return [node.label, node.note, ...node.conditions, ...node.faults.map((one) => one.message)]
    .filter(Boolean)
    .join('\n');
}

function Words({ box }: { box: PlanBox }) {
  const { node, lines, note, width, isOpen } = box;
  const top = isOpen || lines.length > 1 ? 16 : 20;
  const marks = node.conditions.length;
  return (
    <>
      {/* The breaks keep one text apart from the next where the words of the drawing are read as one. */}
      {lines.flatMap((line, at) => [
        <text key={line} className="label" x={12} y={top + at * 12.5}>
          {line}
        </text>,
        '\n',
      ])}
      {isOpen ? null : (
        <text className="plan-note" x={12} y={lines.length > 1 ? 42 : 35}>
          {note}
        </text>
      )}
      {'\n'}
      {node.amount ? (
        <text
          className="plan-amount"
          x={width - (isOpen ? 26 : node.members.length > 0 ? 24 : 8)}
          y={isOpen ? 16 : lines.length > 1 ? 42 : 35}
          textAnchor="end"
        >
          {node.amount.text}
        </text>
      ) : null}
      {marks > 0 ? (
        <g className="plan-conditions" transform={`translate(${width - 6 - marks * 7} 6)`}>
          {node.conditions.slice(0, 4).map((sentence, at) => (
            <path key={sentence} d={`M${at * 7},3l3,-3l3,3l-3,3Z`} />
          ))}
        </g>
      ) : null}
      {node.faults.length > 0 ? (
        <path className="plan-fault" d={`M${width - 14 - marks * 7},4v7m0,2.5v1.5`} />
      ) : null}
    </>
  );
}

type ToggleProps = { box: PlanBox; label: string; onToggle: (id: string) => void };

function Toggle({ box, label, onToggle }: ToggleProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the pointer; the keyboard has the blank
    <g
      className="plan-toggle"
      transform={`translate(${box.width - 22} ${box.isOpen ? 4 : 25})`}
      onClick={(event) => {
        event.stopPropagation();
        onToggle(box.node.id);
      }}
    >
      <title>{label}</title>
      <rect width={18} height={18} rx={3} />
      <path d={box.isOpen ? 'M5,11l4,-4l4,4' : 'M5,7l4,4l4,-4'} />
    </g>
  );
}
