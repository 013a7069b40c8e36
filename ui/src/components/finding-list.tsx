import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

export type Severity = 'blocker' | 'question' | 'note';
export type FindingLine = {
  code: string;
  severity: Severity;
  severityLabel: string;
  message: string;
  place: string | null;
  remedy: string | null;
  /** The cell or figure it speaks of: whence its numbers come. */
  about?: string;
  onOpen: (() => void) | null;
  /** What makes it go away, where that is known. */
  cure?: ReactNode;
};

const RANK: Record<Severity, number> = { blocker: 0, question: 1, note: 2 };

export function rankFindings<T extends { severity: Severity }>(findings: readonly T[]): T[] {
  return findings
    .map((finding, at) => ({ finding, at }))
    .sort((a, b) => RANK[a.finding.severity] - RANK[b.finding.severity] || a.at - b.at)
    .map(({ finding }) => finding);
}

/** Ranked as a financier would; each line leads to the field that causes it. */
export function FindingList({ findings }: { findings: readonly FindingLine[] }) {
  return (
    <ul className="findings">
      {rankFindings(findings).map((finding, at) => (
        <li key={`${finding.code}#${at}`} className="finding" data-about={finding.about}>
          <span className={`finding-sign finding-${finding.severity}`}>
            <Icon name={finding.severity} />
            <span className="visually-hidden">{finding.severityLabel}</span>
          </span>
          <div>
            <p className="finding-message">{finding.message}</p>
            <p className="sub">
              {finding.place && finding.onOpen ? (
                <button type="button" className="link" onClick={finding.onOpen}>
                  {finding.place}
                </button>
              ) : null}
              {finding.remedy ? <span>{finding.remedy}</span> : null}
            </p>
          </div>
          {finding.cure ? <div className="finding-cure">{finding.cure}</div> : null}
        </li>
      ))}
    </ul>
  );
}
