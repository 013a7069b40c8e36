import { useState } from 'react';
import { FindingList, type Severity } from '../../components/finding-list.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { useFindings } from '../workspace/figures.ts';
import { countBySeverity, severityOf, useFindingLines } from './lines.tsx';

export function FindingsPage() {
  const { t } = useText();
  const { findings, isPending } = useFindings();
  const [shown, setShown] = useState<Severity | 'all'>('all');
  const counts = countBySeverity(findings);
  const lines = useFindingLines(
    findings.filter((finding) => shown === 'all' || severityOf(finding) === shown),
  );
  const summary = [
    t('findings.blockers', { count: counts.blocker }),
    t('findings.questions', { count: counts.question }),
    t('findings.notes', { count: counts.note }),
  ].join(', ');
  return (
    <Page
      crumb={t('nav.findings')}
      headline={findings.length === 0 && !isPending ? t('findings.none') : summary}
    >
      {isPending ? <Skeleton label={t('pages.loading')} rows={7} /> : null}
      {!isPending && findings.length === 0 ? (
        <EmptyState title={t('findings.none')} note={t('findings.none.note')} />
      ) : null}
      {findings.length > 0 ? (
        <div className="tiles">
          <Tile
            title={t('findings.list')}
            note={t('findings.list.note')}
            edge
            tools={
              <Segmented
                label={t('findings.show')}
                value={shown}
                onChange={setShown}
                options={[
                  { value: 'all', label: t('findings.all', { count: findings.length }) },
                  { value: 'blocker', label: t('findings.blockers', { count: counts.blocker }) },
                  { value: 'question', label: t('findings.questions', { count: counts.question }) },
                  { value: 'note', label: t('findings.notes', { count: counts.note }) },
                ]}
              />
            }
          >
            <FindingList findings={lines} />
          </Tile>
        </div>
      ) : null}
    </Page>
  );
}
