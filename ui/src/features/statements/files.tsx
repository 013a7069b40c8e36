import { useCallback } from 'react';
import { commands, type StatementLineDto, type StatementsView } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';
import type { Names } from '../waterfall-editor/names.ts';
import { useDeal } from '../workspace/desk.tsx';
import { statementCsv } from './csv.ts';
import { reasonSentence } from './reason.ts';
import { lineName } from './table.tsx';

type FilesProps = { told: StatementsView; period: number; names: Names };

/** What is on show as CSV: this period to the clipboard, every period into a file. */
export function Files({ told, period, names }: FilesProps) {
  const { t, language } = useText();
  const { view } = useDeal();
  const notify = useToast();
  const why = useCallback(
    (line: StatementLineDto) => {
      const reason = line.periods[period]?.reason;
      return reason ? reasonSentence(reason, names) : '';
    },
    [period, names],
  );
  const copy = async () => {
    await navigator.clipboard.writeText(
      statementCsv(told, period, { t, name: (line) => lineName(line, names), why }),
    );
    notify(t('chart.copied'));
  };
  const save = async () => {
    const kept = await take(
      commands.exportStatements({
        deal: view.deal,
        party: told.party,
        month: null,
        language,
      }),
    ).catch((reason: unknown) => (reason instanceof Refusal ? reason : Promise.reject(reason)));
    notify(kept instanceof Refusal ? kept.message : t('statements.saved', { place: kept.place }));
  };
  return (
    <>
      <Button look="quiet" icon="copy" onClick={() => void copy()}>
        {t('chart.csv')}
      </Button>
      <Button look="quiet" icon="table" onClick={() => void save()}>
        {t('statements.save')}
      </Button>
    </>
  );
}
