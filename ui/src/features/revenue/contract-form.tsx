import { Button, IconButton } from '../../components/button.tsx';
import { Select } from '../../components/select.tsx';
import { Switch } from '../../components/switch.tsx';
import { type Distribution, moneyAt } from '../../domain/document.ts';
import { writeDocumentMoney } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { freeId } from '../ids.ts';
import { useWords } from '../words.ts';
import { type CellValue, useDeal } from '../workspace/desk.tsx';
import { AmountField, CountField, ShareField, TerritoriesField, WordsField } from './fields.tsx';
import { WINDOWS } from './grid.tsx';
import { isSale } from './source-panel.tsx';

const NONE = 'none';
type SetProps = { contract: Distribution; set: (field: string) => (value: CellValue) => void };

/** Every term of a distributor's contract. */
export function ContractForm({ contract }: { contract: Distribution }) {
  const { edit } = useDeal();
  const set = (field: string) => (value: CellValue) =>
    void edit(`revenue.distribution[${contract.id}].${field}`, value);
  return (
    <div className="contract-form">
      <Parties contract={contract} set={set} />
      <Fees contract={contract} set={set} />
      <Costs contract={contract} set={set} />
      <Afterwards contract={contract} set={set} />
      <Holdbacks contract={contract} set={set} />
    </div>
  );
}

function Parties({ contract, set }: SetProps) {
  const { t } = useText();
  const { document } = useDeal();
  const none = { value: NONE, label: t('revenue.none') };
  return (
    <fieldset className="terms-group">
      <legend>{t('revenue.contract')}</legend>
      <div className="terms-three">
        <WordsField label={t('revenue.label')} value={contract.label ?? ''} onCommit={set('label')} />
        <Select
          label={t('revenue.distributor')}
          value={contract.distributor ?? NONE}
          onChange={(value) => set('distributor')(value === NONE ? null : value)}
          options={[none, ...(document.parties ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <TerritoriesField
          label={t('revenue.territories')}
          value={contract.territories ?? []}
          onCommit={set('territories')}
        />
      </div>
    </fieldset>
  );
}

function Fees({ contract, set }: SetProps) {
  const { t } = useText();
  const words = useWords();
  const fees = contract.window_fees ?? [];
  const write = (next: unknown[]) => set('window_fees')(next.length === 0 ? null : (next as CellValue));
  const add = () => {
    const used = new Set(fees.flatMap(({ windows }) => windows ?? []));
    const window = WINDOWS.find((one) => one !== 'all_rights' && !used.has(one)) ?? 'other';
    write([
      ...fees,
      {
        id: freeId(
          window,
          fees.map(({ id }) => id),
        ),
        windows: [window],
        share: contract.fee ?? '0',
      },
    ]);
  };
  return (
    <fieldset className="terms-group">
      <legend>{t('revenue.fees')}</legend>
      <div className="terms-three">
        <ShareField label={t('revenue.fee')} value={contract.fee} onCommit={set('fee')} />
        {fees.map((fee) => (
          <div key={fee.id} className="payment">
            <ShareField
              label={(fee.windows ?? []).map((window) => words.term('window', window)).join(', ')}
              value={fee.share}
              onCommit={(share) => set(`window_fees[${fee.id}].share`)(share ?? '0')}
            />
            <IconButton
              icon="close"
              label={t('revenue.fee.remove')}
              onClick={() => write(fees.filter(({ id }) => id !== fee.id))}
            />
          </div>
        ))}
      </div>
      <Button icon="plus" onClick={add}>
        {t('revenue.fee.add')}
      </Button>
    </fieldset>
  );
}

function Costs({ contract, set }: SetProps) {
  const { t } = useText();
  const { document } = useDeal();
  const { p_and_a: spent = {}, expenses = {} } = contract;
  const amount = (field: string, value: string | undefined, label: string) => (
    <AmountField
      label={label}
      value={moneyAt(value)}
      currency={document.currency}
      onCommit={(money) => set(field)(money ? writeDocumentMoney(money) : null)}
    />
  );
  return (
    <fieldset className="terms-group">
      <legend>{t('revenue.costs')}</legend>
      <div className="terms-three">
        {amount('p_and_a.amount', spent.amount, t('revenue.p_and_a'))}
        <Select
          label={t('revenue.p_and_a.by')}
          value={spent.advanced_by ?? NONE}
          onChange={(value) => set('p_and_a.advanced_by')(value === NONE ? null : value)}
          options={[
            { value: NONE, label: t('revenue.p_and_a.distributor') },
            ...(document.parties ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <ShareField label={t('revenue.overhead')} value={spent.overhead} onCommit={set('p_and_a.overhead')} />
        <ShareField label={t('revenue.premium')} value={spent.premium} onCommit={set('p_and_a.premium')} />
        {amount('expenses.amount', expenses.amount, t('revenue.expenses'))}
        {amount('expenses.cap', expenses.cap, t('revenue.expenses.cap'))}
        <ShareField
          label={t('revenue.expenses.cap_share')}
          value={expenses.cap_share}
          onCommit={set('expenses.cap_share')}
        />
      </div>
    </fieldset>
  );
}

function Afterwards({ contract, set }: SetProps) {
  const { t } = useText();
  const { document } = useDeal();
  const sales = (document.instruments ?? []).filter(
    ({ terms, id }) => isSale(terms.kind) || id === contract.guarantee,
  );
  const ends = contract.overage?.fee_ends ?? false;
  const crossed = contract.cross_collateralised ?? true;
  return (
    <fieldset className="terms-group">
      <legend>{t('revenue.overage')}</legend>
      <div className="terms-three">
        <Select
          label={t('revenue.guarantee')}
          value={contract.guarantee ?? NONE}
          onChange={(value) => set('guarantee')(value === NONE ? null : value)}
          options={[
            { value: NONE, label: t('revenue.none') },
            ...sales.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <ShareField
          label={t('revenue.overage.producer')}
          value={contract.overage?.producer_share}
          onCommit={set('overage.producer_share')}
        />
      </div>
      <div className="row-wrap">
        <Switch
          label={t('revenue.overage.fee_ends')}
          checked={ends}
          onChange={(value) => set('overage.fee_ends')(value || null)}
        />
        <span>{t('revenue.overage.fee_ends')}</span>
      </div>
      <div className="row-wrap">
        <Switch
          label={t('revenue.crossed')}
          checked={crossed}
          onChange={(value) => set('cross_collateralised')(value)}
        />
        <span>{t('revenue.crossed')}</span>
      </div>
    </fieldset>
  );
}

function Holdbacks({ contract, set }: SetProps) {
  const { t } = useText();
  const words = useWords();
  const holdbacks = contract.holdbacks ?? [];
  const write = (next: unknown[]) => set('holdbacks')(next.length === 0 ? null : (next as CellValue));
  const options = WINDOWS.map((value) => ({ value, label: words.term('window', value) }));
  return (
    <fieldset className="terms-group">
      <legend>{t('revenue.holdbacks')}</legend>
      {holdbacks.map((holdback) => (
        <div key={holdback.id} className="payment payment-wide">
          <Select
            label={t('revenue.window')}
            value={holdback.windows?.[0] ?? 'svod'}
            onChange={(value) => set(`holdbacks[${holdback.id}].windows`)([value])}
            options={options}
          />
          <CountField
            label={t('revenue.holdback.months')}
            value={holdback.months}
            unit={t('revenue.months.unit')}
            onCommit={(months) => set(`holdbacks[${holdback.id}].months`)(months ?? 0)}
          />
          <Select
            label={t('revenue.holdback.after')}
            value={holdback.after ?? NONE}
            onChange={(value) => set(`holdbacks[${holdback.id}].after`)(value === NONE ? null : value)}
            options={[{ value: NONE, label: t('revenue.holdback.release') }, ...options]}
          />
          <IconButton
            icon="close"
            label={t('revenue.holdback.remove')}
            onClick={() => write(holdbacks.filter(({ id }) => id !== holdback.id))}
          />
        </div>
      ))}
      <Button
        icon="plus"
        onClick={() =>
          write([
            ...holdbacks,
            {
              id: freeId(
                'holdback',
                holdbacks.map(({ id }) => id),
              ),
              windows: ['svod'],
              months: 6,
            },
          ])
        }
      >
        {t('revenue.holdback.add')}
      </Button>
    </fieldset>
  );
}
