import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { commands, type FigureDto, type NoClosing, type SolvedClosing } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Figure } from '../../components/figure.tsx';
import { Select } from '../../components/select.tsx';
import { Skeleton } from '../../components/states.tsx';
import { formatExact, formatProse, type Money } from '../../domain/money.ts';
import { type TextKey, type Translate, useText } from '../../i18n/index.tsx';
import { Amount } from '../explain/amount.tsx';
import { Fault } from '../shell/fault.tsx';
import { type Cell, useDeal, useDesk } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';

const NONE = 'none';

/** Why there is no answer, as it is told. */
const REASONS = {
  nothing_to_solve: 'capital.solve.nothing_to_solve',
  filled_by: 'capital.solve.filled_by',
  never_cash: 'capital.solve.never_cash',
  not_needed: 'capital.solve.not_needed',
  never_enough: 'capital.solve.never_enough',
  never_carried: 'capital.solve.never_carried',
  unknown: 'capital.solve.unknown',
  refused: 'capital.solve.refused',
} as const;

/** Kinds of money that never come as cash and close nothing. */
const NEVER_CASH = new Set(['deferral', 'in_kind']);

/** What one unknown would have to be for sources to equal uses, computed on the whole deal. */
export function SolvePanel({ book }: { book: FigureBook }) {
  const { t } = useText();
  const { document, editAll } = useDeal();
  const { view } = useDesk();
  const [sought, setSought] = useState(NONE);
  const [unknown, instrument = null] = sought.split(':');
  const query = useQuery({
    queryKey: ['closing-solution', view?.deal, view?.revision, sought],
    queryFn: () =>
      take(commands.solveClosing({ deal: view?.deal ?? '', unknown: unknown ?? '', instrument })),
    enabled: view !== null && sought !== NONE,
  });
  const instruments = (document.instruments ?? []).filter((one) => !NEVER_CASH.has(one.terms.kind));
  const takeOver = async (solved: SolvedClosing) => {
    await editAll((solved.solution?.cells ?? []) as Cell[]);
  };
  return (
    <div className="solve">
      <Select
        label={t('capital.solve.for')}
        value={sought}
        onChange={setSought}
        options={[
          { value: NONE, label: t('capital.solve.choose') },
          ...instruments.map((one) => ({ value: `amount:${one.id}`, label: one.name })),
          { value: 'budget', label: t('capital.solve.budget') },
          { value: 'presales', label: t('capital.solve.presales') },
        ]}
      />
      <div aria-live="polite">
        {query.error instanceof Refusal ? (
          <Fault fault={query.error} onRetry={() => void query.refetch()} />
        ) : null}
        {query.isFetching && !query.data ? <Skeleton label={t('pages.loading')} rows={2} /> : null}
        {query.data ? <Answer solved={query.data} onTake={() => void takeOver(query.data)} /> : null}
      </div>
      <OwnSolution book={book} />
    </div>
  );
}

/** The amount that fills the rest of this deal, and what proves it: what is left over, how often it was tried, how fast. */
const PROOF: readonly [string, TextKey][] = [
  ['closing.solution', 'solve.own.amount'],
  ['closing.solution_residual', 'solve.own.residual'],
  ['closing.solution_trials', 'solve.own.trials'],
  ['closing.solution_contraction', 'solve.own.contraction'],
];

function OwnSolution({ book }: { book: FigureBook }) {
  const { t } = useText();
  const { document } = useDeal();
  const filling = (document.instruments ?? []).find((one) => one.amount && 'remainder' in one.amount);
  const shown = PROOF.filter(([address]) => book.at(address) !== null);
  if (!filling || shown.length === 0) return null;
  return (
    <section className="solve-own" aria-label={t('solve.own', { name: filling.name })}>
      <h3 className="strong">{t('solve.own', { name: filling.name })}</h3>
      <dl className="totals">
        {shown.map(([address, label]) => (
          <div key={address} className="total-item">
            <dt className="sub">{t(label)}</dt>
            <dd className="num strong">
              <Amount book={book} address={address} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Answer({ solved, onTake }: { solved: SolvedClosing; onTake: () => void }) {
  const { t, locale } = useText();
  const { document } = useDeal();
  if (solved.reason) return <p>{reasonText(solved.reason, document.instruments ?? [], t, locale)}</p>;
  if (!solved.solution) return null;
  const { amount, difference } = solved.solution;
  const [closes, left] = [moneyOf(amount), moneyOf(difference)];
  if (!closes || !left) return null;
  return (
    <div className="solve-answer">
      <dl className="totals">
        <div className="total-item">
          <dt className="sub">{`${t('capital.solve.closes')}, ${closes.currency}`}</dt>
          <dd className="num strong">
            <Figure address={amount.address}>{formatExact(closes, locale)}</Figure>
          </dd>
        </div>
        <div className="total-item">
          <dt className="sub">{t('capital.difference')}</dt>
          <dd className="num strong">
            <Figure address={difference.address}>{formatExact(left, locale)}</Figure>
          </dd>
        </div>
      </dl>
      <Button onClick={onTake}>{t('capital.solve.take')}</Button>
    </div>
  );
}

function reasonText(
  reason: NoClosing,
  instruments: readonly { id: string; name: string }[],
  t: Translate,
  locale: string,
) {
  const name = instruments.find((one) => one.id === reason.instrument)?.name ?? reason.instrument ?? '';
  const left = moneyOf(reason.amount);
  const amount =
    left && reason.amount ? (
      <Figure address={reason.amount.address}>{formatProse(left, locale)}</Figure>
    ) : null;
  const key = REASONS[reason.kind as keyof typeof REASONS] ?? REASONS.unknown;
  const said = t(key, { name, message: reason.message ?? '' });
  return amount ? (
    <>
      {said} {amount}
    </>
  ) : (
    said
  );
}

function moneyOf(figure: FigureDto | null): Money | null {
  return figure?.value.kind === 'money' ? figure.value.amount : null;
}
