import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { FindingDto } from '../../api/bindings.ts';
import type { FindingLine, Severity } from '../../components/finding-list.tsx';
import { useText } from '../../i18n/index.tsx';
import { useAddressLabel } from '../explain/labels.ts';
import { goToCell, pageOf } from '../shell/go-to.ts';
import { CureButton } from './cure.tsx';

const SEVERITIES: readonly Severity[] = ['blocker', 'question', 'note'];

export function severityOf(finding: FindingDto): Severity {
  return SEVERITIES.find((severity) => severity === finding.severity) ?? 'note';
}

/** Findings as lines that lead to the field which causes them. */
export function useFindingLines(findings: readonly FindingDto[]): FindingLine[] {
  const { t } = useText();
  const label = useAddressLabel();
  const navigate = useNavigate();
  return useMemo(
    () =>
      findings.map((finding) => {
        const severity = severityOf(finding);
        return {
          code: finding.code,
          severity,
          severityLabel: t(`severity.${severity}`),
          message: finding.message,
          place: finding.path === '' ? null : label(finding.path),
          remedy: finding.remedy,
          about: finding.path || finding.code,
          cure: finding.curable ? <CureButton finding={finding} /> : null,
          onOpen: pageOf(finding.path) ? () => void goToCell(finding.path, navigate) : null,
        };
      }),
    [findings, t, label, navigate],
  );
}

export function countBySeverity(findings: readonly FindingDto[]): Record<Severity, number> {
  const counts = { blocker: 0, question: 0, note: 0 };
  for (const finding of findings) counts[severityOf(finding)]++;
  return counts;
}
