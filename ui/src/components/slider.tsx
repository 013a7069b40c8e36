import { Slider as Radix } from 'radix-ui';

type Props = {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  /** What a screen reader says for the value: the number with its unit. */
  valueText: string;
  onChange: (value: number) => void;
  onCommit?: (value: number) => void;
  kind?: string;
};

export function Slider({
  label,
  value,
  min,
  max,
  step,
  valueText,
  onChange,
  onCommit,
  kind = 'accent',
}: Props) {
  return (
    <Radix.Root
      className={`slider slider-${kind}`}
      value={[value]}
      min={min}
      max={max}
      step={step}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
    >
      <Radix.Track className="slider-track">
        <Radix.Range className="slider-range" />
      </Radix.Track>
      <Radix.Thumb className="slider-thumb" aria-label={label} aria-valuetext={valueText} />
    </Radix.Root>
  );
}
