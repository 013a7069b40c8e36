import { Link } from '@tanstack/react-router';
import { FindingList } from '../../components/finding-list.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';
import { DealClosing, DealDebt } from '../capital/charts.tsx';
import { useClosingHeadline } from '../capital/page.tsx';
import { Amount } from '../explain/amount.tsx';
import { useReason } from '../explain/reason.ts';
import { countBySeverity, useFindingLines } from '../findings/lines.tsx';
import { LawOffers } from '../incentives/law-offers.tsx';
import { Fault } from '../shell/fault.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { PartyTable } from '../waterfall/parties.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { type FigureBook, useBook, useFindings } from '../workspace/figures.ts';

const FIRST = 8;

/** Does it close, how much, what is wrong, who is paid: in this order. */
export function OverviewPage() {
  const { t } = useText();
  const { document, view } = useDeal();
  const caseWord = t(`revenue.case.word.${document.revenue?.case ?? 'base'}`);
  const book = useBook();
  const headline = useClosingHeadline(book);
  return (
    <Page
      crumb={t('nav.overview')}
      headline={headline ?? view.name}
      about={headline ? 'closing.difference' : undefined}
    >
      <LawOffers />
      {book.fault ? <Fault fault={book.fault} onRetry={book.retry} /> : null}
      {book.isPending ? <Skeleton label={t('pages.loading')} rows={7} /> : null}
      {book.all.size > 0 ? (
        <div className="tiles tiles-fill tiles-three">
          <Tile edge>
            <DealClosing book={book} />
          </Tile>
          <Headlines book={book} />
          <TopFindings />
          <Tile
            title={t('overview.parties')}
            note={t('overview.parties.note', { currency: document.currency, case: caseWord })}
            span={4}
          >
            <PartyTable book={book} brief />
          </Tile>
          <Tile span={4}>
            <DealDebt book={book} />
          </Tile>
        </div>
      ) : null}
    </Page>
  );
}

function Headlines({ book }: { book: FigureBook }) {
  const { t } = useText();
  const { document } = useDeal();
  const equity = (document.instruments ?? []).find(
    (instrument) => instrument.terms.kind === 'equity',
  )?.provider;
  const short = (book.money('closing.difference')?.minor ?? 0) < 0;
  const figures: { label: string; address: string; note?: string; alert?: boolean }[] = [
    { label: t('overview.allin'), address: 'closing.uses_cash' },
    { label: t('overview.net'), address: 'incentives.net' },
    {
      label: t('capital.difference'),
      address: 'closing.difference',
      alert: short,
    },
    { label: t('overview.peak'), address: 'capital.peak_funding' },
    ...(equity
      ? [
          {
            label: t('overview.irr', { case: t(`revenue.case.word.${document.revenue?.case ?? 'base'}`) }),
            address: `returns.${equity}.irr`,
          },
          { label: t('overview.out'), address: `recoupment.${equity}.breakeven_receipts` },
        ]
      : []),
  ];
  return (
    <div className="kpis">
      {figures.map((figure) => (
        <div key={figure.address} className="kpi">
          <span className="kpi-label">{figure.label}</span>
          <Amount
            book={book}
            address={figure.address}
            size="headline"
            tone={figure.alert ? 'blocker' : 'ink'}
          />
          <Absence book={book} address={figure.address} />
        </div>
      ))}
    </div>
  );
}

/** Why there is no number, beside the place where it would stand. */
function Absence({ book, address }: { book: FigureBook; address: string }) {
  const reason = useReason();
  const quantity = book.at(address);
  return quantity?.kind === 'absent' ? <span className="sub">{reason(quantity)}</span> : null;
}

function TopFindings() {
  const { t } = useText();
  const { findings } = useFindings();
  const { blocker, question, note } = countBySeverity(findings);
  const lines = useFindingLines(findings);
  const title = [
    t('findings.blockers', { count: blocker }),
    t('findings.questions', { count: question }),
    t('findings.notes', { count: note }),
  ].join(', ');
  return (
    <Tile
      title={findings.length === 0 ? t('findings.none') : title}
      note={t('findings.list.note')}
      span={4}
      edge
      tools={
        <Link className="no-wrap" to="/findings">
          {t('findings.all', { count: findings.length })}
        </Link>
      }
    >
      <FindingList findings={lines.slice(0, FIRST)} />
    </Tile>
  );
}
