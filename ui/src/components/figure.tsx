import { Tooltip } from 'radix-ui';
import { createContext, memo, type ReactNode, useContext } from 'react';

type FigureContext = {
  /** The address whose derivation is open, so that it stays ringed wherever it appears. */
  openAddress: string | null;
  open: (address: string) => void;
  /** One line on how the figure comes about; drawn only when it is looked at. */
  formula: (address: string) => ReactNode;
  overridden: (address: string) => boolean;
  whyLabel: (value: string) => string;
};

const Context = createContext<FigureContext>({
  openAddress: null,
  open: () => {},
  formula: () => null,
  overridden: () => false,
  whyLabel: (value) => value,
});

export const FigureProvider = Context.Provider;

export function useFigures(): FigureContext {
  return useContext(Context);
}

type Props = { address: string; children: string; size?: 'table' | 'headline'; tone?: 'ink' | 'blocker' };

/**
 * A figure that answers why: dotted underline, a formula on hover or focus, the whole tree on Enter or click. Drawn
 * again only when it reads differently: a change of the deal leaves most figures of a page as they were.
 */
export const Figure = memo(function Figure({ address, children, size = 'table', tone = 'ink' }: Props) {
  const { openAddress, open, formula, overridden, whyLabel } = useFigures();
  const line = formula(address);
  const button = (
    <button
      type="button"
      className={`figure figure-${size} figure-${tone} ${openAddress === address ? 'figure-open' : ''} ${overridden(address) ? 'figure-overridden' : ''}`}
      data-address={address}
      aria-label={whyLabel(children)}
      onClick={() => open(address)}
    >
      {children}
    </button>
  );
  return line === null ? button : <WithTip text={line}>{button}</WithTip>;
});

export function WithTip({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <Tooltip.Provider delayDuration={250}>
      <Tooltip.Root>
        <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content className="tip mono" sideOffset={6}>
            {text}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
