import { Button, IconButton } from '../../components/button.tsx';
import { Select } from '../../components/select.tsx';
import { EmptyState } from '../../components/states.tsx';
import { moneyAt, type SalesAgency } from '../../domain/document.ts';
import { writeDocumentMoney } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { freeId } from '../ids.ts';
import { type CellValue, useDeal } from '../workspace/desk.tsx';
import { AmountField, ShareField } from './fields.tsx';
import { withoutNamed } from './remove.ts';
import { isSale } from './source-panel.tsx';

const NONE = 'none';

/** Sales agents: commission before and after the advance is recouped, expenses under their cap, the advance. */
export function Agencies() {
  const { t } = useText();
  const { document, add } = useDeal();
  const agencies = document.revenue?.sales_agencies ?? [];
  const agent = document.parties?.find(({ role }) => role === 'sales_agent')?.id;
  const create = () => {
    const id = freeId(
      'sales',
      agencies.map((one) => one.id),
    );
    void add('revenue.sales_agencies', { id, ...(agent === undefined ? {} : { agent }) });
  };
  return (
    <div className="contracts">
      {agencies.length === 0 ? (
        <EmptyState title={t('revenue.agencies.none')} note={t('revenue.agencies.none.note')} />
      ) : null}
      {agencies.map((agency) => (
        <AgencyForm key={agency.id} agency={agency} />
      ))}
      <div className="row-wrap">
        <Button icon="plus" onClick={create}>
          {t('revenue.agency.add')}
        </Button>
      </div>
    </div>
  );
}

function AgencyForm({ agency }: { agency: SalesAgency }) {
  const { t } = useText();
  const { document, edit, editAll } = useDeal();
  const path = `revenue.sales_agencies[${agency.id}]`;
  const set = (field: string) => (value: CellValue) => void edit(`${path}.${field}`, value);
  const name = document.parties?.find(({ id }) => id === agency.agent)?.name ?? agency.id;
  const none = { value: NONE, label: t('revenue.none') };
  const advances = (document.instruments ?? []).filter(
    ({ terms, id }) => isSale(terms.kind) || id === agency.advance,
  );
  const amount = (field: 'expenses' | 'expense_cap', label: string) => (
    <AmountField
      label={label}
      value={moneyAt(agency[field])}
      currency={document.currency}
      onCommit={(money) => set(field)(money ? writeDocumentMoney(money) : null)}
    />
  );
  return (
    <section className="contract" aria-label={name}>
      <div className="contract-head">
        <span className="contract-label">{name}</span>
        <IconButton
          icon="close"
          label={t('revenue.remove.agency', { name })}
          onClick={() => void editAll(withoutNamed(document, 'sales_agency', agency.id))}
        />
      </div>
      <div className="terms-three">
        <Select
          label={t('revenue.agent')}
          value={agency.agent ?? NONE}
          onChange={(value) => set('agent')(value === NONE ? null : value)}
          options={[
            none,
            ...(document.parties ?? []).map((party) => ({ value: party.id, label: party.name })),
          ]}
        />
        <ShareField label={t('revenue.commission')} value={agency.commission} onCommit={set('commission')} />
        <ShareField
          label={t('revenue.commission.after')}
          value={agency.commission_after_recoupment}
          onCommit={set('commission_after_recoupment')}
        />
        {amount('expenses', t('revenue.expenses'))}
        {amount('expense_cap', t('revenue.expenses.cap'))}
        <Select
          label={t('revenue.advance')}
          value={agency.advance ?? NONE}
          onChange={(value) => set('advance')(value === NONE ? null : value)}
          options={[none, ...advances.map((one) => ({ value: one.id, label: one.name }))]}
        />
      </div>
    </section>
  );
}
