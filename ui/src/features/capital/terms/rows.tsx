import type { ReactNode } from 'react';
import { Button, IconButton } from '../../../components/button.tsx';
import { useText } from '../../../i18n/index.tsx';

type Props<Row> = {
  /** What a row is called where its button removes it. */
  name: (row: Row) => string;
  add: string;
  rows: readonly Row[];
  blank: (used: readonly string[]) => Row;
  onPut: (rows: readonly Row[] | null) => void;
  children: (row: Row, put: (row: Row) => void) => ReactNode;
};

/** A short list of one contract: fees, steps, securities. The whole list is one cell, so one undo takes a change back. */
export function TermRows<Row extends { id: string }>(props: Props<Row>) {
  const { name, add, rows, blank, onPut, children } = props;
  const { t } = useText();
  const kept = (next: readonly Row[]) => onPut(next.length === 0 ? null : next);
  return (
    <div className="terms-rows">
      {rows.map((row) => (
        <div key={row.id} className="terms-row">
          <div className="terms-fields">
            {children(row, (changed) => kept(rows.map((one) => (one.id === row.id ? changed : one))))}
          </div>
          <IconButton
            icon="trash"
            label={t('setup.remove', { name: name(row) })}
            onClick={() => kept(rows.filter((one) => one.id !== row.id))}
          />
        </div>
      ))}
      <Button icon="plus" onClick={() => onPut([...rows, blank(rows.map(({ id }) => id))])}>
        {add}
      </Button>
    </div>
  );
}
