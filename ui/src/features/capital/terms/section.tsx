import { type ReactNode, useId } from 'react';
import type { CellValue } from '../../workspace/desk.tsx';
import type { Contract, Put } from './types.ts';

export type SectionProps = { contract: Contract; currency: string; put: Put };

export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="terms-section" aria-labelledby={id}>
      <h3 id={id} className="strong">
        {title}
      </h3>
      <div className="terms-fields">{children}</div>
    </section>
  );
}

export const asCell = (value: unknown): CellValue => value as CellValue;
