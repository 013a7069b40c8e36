import type { ReactNode } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';

type Props<T extends { id: string }> = {
  title: string;
  /** The cell of the list, such as `recoupment.contracts`. */
  at: string;
  all: readonly T[];
  /** What an added element begins with. */
  blank: (used: readonly string[]) => NoInfer<T> | null;
  name: (one: T) => string;
  children: (one: T, put: (field: string, value: unknown) => void) => ReactNode;
};

/** A list of the plan beside its tiers: each element with its fields, one to add, one to take away. */
export function ListSection<T extends { id: string }>(props: Props<T>) {
  const { title, at, all, blank, name, children } = props;
  const { t } = useText();
  const { add, edit } = useDeal();
  const next = blank(all.map((one) => one.id));
  return (
    <section className="plan-part" aria-label={title}>
      <h3 className="sub strong">{title}</h3>
      {all.length === 0 ? <p className="sub">{t('lists.none')}</p> : null}
      {all.map((one) => (
        <div key={one.id} className="plan-element" data-path={`${at}[${one.id}]`}>
          <div className="terms-fields">
            {children(one, (field, value) => void edit(`${at}[${one.id}].${field}`, value as never))}
          </div>
          <IconButton
            icon="trash"
            label={t('lists.remove', { name: name(one) })}
            onClick={() => void edit(`${at}[${one.id}]`, null)}
          />
        </div>
      ))}
      {next ? (
        <Button icon="plus" look="quiet" onClick={() => void add(at, next as never)}>
          {t('lists.add')}
        </Button>
      ) : null}
    </section>
  );
}
