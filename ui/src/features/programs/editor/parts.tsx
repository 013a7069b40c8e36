import { useText } from '../../../i18n/index.tsx';
import { at, freeName, textAt } from './doc.ts';
import { ChoiceField, DecimalField, FormulaField, ListField, TextField, useEditor } from './fields.tsx';
import { useOptions, useSources } from './options.ts';
import { Rows } from './rows.tsx';

const UNITS = ['money', 'rate', 'number', 'flag', 'text', 'list'] as const;
const NUMBER_UNITS = ['money', 'rate', 'number'] as const;
const MEASURES = [
  'cost',
  'labour',
  'in_house_labour',
  'contract_price',
  'contract_labour',
  'non_labour',
  'delivered_minutes',
  'cost_share',
  'episodes_under30',
  'episodes_from30',
  'cost_per_episode',
  'treaty_coproduction',
  'project_type',
] as const;

export function Numbers() {
  const { t } = useText();
  const { editing } = useEditor();
  const options = useOptions();
  const sources = useSources();
  const currency = textAt(editing.doc, ['currency']);
  const list = 'constants';
  const labels = {
    label: t('programs.number'),
    value: t('programs.value'),
    unit: t('programs.unit'),
    clause: t('programs.clause'),
    source: t('programs.source'),
    id: t('editor.name'),
  };
  return (
    <Rows
      list={list}
      heads={Object.values(labels)}
      addLabel={t('editor.add.number')}
      fresh={() => ({
        id: freeName(editing.doc, 'number'),
        value: '0',
        unit: 'rate',
        label: t('programs.number'),
        clause: '',
        source: sources[0]?.value ?? '',
        confidence: 'low',
      })}
      name={(_, row) => textAt(editing.doc, [list, row, 'label'])}
    >
      {(_, row) => (
        <>
          <TextField path={[list, row, 'label']} label={labels.label} />
          <DecimalField
            path={[list, row, 'value']}
            label={labels.value}
            unit={textAt(editing.doc, [list, row, 'unit']) || 'money'}
            currency={currency}
          />
          <ChoiceField
            path={[list, row, 'unit']}
            label={labels.unit}
            options={options('programs.unit', NUMBER_UNITS)}
          />
          <TextField path={[list, row, 'clause']} label={labels.clause} />
          <ChoiceField path={[list, row, 'source']} label={labels.source} options={sources} />
          <TextField path={[list, row, 'id']} label={labels.id} mono />
        </>
      )}
    </Rows>
  );
}

export function Inputs() {
  const { t } = useText();
  const { editing } = useEditor();
  const options = useOptions();
  const list = 'inputs';
  const labels = {
    label: t('programs.input'),
    unit: t('programs.unit'),
    default: t('programs.default'),
    measure: t('editor.measure'),
    within: t('editor.within'),
    name: t('editor.name'),
  };
  return (
    <Rows
      list={list}
      heads={Object.values(labels)}
      addLabel={t('editor.add.input')}
      fresh={() => ({ name: freeName(editing.doc, 'input'), label: t('programs.input'), unit: 'money' })}
      name={(_, row) => textAt(editing.doc, [list, row, 'label'])}
    >
      {(_, row) => {
        const given = at(editing.doc, [list, row, 'default']);
        const isText = given === undefined || typeof given === 'string';
        return (
          <>
            <TextField path={[list, row, 'label']} label={labels.label} />
            <ChoiceField
              path={[list, row, 'unit']}
              label={labels.unit}
              fallback="money"
              options={options('programs.unit', UNITS)}
            />
            {isText ? (
              <TextField path={[list, row, 'default']} label={labels.default} optional />
            ) : (
              <span className="sub editor-fixed">{JSON.stringify(given)}</span>
            )}
            <ChoiceField
              path={[list, row, 'map', 'measure']}
              clears={[list, row, 'map']}
              label={labels.measure}
              none={t('programs.asked.you')}
              options={options('editor.measure', MEASURES)}
            />
            {at(editing.doc, [list, row, 'map']) === undefined ? (
              <span className="sub editor-fixed">{t('na')}</span>
            ) : (
              <ListField path={[list, row, 'map', 'within']} label={labels.within} />
            )}
            <TextField path={[list, row, 'name']} label={labels.name} mono />
          </>
        );
      }}
    </Rows>
  );
}

export function Lines() {
  const { t } = useText();
  const { editing } = useEditor();
  const options = useOptions();
  const sources = useSources();
  const list = 'lines';
  return (
    <Rows
      list={list}
      addLabel={t('editor.add.line')}
      fresh={() => ({
        id: freeName(editing.doc, 'line'),
        label: t('programs.line'),
        formula: '0',
        unit: 'money',
      })}
      name={(_, row) => textAt(editing.doc, [list, row, 'label'])}
    >
      {(_, row) => (
        <>
          <div className="line-card">
            <TextField path={[list, row, 'label']} label={t('programs.line')} />
            <TextField path={[list, row, 'id']} label={t('editor.name')} mono />
            <ChoiceField
              path={[list, row, 'unit']}
              label={t('programs.unit')}
              fallback="money"
              options={options('programs.unit', UNITS)}
            />
            <TextField path={[list, row, 'clause']} label={t('programs.clause')} optional />
            <ChoiceField
              path={[list, row, 'source']}
              label={t('programs.source')}
              none={t('editor.source.none')}
              options={sources}
            />
          </div>
          <FormulaField path={[list, row, 'formula']} label={t('programs.formula')} hideLabel />
        </>
      )}
    </Rows>
  );
}

export function ConditionRows() {
  const { t } = useText();
  const { editing } = useEditor();
  const options = useOptions();
  const sources = useSources();
  const list = 'conditions';
  return (
    <Rows
      list={list}
      addLabel={t('editor.add.condition')}
      fresh={() => ({
        id: freeName(editing.doc, 'condition'),
        label: t('programs.condition'),
        test: 'true',
        consequence: 'no_credit',
        clause: '',
        source: sources[0]?.value ?? '',
      })}
      name={(_, row) => textAt(editing.doc, [list, row, 'label'])}
    >
      {(_, row) => (
        <>
          <div className="line-card-head">
            <TextField path={[list, row, 'label']} label={t('programs.condition')} />
            <TextField path={[list, row, 'id']} label={t('editor.name')} mono />
            <ChoiceField
              path={[list, row, 'consequence']}
              label={t('programs.otherwise')}
              options={options('programs.consequence', ['no_credit', 'doubt', 'note'])}
            />
          </div>
          <FormulaField path={[list, row, 'test']} label={t('programs.test')} />
          <div className="line-card-foot">
            <TextField path={[list, row, 'clause']} label={t('programs.clause')} />
            <ChoiceField path={[list, row, 'source']} label={t('programs.source')} options={sources} />
            <TextField path={[list, row, 'remedy']} label={t('editor.remedy')} optional />
          </div>
        </>
      )}
    </Rows>
  );
}
