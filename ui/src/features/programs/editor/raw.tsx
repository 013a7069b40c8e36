import { useId } from 'react';
import { Icon } from '../../../components/icon.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useEditor } from './fields.tsx';

/** Where a reader of JSON stopped, as line and column; engines of browsers say it in different words. */
export function placeOf(text: string): { message: string; line: number; column: number } | null {
  try {
    JSON.parse(text);
    return null;
  } catch (fault) {
    const message = fault instanceof Error ? fault.message : String(fault);
    const line = /line (\d+) column (\d+)/.exec(message);
    if (line) return { message, line: Number(line[1]), column: Number(line[2]) };
    const at = /position (\d+)/.exec(message);
    const before = text.slice(0, at ? Number(at[1]) : text.length).split('\n');
    return { message, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }
}

/** The program as the file holds it: also what no form shows. */
export function Raw() {
  const { t } = useText();
  const { editing } = useEditor();
  const id = useId();
  const place = editing.raw === null ? null : placeOf(editing.raw);
  return (
    <div className="stack">
      <p className="sub">{t('editor.raw.note')}</p>
      <label className="field-label" htmlFor={id}>
        {t('editor.raw')}
      </label>
      <textarea
        id={id}
        className="raw-text mono"
        spellCheck={false}
        autoCapitalize="off"
        value={editing.text}
        aria-invalid={editing.raw !== null}
        onChange={({ target }) => editing.setRaw(target.value)}
      />
      {editing.raw !== null ? (
        <p className="field-error">
          <Icon name="blocker" size={13} />
          <span>
            {place
              ? t('editor.raw.wrong', { line: place.line, column: place.column })
              : t('editor.raw.no_object')}
          </span>
        </p>
      ) : null}
    </div>
  );
}
