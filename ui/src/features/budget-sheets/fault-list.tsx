import type { CellFaultDto } from '../../api/bindings.ts';
import { Icon } from '../../components/icon.tsx';
import { useText } from '../../i18n/index.tsx';
import { cellId } from './preview-row.tsx';

/** Faults that are listed; more of them are one mistake made often, and are marked in their cells. */
const LISTED = 60;

/** What is wrong and where; an address leads to its cell. */
export function FaultList({ faults }: { faults: readonly CellFaultDto[] }) {
  const { t } = useText();
  const errors = faults.filter(({ weight }) => weight === 'error').length;
  const notes = faults.length - errors;
  // What keeps a cell from being taken comes first, each kind in the order of the sheet.
  const listed = [...faults].sort((a, b) => Number(a.weight === 'note') - Number(b.weight === 'note'));
  return (
    <section className="import-card" aria-label={t('sheets.faults')}>
      <h3>{t('sheets.faults')}</h3>
      {faults.length === 0 ? (
        <p className="import-fine">
          <Icon name="check" size={14} /> {t('sheets.faults.none')}
        </p>
      ) : (
        <p className="sub" role="status">
          {[
            errors > 0 ? t('sheets.faults.errors', { count: errors }) : '',
            notes > 0 ? t('sheets.faults.notes', { count: notes }) : '',
          ]
            .filter(Boolean)
            .join(', ')}
        </p>
      )}
      <ul className="import-faults">
        {listed.slice(0, LISTED).map((fault) => (
          <li key={`${fault.cell} ${fault.code}`} className={`has-${fault.weight}`} data-about={fault.cell}>
            <Icon name={fault.weight === 'error' ? 'blocker' : 'note'} size={13} />
            <button type="button" className="link" onClick={() => reveal(fault.cell)}>
              {fault.cell}
            </button>
            <span>{fault.message}</span>
          </li>
        ))}
      </ul>
      {faults.length > LISTED ? (
        <p className="sub">{t('sheets.faults.more', { count: faults.length - LISTED })}</p>
      ) : null}
    </section>
  );
}

function reveal(address: string) {
  const cell = document.getElementById(cellId(address));
  cell?.scrollIntoView({ block: 'center', inline: 'center' });
  cell?.focus();
}
