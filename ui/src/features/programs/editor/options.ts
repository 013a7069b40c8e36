import { useText } from '../../../i18n/index.tsx';
import { elements } from './doc.ts';
import { useEditor } from './fields.tsx';

export function useOptions() {
  const { maybe } = useText();
  return (prefix: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: maybe(`${prefix}.${value}`, value.replace(/_/g, ' ')) }));
}

export function useSources() {
  const { editing } = useEditor();
  return elements(editing.doc, 'sources').flatMap(({ id, title }) =>
    typeof id === 'string' ? [{ value: id, label: typeof title === 'string' && title ? title : id }] : [],
  );
}

export function useLines() {
  const { editing } = useEditor();
  return elements(editing.doc, 'lines').flatMap(({ id, label }) =>
    typeof id === 'string' ? [{ value: id, label: typeof label === 'string' && label ? label : id }] : [],
  );
}
