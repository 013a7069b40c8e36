import { useState } from 'react';
import type { NextPeriodDto } from '../../api/bindings.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field, TextInput } from '../../components/field.tsx';
import { useToast } from '../../components/toast.tsx';
import { isDate } from '../../domain/dates.ts';
import type { ReceivedStatement } from '../../domain/document.ts';
import { formatExact, parseDocumentMoney } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';
import {
  blankLine,
  draftOf,
  isTyped,
  type LineDraft,
  type StatementDraft,
  statementOf,
  wrongIn,
} from './draft.ts';
import { ExpensesTable } from './expenses-table.tsx';
import { LinesTable } from './lines-table.tsx';

type Props = {
  /** The statement that is changed; none for a new one. */
  statement: ReceivedStatement | null;
  next: readonly NextPeriodDto[];
  onClose: () => void;
};

/** A statement typed by hand; the days after the last one are there already, and so are its sources. */
export function StatementForm({ statement, next, onClose }: Props) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const sources = document.revenue?.sources ?? [];
  const write = (text: string) => {
    const money = parseDocumentMoney(text);
    return money ? (money.minor === 0 ? '0' : formatExact(money, locale)) : text;
  };
  const [draft, setDraft] = useState<StatementDraft>(() =>
    statement ? draftOf(statement, write) : fresh(document, next),
  );
  const { wrong, problem, isBusy, save } = useSaving(draft, statement, onClose);
  const days = (word: 'from' | 'to' | 'reported' | 'received') => (
    <DayField
      label={t(`actuals.form.${word}`)}
      value={draft[word]}
      onChange={(day) => setDraft({ ...draft, [word]: day })}
    />
  );
  const choose = (sender: string) => {
    const period = next.find((one) => one.sender === sender) ?? null;
    // Another sender reports after its own last statement, as long as nobody has typed the days.
    const isAsOffered = next.some((one) => one.from === draft.from && one.to === draft.to);
    const moved = period && !statement && isAsOffered ? { from: period.from, to: period.to } : {};
    // Nothing is typed yet: the rows are those that this sender reported on last.
    const lines = statement || draft.lines.some(isTyped) ? {} : { lines: rowsOf(document, sender) };
    setDraft({ ...draft, ...moved, ...lines, sender });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={statement ? t('actuals.form.change') : t('actuals.form.new')}
      note={t('actuals.form.note')}
      closeLabel={t('close')}
    >
      <div className="statement-form">
        <div className="import-bar">
          <Field label={t('actuals.form.sender')}>
            {(aria) => (
              <select
                {...aria}
                className="input"
                value={draft.sender}
                onChange={(event) => choose(event.target.value)}
              >
                <option value="">{t('actuals.form.sender.none')}</option>
                {(document.parties ?? []).map((party) => (
                  <option key={party.id} value={party.id}>
                    {party.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {days('from')}
          {days('to')}
          {days('reported')}
          {days('received')}
          <TextInput
            label={t('actuals.form.document')}
            value={draft.document}
            onChange={(text) => setDraft({ ...draft, document: text })}
          />
        </div>
        <LinesTable
          lines={draft.lines}
          sources={sources}
          currency={document.currency}
          wrong={wrong}
          onLines={(lines) => setDraft({ ...draft, lines })}
        />
        {(document.recoupment?.expense_types ?? []).length > 0 ? (
          <ExpensesTable
            expenses={draft.expenses}
            types={document.recoupment?.expense_types ?? []}
            currency={document.currency}
            onExpenses={(expenses) => setDraft({ ...draft, expenses })}
          />
        ) : null}
        <div className="import-foot">
          <p className={problem ? 'field-error' : 'sub'} role="status">
            {problem ?? t('actuals.form.keys')}
          </p>
          <div className="dialog-actions">
            <Button onClick={onClose}>{t('sheets.cancel')}</Button>
            <Button look="primary" disabled={isBusy} onClick={() => void save()}>
              {statement ? t('actuals.form.save') : t('actuals.form.add')}
            </Button>
          </div>
        </div>
      </div>
    </Dialog>
  );
}

function DayField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (day: string) => void;
}) {
  const { t } = useText();
  const isWrong = value !== '' && !isDate(value);
  return (
    <Field label={label} error={isWrong ? t('field.date.invalid') : null}>
      {(aria) => (
        <input
          {...aria}
          className="input"
          type="text"
          inputMode="numeric"
          placeholder={t('field.date.hint')}
          value={value}
          onChange={(event) => onChange(event.target.value.trim())}
        />
      )}
    </Field>
  );
}

type Document = ReturnType<typeof useDeal>['document'];

function lastOf(document: Document, sender: string | null): ReceivedStatement | null {
  const mine = (document.actuals?.statements ?? []).filter((one) => sender === null || one.sender === sender);
  return mine.reduce<ReceivedStatement | null>(
    (found, one) => (found === null || one.to > found.to ? one : found),
    null,
  );
}

/** The sources of the sender's last statement, else every source there is. */
function rowsOf(document: Document, sender: string): readonly LineDraft[] {
  const reported = (lastOf(document, sender)?.lines ?? []).map((line) => line.source);
  const known = (document.revenue?.sources ?? []).map((source) => source.id);
  const sources = known.filter((id) => reported.length === 0 || reported.includes(id));
  return sources.map((source) => blankLine(`new-${source}`, source, document.currency));
}

/** A new statement: the next period, from whoever reported last. */
function fresh(document: Document, next: readonly NextPeriodDto[]): StatementDraft {
  const sender = lastOf(document, null)?.sender ?? '';
  const period = next.find((one) => one.sender === sender) ?? next[0];
  return {
    id: null,
    from: period?.from ?? '',
    to: period?.to ?? '',
    reported: '',
    received: '',
    sender,
    document: '',
    lines: rowsOf(document, sender),
    expenses: [],
  };
}

/** What keeps a statement from being saved is said before anything is sent. */
function useSaving(draft: StatementDraft, statement: ReceivedStatement | null, onClose: () => void) {
  const { t, locale } = useText();
  const desk = useDeal();
  const notify = useToast();
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const wrong = new Map<string, string>();
  for (const line of draft.lines.filter(isTyped)) {
    const field = wrongIn(line, locale);
    if (field) wrong.set(line.key, field);
  }
  const days = [draft.from, draft.to].every(isDate);
  const asked = [draft.reported, draft.received].every((day) => day === '' || isDate(day));
  const reason =
    !days || !asked
      ? t('actuals.form.days')
      : draft.to < draft.from
        ? t('actuals.form.reversed')
        : wrong.size > 0
          ? t('actuals.form.wrong')
          : !draft.lines.some(isTyped) && draft.expenses.length === 0
            ? t('actuals.form.nothing')
            : null;
  const save = async () => {
    setAsked(true);
    if (reason !== null) return;
    setBusy(true);
    const used = (desk.document.actuals?.statements ?? []).map((one) => one.id);
    const made = statementOf(draft, used, statement, locale);
    const outcome = statement
      ? await desk.editAll(cellsOf(statement.id, made))
      : await desk.add('actuals.statements', made as never);
    setBusy(false);
    if (outcome.refusal) return;
    onClose();
    notify(t('actuals.form.done'), { label: t('undo'), run: desk.undo });
  };
  return { wrong: isAsked ? wrong : NOTHING, problem: isAsked ? reason : null, isBusy, save };
}

const NOTHING: ReadonlyMap<string, string> = new Map();

/** Every field of the statement, so that what was emptied is empty. */
function cellsOf(id: string, made: ReceivedStatement) {
  const fields = ['from', 'to', 'reported', 'received', 'sender', 'document', 'lines', 'expenses'] as const;
  return fields.map((field) => ({
    path: `actuals.statements[${id}].${field}`,
    value: (made[field] ?? (field === 'lines' || field === 'expenses' ? [] : null)) as never,
  }));
}
