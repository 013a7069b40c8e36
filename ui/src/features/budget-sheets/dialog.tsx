import { useState } from 'react';
import { type BudgetSheetView, commands } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FileButton } from '../../components/file-button.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatProse } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { Refused } from '../library/refused.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { asFile } from './decisions.ts';
import { FaultList } from './fault-list.tsx';
import { type Mode, ModeChoice } from './mode.tsx';
import { PreviewTable } from './preview-table.tsx';
import { SheetBar } from './sheet-bar.tsx';
import { SheetTotalsCard } from './totals.tsx';
import type { ReadSheet, useSheet } from './use-sheet.ts';

type Props = { sheet: ReturnType<typeof useSheet>; read: ReadSheet };

const KINDS = '.xlsx,.xls,.ods,.csv,.tsv,.txt';

/** A file is looked at, put right and taken, as one change that undoing takes back. */
export function ImportDialog({ sheet, read }: Props) {
  const { t } = useText();
  const { view, isReading } = { view: read.view, isReading: sheet.isReading };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && sheet.close()}
      title={t('sheets.title', { file: read.name })}
      note={t('sheets.note')}
      closeLabel={t('close')}
    >
      <div className="import-sheet" aria-busy={isReading}>
        {read.fault ? <Refused fault={read.fault} /> : null}
        {view ? <Preview sheet={sheet} read={read} view={view} /> : null}
        {!view && !read.fault ? <Skeleton label={t('sheets.reading')} rows={8} /> : null}
        {!view && read.fault ? (
          <div className="dialog-actions">
            <FileButton label={t('sheets.another')} accept={KINDS} onFile={(file) => void sheet.open(file)} />
            <Button onClick={sheet.close}>{t('sheets.cancel')}</Button>
          </div>
        ) : null}
      </div>
    </Dialog>
  );
}

function Preview({ sheet, read, view }: Props & { view: BudgetSheetView }) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const hasLines = (document.budget?.lines ?? []).length > 0;
  const [mode, setMode] = useState<Mode>(hasLines ? 'replace' : 'append');
  const [contingency, setContingency] = useState(!document.budget?.contingency);
  const { isBusy, run } = useImport(sheet, read, mode, contingency);
  const { decisions } = read;
  return (
    <>
      <SheetBar view={view} decisions={decisions} onDecide={sheet.decide} />
      <PreviewTable view={view} decisions={decisions} onDecide={sheet.decide} />
      {view.lines === 0 ? <p className="field-error">{t('sheets.empty')}</p> : null}
      <div className="import-below">
        <FaultList faults={view.faults} />
        <SheetTotalsCard view={view} />
      </div>
      <div className="import-foot">
        <div className="import-choices">
          {hasLines ? <ModeChoice mode={mode} onMode={setMode} /> : null}
          {view.totals.contingency ? (
            <label className="import-check" data-about={view.sheet}>
              <input
                type="checkbox"
                checked={contingency}
                onChange={(event) => setContingency(event.target.checked)}
              />
              {t('sheets.contingency', { amount: formatProse(view.totals.contingency, locale) })}
            </label>
          ) : null}
          <p className="sub">{t(view.kept ? 'sheets.kept' : 'sheets.not_kept')}</p>
        </div>
        <div className="dialog-actions">
          <Button onClick={sheet.close}>{t('sheets.cancel')}</Button>
          <Button
            look="primary"
            disabled={view.lines === 0 || isBusy || sheet.isReading || read.fault !== null}
            onClick={() => void run()}
          >
            {isBusy ? t('sheets.busy') : t(`sheets.do.${mode}`, { count: view.lines })}
          </Button>
        </div>
      </div>
    </>
  );
}

/** Takes the lines as they are shown; what was refused is told and the dialog stays. */
function useImport(sheet: Props['sheet'], read: ReadSheet, mode: Mode, contingency: boolean) {
  const { t, language } = useText();
  const desk = useDeal();
  const notify = useToast();
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    if (!read.view) return;
    const { lines, totals, sheet: name } = read.view;
    // What was seen is what is taken, also where nobody named the sheet.
    const file = { ...asFile(read.name, read.content, read.decisions), sheet: name };
    setBusy(true);
    const outcome = await desk.take((now) => {
      const { deal, revision } = now ?? desk.view;
      const takes = contingency && totals.contingency !== null;
      return take(commands.importBudget({ deal, revision, file, mode, contingency: takes, language }));
    });
    setBusy(false);
    if (outcome.refusal) return;
    sheet.close();
    notify(t('sheets.done', { count: lines }), { label: t('undo'), run: desk.undo });
  };
  return { isBusy, run };
}
