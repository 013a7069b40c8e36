import { useText } from '../../../i18n/index.tsx';
import { useWords } from '../../words.ts';
import { elements, textAt } from './doc.ts';
import { ChoiceField, CountField, DecimalField, FlagField, TextField, useEditor } from './fields.tsx';
import { useLines, useOptions } from './options.ts';
import { Rows } from './rows.tsx';

export function Money() {
  const { t } = useText();
  const words = useWords();
  const { editing } = useEditor();
  const options = useOptions();
  const lines = useLines();
  const list = 'cash';
  return (
    <div className="stack">
      <h2>{t('programs.cash')}</h2>
      <Rows
        list={list}
        addLabel={t('editor.add.payment')}
        fresh={() => ({
          label: t('programs.payment'),
          line: textAt(editing.doc, ['credit']),
          after: 'delivery',
          lag_months: 12,
          ground: '',
          confidence: 'low',
        })}
        name={(_, row) => textAt(editing.doc, [list, row, 'label'])}
      >
        {(_, row) => (
          <>
            <div className="line-card-head">
              <TextField path={[list, row, 'label']} label={t('programs.payment')} />
              <ChoiceField path={[list, row, 'line']} label={t('programs.line')} options={lines} />
              <ChoiceField
                path={[list, row, 'after']}
                label={t('editor.after')}
                options={options('programs.after', ['start_of_production', 'end_of_production', 'delivery'])}
              />
            </div>
            <div className="line-card-foot">
              <CountField path={[list, row, 'lag_months']} label={t('editor.lag')} />
              <CountField path={[list, row, 'times']} label={t('editor.times')} />
              <CountField path={[list, row, 'every_months']} label={t('editor.every')} />
              <ChoiceField
                path={[list, row, 'confidence']}
                label={t('programs.filter.confidence')}
                options={['high', 'medium', 'low'].map((value) => ({
                  value,
                  label: words.term('confidence', value),
                }))}
              />
            </div>
            <TextField path={[list, row, 'ground']} label={t('programs.ground')} />
          </>
        )}
      </Rows>
      <h2>{t('programs.tax')}</h2>
      <div className="editor-grid">
        <FlagField path={['tax', 'on']} label={t('editor.tax.on')} />
        <DecimalField path={['tax', 'rate']} label={t('editor.tax.rate')} unit="rate" optional />
        <FlagField path={['tax', 'already_in_lines']} label={t('programs.tax.in_lines')} />
        <div className="span-all">
          <TextField path={['tax', 'ground']} label={t('editor.tax.ground')} />
        </div>
      </div>
    </div>
  );
}

export function SourceRows() {
  const { t } = useText();
  const { editing } = useEditor();
  const list = 'sources';
  const labels = {
    title: t('programs.source'),
    address: t('editor.address'),
    date: t('programs.source.date'),
    seen: t('programs.source.seen'),
    kind: t('programs.source.kind'),
    id: t('editor.name'),
  };
  return (
    <Rows
      list={list}
      heads={Object.values(labels)}
      addLabel={t('editor.add.source')}
      fresh={() => ({
        id: `s${elements(editing.doc, list).length + 1}`,
        title: '',
        address: '',
        seen: '',
        kind: 'authority',
      })}
      name={(_, row) => textAt(editing.doc, [list, row, 'title'])}
    >
      {(_, row) => (
        <>
          <TextField path={[list, row, 'title']} label={labels.title} />
          <TextField path={[list, row, 'address']} label={labels.address} />
          <TextField path={[list, row, 'date']} label={labels.date} optional />
          <TextField path={[list, row, 'seen']} kind="date" label={labels.seen} />
          <TextField path={[list, row, 'kind']} label={labels.kind} />
          <TextField path={[list, row, 'id']} label={labels.id} mono />
        </>
      )}
    </Rows>
  );
}
