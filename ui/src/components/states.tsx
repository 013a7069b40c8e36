import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

type StateProps = { title: string; note: string; children?: ReactNode };

/** Nothing here yet: what would fill it, and how to begin. */
export function EmptyState({ title, note, children }: StateProps) {
  return (
    <div className="state">
      <h2 className="state-title">{title}</h2>
      <p className="state-note">{note}</p>
      {children ? <div className="state-actions">{children}</div> : null}
    </div>
  );
}

type ErrorProps = StateProps & { kept: string; code?: string };

/** What happened, what is safe, what to do. */
export function ErrorState({ title, note, kept, code, children }: ErrorProps) {
  return (
    <div className="state" role="alert">
      <h2 className="state-title state-title-error">
        <Icon name="blocker" size={17} /> {title}
      </h2>
      <p className="state-note">{note}</p>
      <p className="state-note">{kept}</p>
      {children || code ? (
        <div className="state-actions">
          {children}
          {code ? <code className="sub">{code}</code> : null}
        </div>
      ) : null}
    </div>
  );
}

/** The shape of what is coming; shown by CSS only after 150 ms. */
export function Skeleton({ label, rows = 5 }: { label: string; rows?: number }) {
  const widths = ['72%', '58%', '81%', '44%', '66%', '52%', '77%'];
  return (
    <div className="skeleton" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className="skeleton-row" style={{ width: widths[row % widths.length] }} />
      ))}
    </div>
  );
}
