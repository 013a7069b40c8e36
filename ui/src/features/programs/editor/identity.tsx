import { useText } from '../../../i18n/index.tsx';
import { ChoiceField, FlagField, LinesField, TextField } from './fields.tsx';
import { useLines, useOptions } from './options.ts';

const KINDS = [
  'refundable_tax_credit',
  'taxable_expenditure_credit',
  'transferable_tax_credit',
  'nonrefundable_tax_credit',
  'cash_rebate',
  'grant',
  'component',
  'tax_shelter',
  'selective_fund',
  'record',
] as const;

/** What the program is called, where and since when it applies, and which line is the credit. */
export function Identity() {
  const { t } = useText();
  const options = useOptions();
  const lines = useLines();
  return (
    <div className="stack">
      <div className="editor-grid">
        <TextField path={['short_name']} label={t('editor.short_name')} />
        <TextField path={['id']} label={t('editor.id')} mono hint={t('editor.id.hint')} />
        <div className="span-all">
          <TextField path={['legal_name']} label={t('editor.legal_name')} />
        </div>
        <TextField path={['jurisdiction']} label={t('programs.filter.place')} mono />
        <TextField path={['country']} label={t('editor.country')} mono />
        <TextField path={['currency']} label={t('programs.currency')} mono />
        <ChoiceField
          path={['kind']}
          label={t('programs.filter.kind')}
          options={options('programs.kind', KINDS)}
        />
        <ChoiceField
          path={['stream']}
          label={t('programs.filter.stream')}
          options={options('programs.filter.stream', ['content', 'service', 'either'])}
        />
        <FlagField path={['animation']} label={t('programs.animation.yes')} />
      </div>
      <div className="editor-grid">
        <TextField path={['from']} kind="date" label={t('editor.from')} />
        <TextField path={['until']} kind="date" optional label={t('editor.until')} />
        <TextField path={['sunset']} kind="date" optional label={t('editor.sunset')} />
        <TextField path={['reviewed']} kind="date" label={t('programs.last_review')} />
        <div className="span-all">
          <TextField path={['version_by']} label={t('programs.version_by')} />
        </div>
      </div>
      <div className="editor-grid">
        <ChoiceField path={['credit']} label={t('editor.credit')} options={lines} />
        <ChoiceField path={['net']} label={t('editor.net')} options={lines} none={t('editor.net.same')} />
        <div className="span-all">
          <LinesField path={['authority']} label={t('programs.authority')} hint={t('editor.one_a_line')} />
        </div>
        <div className="span-all">
          <LinesField path={['statute']} label={t('programs.statute')} hint={t('editor.one_a_line')} />
        </div>
        <div className="span-all">
          <LinesField path={['notes']} label={t('programs.notes')} hint={t('editor.one_a_line')} />
        </div>
      </div>
    </div>
  );
}
