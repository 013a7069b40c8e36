import { Button } from '../../components/button.tsx';
import { Select } from '../../components/select.tsx';
import { moneyAt, type RevenueSource } from '../../domain/document.ts';
import { writeDocumentMoney } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useWords } from '../words.ts';
import { type CellValue, useDeal } from '../workspace/desk.tsx';
import { Bridge } from './bridge.tsx';
import { AmountField, CountField, ShareField, TerritoriesField, WordsField } from './fields.tsx';
import { WINDOWS } from './grid.tsx';
import { Payments } from './payments.tsx';
import { ProfileField } from './profile.tsx';
import { StartField } from './start.tsx';

const ESTIMATES = ['low', 'base', 'high', 'ask', 'take'] as const;
const BASES = ['licence_fee', 'distributor_gross', 'box_office', 'net_to_producer'] as const;
const NONE = 'none';

type Props = { source: RevenueSource; others: readonly string[]; onChoose: (source: string) => void };

/** Every term of one source, what of its gross reaches the account, and the way to take it out. */
export function SourcePanel({ source, others, onChoose }: Props) {
  const { t } = useText();
  const { document, edit } = useDeal();
  const sources = document.revenue?.sources ?? [];
  const set = (field: string) => (value: CellValue) =>
    void edit(`revenue.sources[${source.id}].${field}`, value);
  return (
    <div className="terms">
      {others.length > 1 ? (
        <Select
          label={t('revenue.source')}
          value={source.id}
          onChange={onChoose}
          options={others.map((id) => ({
            value: id,
            label: sources.find((one) => one.id === id)?.label ?? id,
          }))}
        />
      ) : null}
      <WordsField label={t('revenue.label')} value={source.label} required onCommit={set('label')} />
      <Rights source={source} set={set} />
      <Estimates source={source} />
      <Timing source={source} set={set} />
      <Collection source={source} set={set} />
      <Bridge source={source} />
      <Remove source={source} />
    </div>
  );
}

type SetProps = { source: RevenueSource; set: (field: string) => (value: CellValue) => void };

function Rights({ source, set }: SetProps) {
  const { t } = useText();
  const words = useWords();
  return (
    <div className="terms-pair">
      <TerritoriesField
        label={t('revenue.territories')}
        value={source.territories ?? []}
        onCommit={set('territories')}
      />
      <Select
        label={t('revenue.window')}
        value={source.window ?? 'other'}
        onChange={set('window')}
        options={WINDOWS.map((value) => ({ value, label: words.term('window', value) }))}
      />
    </div>
  );
}

function Estimates({ source }: { source: RevenueSource }) {
  const { t } = useText();
  const { document, edit, editAll } = useDeal();
  const words = useWords();
  const at = (field: string) => `revenue.sources[${source.id}].${field}`;
  const typed = ESTIMATES.flatMap((field) => moneyAt(source.estimate?.[field]) ?? []);
  const currency = typed[0]?.currency ?? document.currency;
  const currencies = [
    ...new Set([
      document.currency,
      currency,
      ...(document.fx ?? []).flatMap(({ base, quote }) => [base, quote]),
    ]),
  ];
  const exchange = (unit: string) => {
    const cells = ESTIMATES.flatMap((field) => {
      const money = moneyAt(source.estimate?.[field]);
      if (!money) return [];
      const value = writeDocumentMoney({ minor: money.minor, currency: unit });
      return [{ path: at(`estimate.${field}`), value }];
    });
    if (cells.length > 0) void editAll(cells);
  };
  return (
    <fieldset className="terms-group">
      <legend>{t('revenue.estimate')}</legend>
      <div className="terms-pair">
        <Select
          label={t('revenue.basis')}
          value={source.basis ?? 'licence_fee'}
          onChange={(value) => void edit(at('basis'), value)}
          options={BASES.map((value) => ({ value, label: words.term('basis', value) }))}
        />
        <Select
          label={t('revenue.currency')}
          value={currency}
          onChange={exchange}
          options={currencies.map((value) => ({ value, label: value }))}
        />
      </div>
      <div className="terms-three">
        {ESTIMATES.map((field) => (
          <AmountField
            key={field}
            label={t(`revenue.${field}`)}
            value={moneyAt(source.estimate?.[field])}
            currency={currency}
            onCommit={(money) => void edit(at(`estimate.${field}`), money ? writeDocumentMoney(money) : null)}
          />
        ))}
        {source.basis === 'box_office' ? (
          <ShareField
            label={t('revenue.exhibitor_share')}
            value={source.exhibitor_share}
            onCommit={(value) => void edit(at('exhibitor_share'), value)}
          />
        ) : null}
      </div>
    </fieldset>
  );
}

function Timing({ source, set }: SetProps) {
  const { t } = useText();
  const inParts = (source.payments ?? []).length > 0;
  return (
    <fieldset className="terms-group">
      <legend>{t('revenue.timing')}</legend>
      {inParts ? null : (
        <>
          <StartField source={source} />
          <ProfileField source={source} />
        </>
      )}
      {inParts || (source.basis ?? 'licence_fee') === 'licence_fee' ? <Payments source={source} /> : null}
      <CountField
        label={t('revenue.lag')}
        value={source.reporting_lag_months}
        unit={t('revenue.months.unit')}
        onCommit={set('reporting_lag_months')}
      />
    </fieldset>
  );
}

function Collection({ source, set }: SetProps) {
  const { t } = useText();
  const { document } = useDeal();
  const contracts = document.revenue?.distribution ?? [];
  const agencies = document.revenue?.sales_agencies ?? [];
  const party = (id: string | undefined) => document.parties?.find((one) => one.id === id)?.name;
  const sellers = (document.instruments ?? []).filter(
    ({ terms, id }) => isSale(terms.kind) || id === source.sold_by,
  );
  const none = { value: NONE, label: t('revenue.none') };
  const choose = (field: string) => (value: string) => set(field)(value === NONE ? null : value);
  return (
    <fieldset className="terms-group">
      <legend>{t('revenue.collection')}</legend>
      <div className="terms-pair">
        <Select
          label={t('revenue.contract')}
          value={source.distribution ?? NONE}
          onChange={choose('distribution')}
          options={[none, ...contracts.map(({ id, label }) => ({ value: id, label: label ?? id }))]}
        />
        <Select
          label={t('revenue.agency')}
          value={source.sales_agency ?? NONE}
          onChange={choose('sales_agency')}
          options={[none, ...agencies.map(({ id, agent }) => ({ value: id, label: party(agent) ?? id }))]}
        />
        <Select
          label={t('revenue.sold_by')}
          value={source.sold_by ?? NONE}
          onChange={choose('sold_by')}
          options={[none, ...sellers.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <ShareField
          label={t('revenue.withholding')}
          value={source.withholding}
          onCommit={set('withholding')}
        />
        <ShareField
          label={t('revenue.producer_share')}
          value={source.producer_share}
          onCommit={set('producer_share')}
        />
      </div>
    </fieldset>
  );
}

/** Contracts of the stack that pay for rights. */
export function isSale(kind: string): boolean {
  return [
    'presale',
    'negative_pickup',
    'streamer_licence',
    'broadcaster_licence',
    'cost_plus',
    'sales_agent_advance',
  ].includes(kind);
}

function Remove({ source }: { source: RevenueSource }) {
  const { t } = useText();
  const { document, editAll } = useDeal();
  const remove = () => {
    // Its part of an ultimate goes with it, in one step.
    const parts = (document.revenue?.ultimates ?? []).flatMap((ultimate) =>
      (ultimate.parts ?? [])
        .filter((part) => part.source === source.id)
        .map((part) => ({ path: `revenue.ultimates[${ultimate.id}].parts[${part.id}]`, value: null })),
    );
    void editAll([...parts, { path: `revenue.sources[${source.id}]`, value: null }]);
  };
  return (
    <div className="row-wrap">
      <Button look="danger" onClick={remove}>
        {t('revenue.remove.source')}
      </Button>
    </div>
  );
}
