import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { formatProse, parseDocumentMoney } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useAddressLabel } from '../explain/labels.ts';
import { useFaultText } from '../shell/refusal.ts';
import { keptText, type Unsaved, useDesk } from './desk.tsx';

/** What was typed and could not be saved: it stays here, and in its cell, until it is saved or dropped. */
export function UnsavedNotice() {
  const { t } = useText();
  const { unsaved, saveAgain, dropUnsaved } = useDesk();
  const told = useFaultText();
  const last = unsaved.at(-1);
  if (!last) return null;
  return (
    <section className="unsaved" role="alert" aria-label={t('desk.unsaved', { count: unsaved.length })}>
      <p className="strong row-flex">
        <Icon name="blocker" size={15} />
        {t('desk.unsaved', { count: unsaved.length })}
      </p>
      <p>{keptText(last.refusal, t) ?? told(last.refusal)}</p>
      <ul className="unsaved-list">
        {unsaved.map((one) => (
          <li key={one.id}>
            <Typed one={one} />
          </li>
        ))}
      </ul>
      <div className="row-wrap">
        {last.refusal.code === 'LOCKED' ? null : (
          <Button look="primary" onClick={() => void saveAgain()}>
            {t('desk.save_again')}
          </Button>
        )}
        <Button onClick={dropUnsaved}>{t('desk.drop', { count: unsaved.length })}</Button>
      </div>
    </section>
  );
}

function Typed({ one }: { one: Unsaved }) {
  const { t, locale } = useText();
  const label = useAddressLabel();
  const { change } = one;
  const value =
    'value' in change ? change.value : 'element' in change ? change.element : change.cells[0]?.value;
  const money = parseDocumentMoney(value);
  const text = money
    ? formatProse(money, locale)
    : value === null
      ? t('desk.emptied')
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  return (
    <span data-about={change.path}>
      {`${one.name}: ${label(change.path)} `}
      <span className="strong">{text}</span>
    </span>
  );
}
