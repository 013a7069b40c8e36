import { useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { RevisionEntry } from '../../api/bindings.ts';
import { Refusal } from '../../api/errors.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Skeleton } from '../../components/states.tsx';
import { Switch } from '../../components/switch.tsx';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { Comparison } from './comparison.tsx';
import { formatMoment, useAllRevisions, useRevisions, useRevisionWords } from './revisions.ts';
import { Selected } from './selected.tsx';

/** The history of the deal: one revision against the one before it, or any two against each other. */
export function HistoryPage() {
  const { t } = useText();
  const { view } = useDeal();
  const { revision: linked } = useSearch({ strict: false }) as { revision?: string };
  const [page, setPage] = useState(1);
  const [isNamed, setNamed] = useState(false);
  const [chosen, setChosen] = useState<readonly RevisionEntry[]>([]);
  const paged = useRevisions(view.deal, view.revision, page);
  const all = useAllRevisions(view.deal, view.revision, isNamed || linked !== undefined);
  const size = paged.data?.page_size ?? 1;
  const total = paged.data?.total ?? 0;
  const last = Math.max(1, Math.ceil(total / size));
  const named = (all.data ?? []).filter((one) => one.names.length > 0);
  const shown = isNamed ? named : (paged.data?.revisions ?? []);

  // A link to a revision leads to its page, wherever it stands by now.
  useEffect(() => {
    const at = (all.data ?? []).findIndex((one) => one.revision === linked);
    const found = all.data?.[at];
    if (!found) return;
    setChosen([found]);
    setPage(Math.floor(at / size) + 1);
  }, [all.data, linked, size]);

  const toggle = (one: RevisionEntry) =>
    setChosen((before) =>
      before.some(({ revision }) => revision === one.revision)
        ? before.filter(({ revision }) => revision !== one.revision)
        : [...before.slice(-1), one],
    );
  const fault = paged.error ?? all.error;
  return (
    <Page crumb={t('nav.history')} headline={t('history.headline', { count: total })}>
      {fault instanceof Refusal ? <Fault fault={fault} onRetry={() => void paged.refetch()} /> : null}
      {paged.isPending ? <Skeleton label={t('pages.loading')} /> : null}
      <div className="tiles tiles-fill">
        <Tile
          title={t('history.list')}
          note={t('history.note')}
          span={5}
          edge
          tools={
            <span className="row-flex">
              <Switch label={t('history.named_only')} checked={isNamed} onChange={setNamed} />
              <span aria-hidden="true">{t('history.named_only')}</span>
            </span>
          }
        >
          {isNamed && all.data && named.length === 0 ? (
            <p className="sub">{t('history.none_named')}</p>
          ) : null}
          <ol className="revisions">
            {shown.map((one) => (
              <RevisionRow
                key={one.revision}
                revision={one}
                isChosen={chosen.some(({ revision }) => revision === one.revision)}
                onSelect={() => setChosen([one])}
                onToggle={() => toggle(one)}
              />
            ))}
          </ol>
          {!isNamed && last > 1 ? (
            <nav className="pages" aria-label={t('history.pages')}>
              <span>{t('history.page', { page, pages: last })}</span>
              <Button disabled={page <= 1} onClick={() => setPage(page - 1)}>
                {t('history.newer')}
              </Button>
              <Button disabled={page >= last} onClick={() => setPage(page + 1)}>
                {t('history.older')}
              </Button>
            </nav>
          ) : null}
        </Tile>
        <Tile span={7}>
          <Details chosen={chosen} onUnselect={() => setChosen([])} />
        </Tile>
      </div>
    </Page>
  );
}

function Details({ chosen, onUnselect }: { chosen: readonly RevisionEntry[]; onUnselect: () => void }) {
  const { t } = useText();
  const { view } = useDeal();
  const [older, newer] = [...chosen].sort((a, b) => a.number - b.number);
  if (!older) return <p className="sub">{t('history.choose')}</p>;
  if (!newer) return <Selected key={older.revision} revision={older} onUnselect={onUnselect} />;
  return (
    <div className="stack">
      <h2>{t('history.between', { from: older.number, to: newer.number })}</h2>
      <Comparison deal={view.deal} from={older.revision} to={newer.revision} />
    </div>
  );
}

type RowProps = {
  revision: RevisionEntry;
  isChosen: boolean;
  onSelect: () => void;
  onToggle: () => void;
};

function RevisionRow({ revision, isChosen, onSelect, onToggle }: RowProps) {
  const { t, locale } = useText();
  const words = useRevisionWords();
  return (
    <li className="revision-row" data-chosen={isChosen}>
      <input
        type="checkbox"
        checked={isChosen}
        aria-label={t('history.compare', { number: revision.number })}
        onChange={onToggle}
      />
      <button type="button" className="revision-button" aria-pressed={isChosen} onClick={onSelect}>
        <span className="revision-number">{revision.number}</span>
        <span className="revision-text">
          <span className="strong">{words(revision)}</span>{' '}
          {revision.current ? <Badge look="note">{t('history.current')}</Badge> : null}
          {revision.names.map((name) => (
            <Badge key={name.version} look="pass">
              {name.name}
            </Badge>
          ))}
          <span className="sub revision-when">{`${formatMoment(revision.at, locale)} · ${revision.author}`}</span>
        </span>
      </button>
    </li>
  );
}
