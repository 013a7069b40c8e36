import type { CellFaultDto, SheetColumn } from '../../api/bindings.ts';
import { useText } from '../../i18n/index.tsx';
import type { Decisions } from './decisions.ts';
import { PlaceSelect } from './place-select.tsx';

type Props = {
  column: SheetColumn;
  meanings: readonly string[];
  fault: CellFaultDto | undefined;
  decisions: Decisions;
  onDecide: (decisions: Decisions) => void;
};

const LOOKS: Readonly<Record<string, string>> = { ignore: 'is-ignored', label: 'is-label' };

/** A column: its letters, its header, and what it means. */
export function ColumnHead({ column, meanings, fault, decisions, onDecide }: Props) {
  const { t, maybe } = useText();
  const decide = (meaning: string, place: string | null) =>
    onDecide({ ...decisions, columns: { ...decisions.columns, [column.column]: { meaning, place } } });
  return (
    <th scope="col" className={LOOKS[column.meaning]}>
      <span className="import-head">
        <span className="import-letters">{column.column}</span>
        <span className="import-head-text">{column.head}</span>
      </span>
      <select
        className="input import-meaning"
        aria-label={t('sheets.column.meaning', { column: column.column })}
        value={column.meaning}
        onChange={(event) => decide(event.target.value, null)}
      >
        {meanings.map((meaning) => (
          <option key={meaning} value={meaning}>
            {maybe(`sheets.meaning.${meaning}`, meaning)}
          </option>
        ))}
      </select>
      {column.meaning === 'spent_in' ? (
        <span className={fault ? 'import-place is-open' : 'import-place'} title={fault?.message}>
          <PlaceSelect
            label={t('sheets.column.place', { column: column.column })}
            none={t('sheets.column.place.choose')}
            value={column.place}
            onChange={(place) => decide('spent_in', place)}
          />
        </span>
      ) : null}
    </th>
  );
}
