import { Select as Radix } from 'radix-ui';
import { Field } from './field.tsx';
import { Icon } from './icon.tsx';

export type Option = { value: string; label: string };

type Props = {
  label: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
  hideLabel?: boolean;
  hint?: string;
};

export function Select({ label, value, options, onChange, hideLabel, hint }: Props) {
  return (
    <Field label={label} hideLabel={hideLabel ?? false} hint={hint}>
      {(aria) => (
        <Radix.Root value={value} onValueChange={onChange}>
          <Radix.Trigger {...aria} className="select" aria-label={label}>
            <Radix.Value />
            <Radix.Icon className="select-icon">
              <Icon name="down" size={14} />
            </Radix.Icon>
          </Radix.Trigger>
          <Radix.Portal>
            <Radix.Content className="menu" position="popper" sideOffset={4}>
              <Radix.Viewport>
                {options.map((option) => (
                  <Radix.Item key={option.value} value={option.value} className="menu-item">
                    <Radix.ItemText>{option.label}</Radix.ItemText>
                    <Radix.ItemIndicator className="push">
                      <Icon name="check" size={13} />
                    </Radix.ItemIndicator>
                  </Radix.Item>
                ))}
              </Radix.Viewport>
            </Radix.Content>
          </Radix.Portal>
        </Radix.Root>
      )}
    </Field>
  );
}
