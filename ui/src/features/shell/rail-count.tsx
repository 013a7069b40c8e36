import { useText } from '../../i18n/index.tsx';
import { countBySeverity } from '../findings/lines.tsx';
import { useFindings } from '../workspace/figures.ts';

/** Blockers, questions and notes beside the way to them. */
export function FindingCount() {
  const { t } = useText();
  const { isPending, findings } = useFindings();
  const { blocker, question, note } = countBySeverity(findings);
  const label = t('status.findings', { blockers: blocker, questions: question, notes: note });
  if (isPending) return null;
  return (
    <span className={`rail-count ${blocker > 0 ? 'rail-count-blocker' : ''}`} title={label}>
      {`${blocker} · ${question} · ${note}`}
    </span>
  );
}
