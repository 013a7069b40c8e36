import { useText } from '../../../i18n/index.tsx';
import { namesIn, textAt } from './doc.ts';
import { useEditor } from './fields.tsx';

/** The closed set of functions, as they are written. */
const FUNCTIONS = [
  'min(a, b)',
  'max(a, b)',
  'clamp(x, low, high)',
  'if(test, then, otherwise)',
  'sum(list)',
  'sum_capped(list, cap)',
  'sum_excess(list, cap)',
  'count(list)',
  'round(x, 2, "half_up")',
  'round_money(x)',
  'tiered(x, rate, bound, rate)',
  'banded(x, value, bound, value)',
  'choose(word, "a", value, otherwise)',
  'or_else(x, y)',
  'given(x)',
  'refused(x)',
  'starts_with(word, "prefix")',
] as const;

/** Every name and function a formula may use; pressing one writes it where the cursor was last in a formula. */
export function NameList() {
  const { t } = useText();
  const { editing, caret } = useEditor();
  const write = (text: string) => {
    const place = caret.current;
    if (!place) return;
    const before = textAt(editing.doc, place.path);
    const start = Math.min(place.start, before.length);
    const end = Math.min(Math.max(place.end, start), before.length);
    editing.set(place.path, before.slice(0, start) + text + before.slice(end));
    caret.current = { ...place, start: start + text.length, end: start + text.length };
    place.field.focus();
  };
  return (
    <details className="name-list">
      <summary>{t('editor.names')}</summary>
      <p className="sub">{t('editor.names.note')}</p>
      <ul aria-label={t('editor.names')}>
        {namesIn(editing.doc).map(({ name, label, list }) => (
          <li key={`${list} ${name}`}>
            <button type="button" className="name-chip mono" title={label} onClick={() => write(name)}>
              {name}
            </button>
          </li>
        ))}
      </ul>
      <ul aria-label={t('editor.functions')}>
        {FUNCTIONS.map((text) => (
          <li key={text}>
            <button type="button" className="name-chip mono" onClick={() => write(text)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
