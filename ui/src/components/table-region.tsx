import type { ReactNode } from 'react';

/** A wide table that scrolls sideways in a place of its own, which the keyboard reaches. */
export function TableRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <div className="scroll-x" tabIndex={0} role="region" aria-label={label}>
      <table className="table">
        <caption className="visually-hidden">{label}</caption>
        {children}
      </table>
    </div>
  );
}

/** Where a text of the law stands, as a link where its source is known. */
export function Clause({ clause, source }: { clause: string | null; source: string | null }) {
  if (!source || !clause) return clause;
  return (
    <a href={source} target="_blank" rel="noreferrer">
      {clause}
    </a>
  );
}
