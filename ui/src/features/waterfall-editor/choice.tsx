import { ChoiceCell } from '../capital/terms/fields.tsx';

type Props = {
  label: string;
  value: string | undefined;
  onPut: (value: string) => void;
  choices: readonly { value: string; label: string }[];
};

/** One of a few, always said; a value that is none of them, such as the id of what is gone, stays in sight. */
export function Choice({ label, value, onPut, choices }: Props) {
  const known = value === undefined || choices.some((choice) => choice.value === value);
  return (
    <ChoiceCell
      label={label}
      value={value}
      {...(value === undefined ? { unsaid: '–' } : {})}
      onPut={(chosen) => {
        if (chosen !== null) onPut(chosen);
      }}
      choices={known ? choices : [{ value: value ?? '', label: value ?? '' }, ...choices]}
    />
  );
}
