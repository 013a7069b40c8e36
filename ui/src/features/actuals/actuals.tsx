import { useState } from 'react';
import { commands } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { FileButton } from '../../components/file-button.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { useToast } from '../../components/toast.tsx';
import type { ReceivedStatement } from '../../domain/document.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Tile } from '../shell/page.tsx';
import { useFaultText } from '../shell/refusal.ts';
import { useDeal } from '../workspace/desk.tsx';
import { EffectTile } from './effect.tsx';
import { ExpenseProgress } from './expense-progress.tsx';
import { StatementForm } from './form.tsx';
import { KINDS, ReceiptsDialog } from './receipts-dialog.tsx';
import { StatementList } from './statement-list.tsx';
import { useActuals } from './use-actuals.ts';
import { useReceipts } from './use-receipts.ts';
import { VarianceTile } from './variance.tsx';

/** What is typed: nothing, a new statement, or one that is there. */
type Typing = { statement: ReceivedStatement | null } | null;

/** What really came in: statements typed or taken out of sheets, and how far they are from what was expected. */
export function Actuals() {
  const { t } = useText();
  const { view, document } = useDeal();
  const { actuals, fault, retry } = useActuals();
  const [typing, setTyping] = useState<Typing>(null);
  const sheet = useReceipts(view.deal);
  const write = useForm();
  const hasSources = (document.revenue?.sources ?? []).length > 0;
  const tools = (
    <span className="actuals-tools">
      <Button
        look="primary"
        icon="plus"
        disabled={!hasSources}
        onClick={() => setTyping({ statement: null })}
      >
        {t('actuals.add')}
      </Button>
      <FileButton label={t('actuals.import')} accept={KINDS} onFile={(file) => void sheet.open(file)} />
      <Button look="quiet" icon="external" disabled={!hasSources} onClick={() => void write()}>
        {t('actuals.blank')}
      </Button>
    </span>
  );
  const byId = (id: string) => (document.actuals?.statements ?? []).find((one) => one.id === id) ?? null;
  return (
    <div className="tiles actuals">
      {fault ? (
        <Tile edge>
          <Fault fault={fault} onRetry={retry} />
        </Tile>
      ) : null}
      {!actuals && !fault ? (
        <Tile edge>
          <Skeleton label={t('pages.loading')} rows={10} />
        </Tile>
      ) : null}
      {actuals && actuals.statements.length === 0 ? (
        <Tile edge>
          <EmptyState
            title={t('actuals.none')}
            note={t(hasSources ? 'actuals.none.note' : 'actuals.none.sources')}
          >
            {tools}
          </EmptyState>
        </Tile>
      ) : null}
      {actuals && actuals.statements.length > 0 ? (
        <>
          <VarianceTile actuals={actuals} />
          <StatementList
            actuals={actuals}
            tools={tools}
            onChange={(id) => setTyping({ statement: byId(id) })}
          />
          <ExpenseProgress actuals={actuals} />
          {actuals.total ? <EffectTile /> : null}
        </>
      ) : null}
      {typing ? (
        <StatementForm
          key={typing.statement?.id ?? ''}
          statement={typing.statement}
          next={actuals?.next ?? []}
          onClose={() => setTyping(null)}
        />
      ) : null}
      {sheet.read ? <ReceiptsDialog sheet={sheet} read={sheet.read} /> : null}
    </div>
  );
}

/** A form with every source to fill in, where the person finds it. */
function useForm() {
  const { t, language } = useText();
  const { view } = useDeal();
  const notify = useToast();
  const told = useFaultText();
  return async () => {
    try {
      const request = { deal: view.deal, format: 'xlsx', blank: true, language };
      const file = await take(commands.exportReceipts(request));
      notify(t('sheets.exported', { file: file.place }));
    } catch (fault) {
      notify(told(fault));
    }
  };
}
