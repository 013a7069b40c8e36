import { useMemo } from 'react';
import type { ProgramBearing, ProgramPayment, ProgramView } from '../../api/bindings.ts';
import { Badge, type BadgeLook } from '../../components/badge.tsx';
import { Icon } from '../../components/icon.tsx';
import { Clause, TableRegion } from '../../components/table-region.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { useWords } from '../words.ts';
import { namesOf } from './computation.tsx';
import { FormulaText } from './formula-text.tsx';
import { formatLaw } from './law.ts';

const LOOKS: Record<string, BadgeLook> = { no_credit: 'blocker', doubt: 'question', note: 'note' };

export function Conditions({ view }: { view: ProgramView }) {
  const { t, maybe } = useText();
  const named = useMemo(() => namesOf(view), [view]);
  if (view.conditions.length === 0) return <p className="sub">{t('programs.conditions.none')}</p>;
  return (
    <TableRegion label={t('programs.conditions')}>
      <thead>
        <tr>
          <th scope="col">{t('programs.condition')}</th>
          <th scope="col">{t('programs.test')}</th>
          <th scope="col">{t('programs.otherwise')}</th>
          <th scope="col">{t('programs.clause')}</th>
        </tr>
      </thead>
      <tbody>
        {view.conditions.map((condition) => (
          <tr key={condition.id}>
            <td className="text">
              {condition.label}
              {condition.remedy ? <span className="sub choice-note">{condition.remedy}</span> : null}
            </td>
            <td>
              <FormulaText formula={condition.test} named={named} />
            </td>
            <td>
              <Badge look={LOOKS[condition.consequence] ?? 'note'}>
                {maybe(`programs.consequence.${condition.consequence}`, condition.consequence)}
              </Badge>
            </td>
            <td className="clause">
              <Clause clause={condition.clause} source={condition.source} />
            </td>
          </tr>
        ))}
      </tbody>
    </TableRegion>
  );
}

/** When the money comes, and what tax falls on it. */
export function CashAndTax({ view }: { view: ProgramView }) {
  const { t, locale } = useText();
  const { tax } = view;
  return (
    <div className="stack">
      {view.payments.length > 0 ? <Payments view={view} /> : null}
      <section>
        <h3>{t('programs.tax')}</h3>
        <p>
          {t(tax.on ? 'programs.tax.on' : 'programs.tax.off')}
          {tax.on && tax.rate !== null ? (
            <>
              {' '}
              <span data-law={`${view.entry.program}:tax.rate`}>{formatLaw(tax.rate, 'rate', locale)}</span>
            </>
          ) : null}
          {tax.already_in_lines ? ` ${t('programs.tax.in_lines')}` : ''}
        </p>
        {tax.ground ? <p className="sub">{tax.ground}</p> : null}
      </section>
    </div>
  );
}

function Payments({ view }: { view: ProgramView }) {
  const { t } = useText();
  const words = useWords();
  const label = (id: string) => view.lines.find((line) => line.id === id)?.label ?? id;
  return (
    <section>
      <h3>{t('programs.cash')}</h3>
      <TableRegion label={t('programs.cash')}>
        <thead>
          <tr>
            <th scope="col">{t('programs.payment')}</th>
            <th scope="col">{t('programs.line')}</th>
            <th scope="col">{t('programs.when')}</th>
            <th scope="col">{t('programs.ground')}</th>
          </tr>
        </thead>
        <tbody>
          {view.payments.map((payment) => (
            <tr key={`${payment.label} ${payment.line} ${payment.lag_months}`}>
              <td className="text">{payment.label}</td>
              <td>{label(payment.line)}</td>
              <td>
                <When payment={payment} />
              </td>
              <td className="sub">{`${payment.ground} · ${words.term('confidence', payment.confidence)}`}</td>
            </tr>
          ))}
        </tbody>
      </TableRegion>
    </section>
  );
}

function When({ payment }: { payment: ProgramPayment }) {
  const { t, maybe } = useText();
  const start = maybe(`programs.after.${payment.after}`, payment.after);
  return (
    <>
      {t('programs.lag', { count: payment.lag_months, start })}
      {payment.times > 1 ? (
        <span className="sub choice-note">
          {t('programs.times', { count: payment.times, months: payment.every_months })}
        </span>
      ) : null}
    </>
  );
}

type BearingProps = { view: ProgramView; onGo: (program: string) => void };

/** How the law of this program and that of others bear on each other. */
export function Interactions({ view, onGo }: BearingProps) {
  const { t } = useText();
  if (view.bearings.length === 0) return <p className="sub">{t('programs.bearings.none')}</p>;
  return (
    <TableRegion label={t('programs.tab.interactions')}>
      <thead>
        <tr>
          <th scope="col">{t('programs.one')}</th>
          <th scope="col">{t('programs.bearing')}</th>
          <th scope="col">{t('programs.handed')}</th>
          <th scope="col">{t('programs.clause')}</th>
        </tr>
      </thead>
      <tbody>
        {view.bearings.map((one) => (
          <tr key={`${one.relation} ${one.incoming} ${one.program} ${one.line} ${one.input}`}>
            <td className="text">
              <button type="button" className="link" onClick={() => onGo(one.program)}>
                {one.name}
              </button>
            </td>
            <td>
              <Bearing one={one} />
            </td>
            <td className="sub">{one.line ? `${one.line}${one.input ? ` → ${one.input}` : ''}` : t('na')}</td>
            <td className="clause">
              <Clause clause={one.clause} source={one.source} />
            </td>
          </tr>
        ))}
      </tbody>
    </TableRegion>
  );
}

function Bearing({ one }: { one: ProgramBearing }) {
  const { maybe } = useText();
  const direction = one.incoming ? 'in' : 'out';
  return maybe(`programs.relation.${one.relation}.${direction}`, one.relation);
}

export function Sources({ view }: { view: ProgramView }) {
  const { t, maybe, locale } = useText();
  return (
    <TableRegion label={t('programs.sources')}>
      <thead>
        <tr>
          <th scope="col">{t('programs.source')}</th>
          <th scope="col">{t('programs.source.kind')}</th>
          <th scope="col">{t('programs.source.date')}</th>
          <th scope="col">{t('programs.source.seen')}</th>
        </tr>
      </thead>
      <tbody>
        {view.sources.map((source) => (
          <tr key={`${source.title} ${source.address}`}>
            <td className="text">
              <a href={source.address} target="_blank" rel="noreferrer">
                {source.title} <Icon name="external" size={11} />
              </a>
              <span className="sub choice-note source-address">{source.address}</span>
            </td>
            <td className="sub">{maybe(`programs.source.kind.${source.kind}`, source.kind)}</td>
            <td className="sub nowrap">{source.date ? formatDate(source.date, locale) : t('na')}</td>
            <td className="sub nowrap">{formatDate(source.seen, locale)}</td>
          </tr>
        ))}
      </tbody>
    </TableRegion>
  );
}
