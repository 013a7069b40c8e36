import { useText } from '../../i18n/index.tsx';
import { DateCell, TextCell } from '../capital/terms/fields.tsx';
import { freeId } from '../ids.ts';
import { type CellValue, useDeal } from '../workspace/desk.tsx';
import { AmountCell } from './amount-cell.tsx';
import { Choice } from './choice.tsx';
import { ListSection } from './list-section.tsx';
import { amountText, dayText, type Names, nothingIn, shareText } from './names.ts';
import { PartyCell } from './party-cell.tsx';
import { type Amendment, type Plan, rowsOf } from './plan.ts';
import { ShareCell } from './share-cell.tsx';

const KINDS = ['rate', 'limit', 'payee', 'contract', 'expense_cap'] as const;
type Kind = (typeof KINDS)[number];
type Change = Amendment['change'];

/** What an amendment changes, in words. */
export function changeSentence({ change }: Amendment, names: Names): string {
  const { t, locale } = names;
  const { tier, rate, amount, factor, contract, to, value, payee, cap } = change;
  const name = names.tier(tier);
  switch (change.kind) {
    case 'rate':
      return t('change.rate', { tier: name, rate: shareText(rate ?? '0', locale) });
    case 'payee':
      return t('change.payee', { tier: name, payee: names.party(payee) });
    case 'limit':
      if (amount) return t('change.limit.amount', { tier: name, amount: amountText(amount, locale) });
      if (factor) return t('change.limit.factor', { tier: name, factor: shareText(factor, locale) });
      return rate
        ? t('change.limit.rate', { tier: name, rate: shareText(rate, locale) })
        : t('change.limit', { tier: name });
    case 'contract':
      if (to) return t('change.contract.to', { contract: contract ?? '–', to: dayText(to, locale) });
      return value
        ? t('change.contract.value', { contract: contract ?? '–', value: amountText(value, locale) })
        : t('change.contract', { contract: contract ?? '–' });
    case 'expense_cap':
      return t('change.expense_cap', { type: change.expense_type ?? '–', cap: amountText(cap, locale) });
    default:
      return change.kind;
  }
}

/** A change of another kind, about the first thing there is of its kind; null where there is none. */
function changeOf(kind: Kind, plan: Plan, nothing: string): Change | null {
  const rows = rowsOf(plan);
  const share = rows.find((row) => row.tier.takes.kind === 'share')?.tier;
  const limited = rows.find((row) => row.tier.takes.limit !== undefined)?.tier;
  const contract = plan.contracts?.[0]?.id;
  const expense = plan.expense_types?.[0]?.id;
  switch (kind) {
    case 'rate':
      return share ? { kind, tier: share.id, rate: share.takes.rate ?? '1' } : null;
    case 'payee':
      return share ? { kind, tier: share.id, payee: share.takes.payee ?? '' } : null;
    case 'limit':
      return limited ? { kind, tier: limited.id } : null;
    case 'contract':
      return contract === undefined ? null : { kind, contract };
    case 'expense_cap':
      return expense === undefined ? null : { kind, expense_type: expense, cap: nothing };
  }
}

/** Changes of the agreement from a day on; what was paid before stays as it was. */
export function Amendments({ plan, names }: { plan: Plan; names: Names }) {
  const { t } = useText();
  const { document, edit } = useDeal();
  const nothing = nothingIn(document.currency);
  const begin = changeOf('rate', plan, nothing);
  const possible = KINDS.filter((kind) => changeOf(kind, plan, nothing) !== null);
  return (
    <ListSection
      title={t('lists.amendments')}
      at="recoupment.amendments"
      all={plan.amendments ?? []}
      blank={(used) =>
        begin ? { id: freeId('amendment', used), date: document.as_of, change: begin } : null
      }
      name={(one) => one.label ?? one.id}
    >
      {(one, put) => (
        <>
          <p className="tier-reads">
            {t('lists.since', { day: dayText(one.date, names.locale), what: changeSentence(one, names) })}
          </p>
          <TextCell label={t('lists.name')} value={one.label} onPut={(label) => put('label', label)} />
          <TextCell label={t('lists.clause')} value={one.clause} onPut={(clause) => put('clause', clause)} />
          <DateCell
            label={t('lists.date')}
            value={one.date}
            onPut={(day) => {
              if (day) put('date', day);
            }}
          />
          <Choice
            label={t('lists.change')}
            value={one.change.kind}
            onPut={(kind) => put('change', changeOf(kind as Kind, plan, nothing))}
            choices={possible.map((kind) => ({ value: kind, label: t(`change.kind.${kind}`) }))}
          />
          <ChangeFields
            change={one.change}
            plan={plan}
            names={names}
            onPut={(change) => void edit(`recoupment.amendments[${one.id}].change`, change as CellValue)}
          />
        </>
      )}
    </ListSection>
  );
}

type FieldProps = { change: Change; plan: Plan; names: Names; onPut: (change: Change) => void };

function ChangeFields({ change, plan, names, onPut }: FieldProps) {
  const { t } = useText();
  const { document } = useDeal();
  const set = (field: string, value: string | null) => {
    const { [field]: _, ...rest } = change;
    onPut((value === null ? rest : { ...rest, [field]: value }) as Change);
  };
  const { kind } = change;
  const shares = rowsOf(plan).filter((row) =>
    kind === 'limit' ? row.tier.takes.limit !== undefined : row.tier.takes.kind === 'share',
  );
  const limit = shares.find((row) => row.tier.id === change.tier)?.tier.takes.limit?.kind ?? '';
  const isAmount = limit === 'amount' || limit === 'per_unit';
  return (
    <>
      {change.tier === undefined ? null : (
        <Choice
          label={t('cond.tier')}
          value={change.tier}
          onPut={(tier) => set('tier', tier)}
          choices={shares.map(({ tier }) => ({ value: tier.id, label: names.tier(tier.id) }))}
        />
      )}
      {kind === 'rate' ? (
        <ShareCell
          label={t('tier_form.rate')}
          value={change.rate}
          onPut={(rate) => set('rate', rate ?? '0')}
        />
      ) : null}
      {kind === 'payee' ? (
        <PartyCell label={t('tier_form.payee')} value={change.payee} onPut={(payee) => set('payee', payee)} />
      ) : null}
      {kind === 'limit' && isAmount ? (
        <AmountCell
          label={t('tier_form.amount')}
          value={change.amount}
          currency={document.currency}
          onPut={(amount) => set('amount', amount)}
        />
      ) : null}
      {kind === 'limit' && !isAmount ? (
        <ShareCell
          label={t(limit === 'premium' ? 'tier_form.premium' : 'tier_form.factor')}
          value={limit === 'premium' ? change.rate : change.factor}
          onPut={(typed) => set(limit === 'premium' ? 'rate' : 'factor', typed)}
        />
      ) : null}
      {kind === 'contract' ? (
        <>
          <Choice
            label={t('tier_form.contract')}
            value={change.contract}
            onPut={(contract) => set('contract', contract)}
            choices={(plan.contracts ?? []).map(({ id }) => ({ value: id, label: id }))}
          />
          <DateCell label={t('lists.to')} value={change.to} onPut={(to) => set('to', to)} />
          <AmountCell
            label={t('lists.value')}
            value={change.value}
            currency={document.currency}
            onPut={(value) => set('value', value)}
          />
        </>
      ) : null}
      {kind === 'expense_cap' ? (
        <>
          <Choice
            label={t('tier_form.expenses')}
            value={change.expense_type}
            onPut={(type) => set('expense_type', type)}
            choices={(plan.expense_types ?? []).map(({ id }) => ({ value: id, label: id }))}
          />
          <AmountCell
            label={t('lists.cap')}
            value={change.cap}
            currency={document.currency}
            onPut={(cap) => set('cap', cap ?? nothingIn(document.currency))}
          />
        </>
      ) : null}
    </>
  );
}
