import { useState } from 'react';
import { commands, type ReceiptsSheetView } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { FileButton } from '../../components/file-button.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useToast } from '../../components/toast.tsx';
import { isDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { FaultList } from '../budget-sheets/fault-list.tsx';
import { Refused } from '../library/refused.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { ReceiptsBar } from './receipts-bar.tsx';
import { asFile } from './receipts-decisions.ts';
import { ReceiptsFound } from './receipts-found.tsx';
import { ReceiptsTable } from './receipts-table.tsx';
import { UnknownNames } from './unknown-names.tsx';
import type { ReadReceipts, useReceipts } from './use-receipts.ts';

type Props = { sheet: ReturnType<typeof useReceipts>; read: ReadReceipts };

export const KINDS = '.xlsx,.xls,.ods,.csv,.tsv,.txt';

/** A sheet of receipts is looked at, put right and taken, as one change that undoing takes back. */
export function ReceiptsDialog({ sheet, read }: Props) {
  const { t } = useText();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && sheet.close()}
      title={t('sheets.title', { file: read.name })}
      note={t('actuals.receipts.note')}
      closeLabel={t('close')}
    >
      <div className="import-sheet" aria-busy={sheet.isReading}>
        {read.fault ? <Refused fault={read.fault} /> : null}
        {read.view ? <Preview sheet={sheet} read={read} view={read.view} /> : null}
        {!read.view && !read.fault ? <Skeleton label={t('sheets.reading')} rows={8} /> : null}
        {!read.view && read.fault ? (
          <div className="dialog-actions">
            <FileButton label={t('sheets.another')} accept={KINDS} onFile={(file) => void sheet.open(file)} />
            <Button onClick={sheet.close}>{t('sheets.cancel')}</Button>
          </div>
        ) : null}
      </div>
    </Dialog>
  );
}

function Preview({ sheet, read, view }: Props & { view: ReceiptsSheetView }) {
  const { t } = useText();
  const { document } = useDeal();
  const [head, setHead] = useState<Head>({ sender: '', received: '', draft: false });
  const { isBusy, run } = useImport(sheet, read, head);
  const { decisions } = read;
  const isDay = head.received === '' || isDate(head.received);
  return (
    <>
      <ReceiptsBar view={view} decisions={decisions} onDecide={sheet.decide} />
      <ReceiptsTable view={view} decisions={decisions} onDecide={sheet.decide} />
      <div className="import-below">
        <div className="actuals-cards">
          <UnknownNames view={view} decisions={decisions} onDecide={sheet.decide} />
          <FaultList faults={view.faults} />
        </div>
        <ReceiptsFound view={view} />
      </div>
      <div className="import-foot">
        <div className="import-bar actuals-head">
          <Field label={t('actuals.form.sender')}>
            {(aria) => (
              <select
                {...aria}
                className="input"
                value={head.sender}
                onChange={(event) => setHead({ ...head, sender: event.target.value })}
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
          <Field label={t('actuals.form.received')} error={isDay ? null : t('field.date.invalid')}>
            {(aria) => (
              <input
                {...aria}
                className="input"
                type="text"
                inputMode="numeric"
                placeholder={t('field.date.hint')}
                value={head.received}
                onChange={(event) => setHead({ ...head, received: event.target.value.trim() })}
              />
            )}
          </Field>
          <label className="import-check">
            <input
              type="checkbox"
              checked={head.draft}
              onChange={(event) => setHead({ ...head, draft: event.target.checked })}
            />
            {t('actuals.receipts.draft')}
          </label>
        </div>
        <div className="dialog-actions">
          <Button onClick={sheet.close}>{t('sheets.cancel')}</Button>
          <Button
            look="primary"
            disabled={
              view.statements.length === 0 || isBusy || sheet.isReading || read.fault !== null || !isDay
            }
            onClick={() => void run()}
          >
            {isBusy ? t('sheets.busy') : t('actuals.receipts.do', { count: view.statements.length })}
          </Button>
        </div>
      </div>
    </>
  );
}

type Head = { sender: string; received: string; draft: boolean };

/** Takes the statements as they are shown; what was refused is told and the dialog stays. */
function useImport(sheet: Props['sheet'], read: ReadReceipts, head: Head) {
  const { t } = useText();
  const desk = useDeal();
  const notify = useToast();
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    if (!read.view) return;
    const { statements, sheet: name } = read.view;
    // What was seen is what is taken, also where nobody named the sheet.
    const file = { ...asFile(read.name, read.content, read.decisions), sheet: name };
    setBusy(true);
    const outcome = await desk.take((now) => {
      const { deal, revision } = now ?? desk.view;
      return take(
        commands.importReceipts({
          deal,
          revision,
          file,
          sender: head.sender || null,
          reported: null,
          received: head.received || null,
          draft: head.draft,
        }),
      );
    });
    setBusy(false);
    if (outcome.refusal) return;
    sheet.close();
    notify(t('actuals.receipts.done', { count: statements.length }), { label: t('undo'), run: desk.undo });
  };
  return { isBusy, run };
}
