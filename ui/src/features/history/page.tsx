import { useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
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
import { formatMoment, type Part, useRevisions, useRevisionWords } from './revisions.ts';
import { Selected } from './selected.tsx';

/** The history of the deal: one revision against the one before it, or any two against each other. */
export function HistoryPage() {
  const { t } = useText();
  const { view } = useDeal();
  const { revision: linked } = useSearch({ strict: false }) as { revision?: string };
  // A link to a revision leads to its page, wherever it stands by now.
  const [part, setPart] = useState<Part>({ page: 1, around: linked ?? null, isNamed: false });
  const [chosen, setChosen] = useState<readonly RevisionEntry[]>([]);
  const paged = useRevisions(view.deal, view.revision, part);
  const { revisions: shown = [], page = 1, page_size: size = 1, total = 0, all = 0 } = paged.data ?? {};
  const last = Math.max(1, Math.ceil(total / size));
  const setPage = (next: number) => setPart({ ...part, page: next, around: null });

  useEffect(() => {
    if (linked !== undefined) setPart({ page: 1, around: linked, isNamed: false });
  }, [linked]);
  const found = part.around === null ? undefined : shown.find(({ revision }) => revision === part.around);
  const isFound = found !== undefined;
  const reached = useRef(found);
  reached.current = found;
  useEffect(() => {
    if (isFound && reached.current) setChosen([reached.current]);
  }, [isFound, part.around]);

  const toggle = (one: RevisionEntry) =>
    setChosen((before) =>
      before.some(({ revision }) => revision === one.revision)
        ? before.filter(({ revision }) => revision !== one.revision)
        : [...before.slice(-1), one],
    );
  return (
    <Page crumb={t('nav.history')} headline={t('history.headline', { count: all })}>
      {paged.error instanceof Refusal ? (
        <Fault fault={paged.error} onRetry={() => void paged.refetch()} />
      ) : null}
      {paged.isPending ? <Skeleton label={t('pages.loading')} /> : null}
      <div className="tiles tiles-fill">
        <Tile
          title={t('history.list')}
          note={t('history.note')}
          span={5}
          edge
          tools={
            <span className="row-flex nowrap">
              <Switch
                label={t('history.named_only')}
                checked={part.isNamed}
                onChange={(isNamed) => setPart({ page: 1, around: null, isNamed })}
              />
              <span aria-hidden="true">{t('history.named_only')}</span>
            </span>
          }
        >
          {part.isNamed && paged.data && !paged.isPlaceholderData && total === 0 ? (
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
          {last > 1 ? (
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
          <Details
            chosen={chosen}
            present={shown.find(({ current }) => current) ?? null}
            onUnselect={() => setChosen([])}
          />
        </Tile>
      </div>
    </Page>
  );
}

type DetailsProps = {
  chosen: readonly RevisionEntry[];
  /** The present revision where it is in sight: shown until another is chosen. */
  present: RevisionEntry | null;
  onUnselect: () => void;
};

function Details({ chosen, present, onUnselect }: DetailsProps) {
  const { t } = useText();
  const { view } = useDeal();
  const [older, newer] = [...chosen].sort((a, b) => a.number - b.number);
  if (!older)
    return (
      <div className="stack">
        <p className="sub">{t('history.choose')}</p>
        {present ? <Selected key={present.revision} revision={present} onUnselect={onUnselect} /> : null}
      </div>
    );
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
