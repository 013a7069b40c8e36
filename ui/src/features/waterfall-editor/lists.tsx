import { writeDocumentMoney } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { CountCell, DateCell, SeveralCell, TextCell } from '../capital/terms/fields.tsx';
import { freeId } from '../ids.ts';
import { useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { Amendments } from './amendments.tsx';
import { AmountCell } from './amount-cell.tsx';
import { Choice } from './choice.tsx';
import { ExpenseTypes } from './expense-types.tsx';
import { ListSection } from './list-section.tsx';
import { dayText, type Names } from './names.ts';
import { type Plan, poolsOf } from './plan.ts';

type Props = { plan: Plan; names: Names; book: FigureBook };

/** What tiers speak of: contracts, expenses with their caps, costs, events, counted units, amendments. */
export function Lists(props: Props) {
  const { t } = useText();
  if ((props.plan.tiers ?? []).length === 0) return null;
  return (
    <details className="plan-lists">
      <summary>{t('lists.title')}</summary>
      <Sources {...props} />
      <Contracts {...props} />
      <ExpenseTypes plan={props.plan} />
      <FilmCosts {...props} />
      <Events {...props} />
      <Series {...props} />
      <Amendments plan={props.plan} names={props.names} />
    </details>
  );
}

function Sources({ plan, names }: Props) {
  const { t } = useText();
  const { document } = useDeal();
  const first = plan.tiers?.[0]?.id;
  return (
    <ListSection
      title={t('lists.sources')}
      at="recoupment.sources"
      all={plan.sources ?? []}
      blank={(used) => (first ? { id: freeId('source', used), enters: first } : null)}
      name={(one) => names.source(one.id)}
    >
      {(one, put) => (
        <>
          <p className="strong">{names.source(one.id)}</p>
          <Choice
            label={t('lists.enters')}
            value={one.enters}
            onPut={(tier) => put('enters', tier)}
            choices={(plan.tiers ?? []).map(({ id }) => ({ value: id, label: names.tier(id) }))}
          />
          <SeveralCell
            label={`${t('lists.receives')} ${one.receives_others ? t('lists.others') : ''}`}
            value={one.receives ?? []}
            onPut={(receives) => put('receives', receives.length > 0 ? receives : null)}
            choices={(document.revenue?.sources ?? []).map(({ id, label }) => ({ value: id, label }))}
          />
          <label className="check">
            <input
              type="checkbox"
              checked={one.receives_others ?? false}
              onChange={(event) => put('receives_others', event.target.checked ? true : null)}
            />
            {t('lists.others')}
          </label>
        </>
      )}
    </ListSection>
  );
}

function Contracts({ plan, names }: Props) {
  const { t } = useText();
  const { document } = useDeal();
  return (
    <ListSection
      title={t('lists.contracts')}
      at="recoupment.contracts"
      all={plan.contracts ?? []}
      blank={(used) => ({ id: freeId('contract', used), from: document.as_of })}
      name={(one) => one.id}
    >
      {(one, put) => (
        <>
          <p className="strong">
            {one.id}
            {one.to !== undefined && one.to < document.as_of ? (
              <span className="sub plan-expired">
                {` ${t('plan.state.expired', { day: dayText(one.to, names.locale) })}`}
              </span>
            ) : null}
          </p>
          <DateCell label={t('lists.from')} value={one.from} onPut={(day) => put('from', day)} />
          <DateCell label={t('lists.to')} value={one.to} onPut={(day) => put('to', day)} />
          <AmountCell
            label={t('lists.value')}
            value={one.value}
            currency={document.currency}
            onPut={(value) => put('value', value)}
          />
        </>
      )}
    </ListSection>
  );
}

function FilmCosts({ plan }: Props) {
  const { t } = useText();
  const { document } = useDeal();
  const nothing = writeDocumentMoney({ minor: 0, currency: document.currency });
  const pools = poolsOf(plan);
  return (
    <ListSection
      title={t('lists.costs')}
      at="recoupment.film_costs"
      all={plan.film_costs ?? []}
      blank={(used) =>
        pools[0] === undefined
          ? null
          : { id: freeId('film-cost', used), cost: nothing, already_covered: nothing, pool: pools[0] }
      }
      name={(one) => one.id}
    >
      {(one, put) => (
        <>
          <AmountCell
            label={t('lists.cost')}
            value={one.cost}
            currency={document.currency}
            onPut={(cost) => put('cost', cost ?? nothing)}
          />
          <AmountCell
            label={t('lists.covered')}
            value={one.already_covered}
            currency={document.currency}
            onPut={(covered) => put('already_covered', covered ?? nothing)}
          />
          <Choice
            label={t('lists.pool')}
            value={one.pool}
            onPut={(pool) => put('pool', pool)}
            choices={pools.map((pool) => ({ value: pool, label: pool }))}
          />
        </>
      )}
    </ListSection>
  );
}

function Events({ plan }: Props) {
  const { t } = useText();
  const { document } = useDeal();
  return (
    <ListSection
      title={t('lists.events')}
      at="recoupment.events"
      all={plan.events ?? []}
      blank={(used) => {
        const id = freeId('event', used);
        return { id, date: document.as_of, event: id };
      }}
      name={(one) => one.event}
    >
      {(one, put) => (
        <>
          <TextCell
            label={t('lists.event')}
            value={one.event}
            onPut={(event) => {
              if (event) put('event', event);
            }}
          />
          <DateCell
            label={t('lists.date')}
            value={one.date}
            onPut={(day) => {
              if (day) put('date', day);
            }}
          />
          <TextCell
            label={t('lists.event.value')}
            value={one.value ?? '1'}
            onPut={(value) => put('value', value ?? '1')}
          />
        </>
      )}
    </ListSection>
  );
}

function Series({ plan }: Props) {
  const { t } = useText();
  const { document, edit } = useDeal();
  return (
    <ListSection
      title={t('lists.series')}
      at="recoupment.unit_series"
      all={plan.unit_series ?? []}
      blank={(used) => ({ id: freeId('admissions', used) })}
      name={(one) => one.label ?? one.id}
    >
      {(one, put) => {
        const counts = one.counts ?? [];
        const write = (list: typeof counts) => put('counts', list);
        return (
          <>
            <TextCell
              label={t('lists.name')}
              value={one.label ?? one.id}
              onPut={(label) => put('label', label)}
            />
            {counts.map((count) => {
              const at = `recoupment.unit_series[${one.id}].counts[${count.id}]`;
              return (
                <div key={count.id} className="terms-row">
                  <DateCell
                    label={t('lists.date')}
                    value={count.date}
                    onPut={(day) => {
                      if (day) void edit(`${at}.date`, day);
                    }}
                  />
                  <CountCell
                    label={t('lists.count')}
                    value={count.count}
                    onPut={(units) => void edit(`${at}.count`, units ?? 0)}
                  />
                </div>
              );
            })}
            <button
              type="button"
              className="link"
              onClick={() =>
                write([
                  ...counts,
                  {
                    id: freeId(
                      'count',
                      counts.map((count) => count.id),
                    ),
                    date: document.as_of,
                    count: 0,
                  },
                ])
              }
            >
              {t('lists.count.add')}
            </button>
          </>
        );
      }}
    </ListSection>
  );
}
