import type { ReactNode } from 'react';

export type BadgeLook = 'blocker' | 'question' | 'note' | 'pass' | 'outline' | 'dashed';

export function Badge({ look, children }: { look: BadgeLook; children: ReactNode }) {
  return <span className={`badge badge-${look}`}>{children}</span>;
}

export function Swatch({ kind, certainty = 'firm' }: { kind: string; certainty?: string }) {
  return <span className={`swatch swatch-${kind} swatch-${certainty}`} aria-hidden="true" />;
}
