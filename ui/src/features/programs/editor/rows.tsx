import type { ReactNode } from 'react';
import { Button, IconButton } from '../../../components/button.tsx';
import { useText } from '../../../i18n/index.tsx';
import { addressOf, type Element, elements } from './doc.ts';
import { useEditor } from './fields.tsx';

/** Longer lists are edited as text: what a person can look through is shown as a form. */
const MOST_SHOWN = 300;

type Props = {
  list: string;
  /** Heads of the columns where the rows read as a table; the fields then name themselves only on a narrow page. */
  heads?: readonly string[];
  addLabel: string;
  /** What a new element starts as. */
  fresh: () => Element;
  name: (element: Element, at: number) => string;
  children: (element: Element, at: number) => ReactNode;
};

/** The elements of a list, each with its fields and the ways to move and remove it. */
export function Rows({ list, heads, addLabel, fresh, name, children }: Props) {
  const { t } = useText();
  const { editing } = useEditor();
  const all = elements(editing.doc, list);
  return (
    <div className={`editor-rows ${heads ? `rows-table rows-${list}` : ''}`}>
      {heads && all.length > 0 ? (
        <div className="editor-row rows-head" aria-hidden="true">
          <div className="editor-row-fields">
            {heads.map((head) => (
              <span key={head}>{head}</span>
            ))}
          </div>
        </div>
      ) : null}
      {all.slice(0, MOST_SHOWN).map((element, at) => (
        <div key={at} className="editor-row" data-field={addressOf(editing.doc, [list, at])} tabIndex={-1}>
          <div className="editor-row-fields">{children(element, at)}</div>
          <div className="editor-row-tools">
            <IconButton
              icon="back"
              className="turned"
              label={t('editor.up', { name: name(element, at) })}
              disabled={at === 0}
              onClick={() => editing.move(list, at, -1)}
            />
            <IconButton
              icon="arrow"
              className="turned"
              label={t('editor.down', { name: name(element, at) })}
              disabled={at === all.length - 1}
              onClick={() => editing.move(list, at, 1)}
            />
            <IconButton
              icon="trash"
              label={t('editor.remove', { name: name(element, at) })}
              onClick={() => editing.set([list, at], undefined)}
            />
          </div>
        </div>
      ))}
      {all.length > MOST_SHOWN ? (
        <p className="sub">{t('editor.more_rows', { count: all.length - MOST_SHOWN })}</p>
      ) : null}
      <Button icon="plus" onClick={() => editing.set([list, all.length], fresh())}>
        {addLabel}
      </Button>
    </div>
  );
}
