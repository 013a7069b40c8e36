import { useQuery } from '@tanstack/react-query';
import { commands, type RevisionEntry } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Badge } from '../../components/badge.tsx';
import { Skeleton } from '../../components/states.tsx';
import { formatProse, parseDocumentMoney } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';

export function HistoryPage() {
  const { t } = useText();
  const { view } = useDeal();
  const history = useQuery({
    queryKey: ['revisions', view.deal, view.revision],
    queryFn: () => take(commands.listRevisions({ deal: view.deal })),
  });
  const revisions = history.data?.revisions ?? [];
  return (
    <Page crumb={t('nav.history')} headline={t('history.headline', { count: revisions.length })}>
      {history.error instanceof Refusal ? (
        <Fault fault={history.error} onRetry={() => void history.refetch()} />
      ) : null}
      {history.isPending ? <Skeleton label={t('pages.loading')} /> : null}
      <div className="tiles">
        <Tile title={t('nav.history')} note={t('history.note')} edge>
          <ol className="revisions">
            {revisions
              .map((revision, at) => ({ revision, at }))
              .reverse()
              .map(({ revision, at }) => (
                <li key={at} className="revision">
                  <Revision revision={revision} />
                </li>
              ))}
          </ol>
        </Tile>
      </div>
    </Page>
  );
}

function Revision({ revision }: { revision: RevisionEntry }) {
  const { t, locale } = useText();
  const at = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(
    revision.at_seconds * 1000,
  );
  const value = (cell: unknown): string => {
    if (cell === null || cell === undefined) return '–';
    const money = parseDocumentMoney(cell);
    if (money) return formatProse(money, locale);
    return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  };
  return (
    <>
      <span className="sub">{at}</span>
      <div>
        <p className="mono">
          {revision.changes.length === 0 ? t('history.opened') : revision.label}{' '}
          {revision.current ? <Badge look="note">{t('history.current')}</Badge> : null}
        </p>
        {revision.changes.map((change) => (
          <p key={change.path} className="sub">
            {change.path === revision.label ? null : <code>{change.path} </code>}
            <span>{value(change.before)}</span>
            <span aria-hidden="true">{' → '}</span>
            <span className="strong">{value(change.after)}</span>
          </p>
        ))}
      </div>
    </>
  );
}
