import { IconButton } from '../../../components/button.tsx';
import { DraftInput } from '../../../components/draft-input.tsx';
import { Grid, type GridColumn } from '../../../components/grid.tsx';
import { Segmented } from '../../../components/segmented.tsx';
import { type BudgetLine, moneyAt } from '../../../domain/document.ts';
import { writeDocumentMoney } from '../../../domain/money.ts';
import { useText } from '../../../i18n/index.tsx';
import { useBlock } from '../../block.ts';
import { BudgetSheetButtons } from '../../budget-sheets/buttons.tsx';
import { choiceColumn, moneyColumn, percentColumn, textColumn } from '../../cells.ts';
import { Amount } from '../../explain/amount.tsx';
import { freeId } from '../../ids.ts';
import { DateInput, MoneyInput, RateInput } from '../../inputs.tsx';
import { useDeal } from '../../workspace/desk.tsx';
import { useBook } from '../../workspace/figures.ts';
import { ACCOUNTS, PHASES } from '../terms.ts';
import { AddRow } from './add-row.tsx';
import { type Cells, useCells, useOptional } from './cells.ts';
import { Refusals } from './refusals.tsx';

/** Step 2: what it costs, and when it is made. */
export function BudgetStep() {
  const { t } = useText();
  const cells = useCells();
  return (
    <>
      <section className="setup-part" aria-label={t('setup.lines')}>
        <div className="setup-head">
          <h3>{t('setup.lines')}</h3>
          <BudgetSheetButtons />
        </div>
        <Lines cells={cells} />
      </section>
      <section className="setup-part" aria-label={t('setup.contingency')}>
        <h3>{t('setup.contingency')}</h3>
        <Contingency cells={cells} />
      </section>
      <section className="setup-part" aria-label={t('schedule.title')}>
        <h3>{t('schedule.title')}</h3>
        <Schedule cells={cells} />
      </section>
    </>
  );
}

function Lines({ cells }: { cells: Cells }) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const book = useBook();
  const lines = document.budget?.lines ?? [];
  const edit = (path: string, value: Parameters<Cells['edit']>[1]) => void cells.edit(path, value);
  const context = { t, locale, edit };
  const cell = (field: string) => (line: BudgetLine) => `budget.lines[${line.id}].${field}`;
  const account = (value: string) => t(`account.${value}` as 'account.other');
  const columns: GridColumn<BudgetLine>[] = [
    textColumn(
      { id: 'label', head: t('setup.line'), path: cell('label'), value: (line) => line.label },
      edit,
    ),
    choiceColumn(
      {
        id: 'account',
        head: t('budget.account'),
        path: cell('account'),
        value: (line) => line.account,
        label: account,
        choices: ACCOUNTS,
      },
      context,
    ),
    moneyColumn(
      {
        id: 'amount',
        head: `${t('budget.amount')}, ${document.currency}`,
        path: cell('amount'),
        value: (line) => moneyAt(line.amount),
        currency: document.currency,
      },
      context,
    ),
    percentColumn(
      {
        id: 'labour',
        head: t('budget.labour'),
        path: cell('labour_share'),
        value: (line) => line.labour_share,
      },
      context,
    ),
    {
      id: 'remove',
      head: '',
      cell: (line) => (
        <IconButton
          icon="trash"
          tabIndex={-1}
          label={t('setup.remove', { name: line.label })}
          onClick={() => void cells.edit(`budget.lines[${line.id}]`, null)}
        />
      ),
    },
  ];
  const pasting = useBlock({ path: 'budget.lines', rows: lines, edit: cells.edit });
  return (
    <>
      {lines.length > 0 ? (
        <Grid
          label={t('setup.lines')}
          hint={t('table.edit')}
          columns={columns}
          rows={lines}
          rowId={(line) => line.id}
          {...pasting}
          footer={
            <tr>
              <td colSpan={2}>{t('setup.lines.total')}</td>
              <td className="num">
                {book.at('budget.lines') ? (
                  <Amount book={book} address="budget.lines" />
                ) : (
                  <span className="sub">{t('setup.lines.later')}</span>
                )}
              </td>
              <td colSpan={2} />
            </tr>
          }
        />
      ) : (
        <p className="sub">{t('setup.lines.none')}</p>
      )}
      <Refusals texts={cells.refusedUnder('budget.lines')} />
      <AddRow
        label={t('setup.lines.add')}
        kinds={ACCOUNTS}
        kindLabel={account}
        kindHead={t('budget.account')}
        currency={document.currency}
        isSequence
        onAdd={(kind, name, amount) =>
          cells.add('budget.lines', {
            id: freeId(
              name || account(kind),
              lines.map(({ id }) => id),
            ),
            account: kind,
            label: name || account(kind),
            ...(amount ? { amount: writeDocumentMoney(amount) } : {}),
          })
        }
      />
    </>
  );
}

function Contingency({ cells }: { cells: Cells }) {
  const { t } = useText();
  const { document } = useDeal();
  const contingency = document.budget?.contingency;
  const way = contingency === undefined ? 'none' : contingency.amount === undefined ? 'share' : 'amount';
  const zero = { minor: 0, currency: document.currency };
  const choose = (next: typeof way) => {
    const forms = {
      none: null,
      share: { share: '0.1' },
      amount: { amount: writeDocumentMoney(zero) },
    } as const;
    if (next !== way) void cells.edit('budget.contingency', forms[next]);
  };
  return (
    <div className="row-wrap">
      <Segmented
        label={t('setup.contingency')}
        value={way}
        options={(['none', 'share', 'amount'] as const).map((value) => ({
          value,
          label: t(`setup.contingency.${value}`),
        }))}
        onChange={choose}
      />
      {way === 'share' ? (
        <RateInput
          label={t('setup.contingency.of_lines')}
          unit="%"
          value={contingency?.share ?? '0'}
          error={cells.refusedAt('budget.contingency.share')}
          onCommit={(value) => void cells.edit('budget.contingency.share', value)}
        />
      ) : null}
      {way === 'amount' ? (
        <MoneyInput
          label={t('budget.amount')}
          value={moneyAt(contingency?.amount) ?? zero}
          error={cells.refusedAt('budget.contingency.amount')}
          onCommit={(value) => void cells.edit('budget.contingency.amount', writeDocumentMoney(value))}
        />
      ) : null}
    </div>
  );
}

function Schedule({ cells }: { cells: Cells }) {
  const { t } = useText();
  const { document } = useDeal();
  const optional = useOptional();
  const schedule = document.schedule ?? {};
  const phases = schedule.phases ?? [];
  const date = (label: string, path: string, value: string | undefined) => (
    <DateInput
      label={label}
      value={value ?? ''}
      error={cells.refusedAt(path)}
      onCommit={(day) => void cells.edit(path, day)}
    />
  );
  const set = async (phase: string, field: 'start_month' | 'months', value: number | null) => {
    const known = phases.find((one) => one.phase === phase);
    if (known) return cells.edit(`schedule.phases[${known.id}].${field}`, value);
    const id = freeId(
      phase,
      phases.map((one) => one.id),
    );
    return cells.add('schedule.phases', { id, phase, [field]: value ?? 0 });
  };
  const months = (phase: string, field: 'start_month' | 'months', head: string) => {
    const known = phases.find((one) => one.phase === phase);
    const name = t(`phase.${phase}` as 'phase.delivery');
    return (
      <DraftInput<number | null>
        label={`${name}: ${head}`}
        text={known?.[field]?.toString() ?? ''}
        parse={optional.count}
        inputMode="numeric"
        error={known ? cells.refusedAt(`schedule.phases[${known.id}].${field}`) : null}
        onCommit={(value) => void set(phase, field, value)}
      />
    );
  };
  return (
    <>
      <div className="setup-fields">
        {date(t('setup.start_date'), 'schedule.start', schedule.start)}
        {date(t('schedule.release'), 'schedule.release.date', schedule.release?.date)}
      </div>
      <ul className="setup-phases" aria-label={t('setup.phases')}>
        {PHASES.map((phase) => (
          <li key={phase}>
            {months(phase, 'start_month', t('schedule.start'))}
            {months(phase, 'months', t('schedule.months'))}
          </li>
        ))}
      </ul>
      <Refusals texts={cells.refusedUnder('schedule.phases')} />
    </>
  );
}
