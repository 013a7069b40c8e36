import { useQuery } from '@tanstack/react-query';
import { commands, type FigureChange, type RevisionComparison } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Badge } from '../../components/badge.tsx';
import { Skeleton } from '../../components/states.tsx';
import { formatProse, parseDocumentMoney } from '../../domain/money.ts';
import { formatQuantity, type Quantity, readingOf } from '../../domain/quantity.ts';
import { useText } from '../../i18n/index.tsx';
import { useAddressLabel } from '../explain/labels.ts';
import { useDeriveWords } from '../explain/provider.tsx';
import { Fault } from '../shell/fault.tsx';
import { useDesk } from '../workspace/desk.tsx';

type Props = {
  deal: string;
  /** The revision to start from; the one before `to` where none is given. */
  from: string | null;
  /** The revision to arrive at; the present one where none is given. */
  to: string | null;
};

/** What lies between two revisions: the cells, and the figures that follow from them. */
export function Comparison({ deal, from, to }: Props) {
  const { t } = useText();
  const { view } = useDesk();
  const query = useQuery({
    queryKey: ['comparison', deal, from, to ?? view?.revision],
    queryFn: () => take(commands.compareRevisions({ deal, from, to })),
  });
  if (query.error instanceof Refusal) {
    return <Fault fault={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!query.data) return <Skeleton label={t('history.comparing')} rows={4} />;
  return <Compared found={query.data} />;
}

export function Compared({ found }: { found: RevisionComparison }) {
  const { t } = useText();
  if (found.from === null) return <p className="sub">{t('history.first')}</p>;
  if (found.changes.length === 0) return <p className="sub">{t('history.same')}</p>;
  return (
    <div className="stack comparison">
      <Changes found={found} />
      <Figures figures={found.figures} />
    </div>
  );
}

function Changes({ found }: { found: RevisionComparison }) {
  const { t, locale } = useText();
  const label = useAddressLabel();
  const value = (cell: unknown): string => {
    if (cell === null || cell === undefined) return t('history.empty');
    const money = parseDocumentMoney(cell);
    if (money) return formatProse(money, locale);
    return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  };
  return (
    <section aria-label={t('history.cells', { count: found.changes.length })}>
      <h3>{t('history.cells', { count: found.changes.length })}</h3>
      <div className="scroll-x">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('history.cell')}</th>
              <th scope="col">{t('history.before')}</th>
              <th scope="col">{t('history.after')}</th>
            </tr>
          </thead>
          <tbody>
            {found.changes.map((change) => (
              <tr key={change.path} data-path={change.path}>
                <td title={change.path}>{label(change.path)}</td>
                <td className="formula">{value(change.before)}</td>
                <td className="formula strong">{value(change.after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Whether more of a figure is better for whom it belongs to: what a party is paid, not what it still waits for. */
function isPay(address: string): boolean {
  return /^(recoupment|returns)\..+\.(paid|npv)$/.test(address);
}

function signOf(difference: Quantity | null): number {
  if (difference?.kind === 'money') return Math.sign(difference.amount.minor);
  return difference?.kind === 'number' ? Math.sign(Number(difference.decimal)) : 0;
}

function Figures({ figures }: { figures: readonly FigureChange[] }) {
  const { t, locale } = useText();
  const label = useAddressLabel();
  const words = useDeriveWords();
  if (figures.length === 0) return <p className="sub">{t('history.no_figures')}</p>;
  const shown = (quantity: Quantity | null, address: string) =>
    quantity ? formatQuantity(quantity, locale, words.quantity, { reading: readingOf(address) }) : '';
  const grown = (change: FigureChange) => {
    const sign = signOf(change.difference);
    const text = shown(change.difference, change.address);
    return sign > 0 ? `+${text}` : text;
  };
  return (
    <section aria-label={t('history.figures', { count: figures.length })}>
      <h3>{t('history.figures', { count: figures.length })}</h3>
      <div className="scroll-x">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('history.figure')}</th>
              <th scope="col" className="num">
                {t('history.before')}
              </th>
              <th scope="col" className="num">
                {t('history.after')}
              </th>
              <th scope="col" className="num">
                {t('history.difference')}
              </th>
              <th scope="col">
                <span className="visually-hidden">{t('history.who')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {figures.map((change) => {
              const sign = signOf(change.difference);
              return (
                <tr key={change.address} data-address={change.address}>
                  <td title={change.address}>{label(change.address)}</td>
                  <td className="num">{shown(change.before, change.address)}</td>
                  <td className="num">{shown(change.after, change.address)}</td>
                  <td className="num strong">{grown(change)}</td>
                  <td>
                    {isPay(change.address) && sign !== 0 ? (
                      <Badge look={sign > 0 ? 'pass' : 'blocker'}>
                        {sign > 0 ? t('history.gains') : t('history.loses')}
                      </Badge>
                    ) : null}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
