import { Icon } from '../../../components/icon.tsx';

/** What the application said about cells of a table. */
export function Refusals({ texts }: { texts: readonly string[] }) {
  return texts.map((text) => (
    <p key={text} className="field-error" role="alert">
      <Icon name="blocker" size={13} /> {text}
    </p>
  ));
}
