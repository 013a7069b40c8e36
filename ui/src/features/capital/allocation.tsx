import { type ReactNode, useRef } from 'react';
import { Swatch } from '../../components/badge.tsx';
import { IconButton } from '../../components/button.tsx';
import { DraftInput } from '../../components/draft-input.tsx';
import { Figure } from '../../components/figure.tsx';
import { Select } from '../../components/select.tsx';
import { Slider } from '../../components/slider.tsx';
import type { Instrument } from '../../domain/document.ts';
import { certaintyOfStatus, kindOfInstrument } from '../../domain/kinds.ts';
import {
  formatExact,
  formatPercent,
  formatProse,
  formatWhole,
  type Money,
  minorDigits,
  parseMinor,
} from '../../domain/money.ts';
import { type TextKey, useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import {
  type Allocation,
  AllocationProvider,
  contractAmount,
  fillsTheRest,
  type Gives,
  isCash,
  isTyped,
  stepOf,
  useAllocation,
  useTried,
} from './tried.ts';

const ALL = 'all';
const NOBODY = 'nobody';
const PAUSE = 900;

/** Amounts that are tried here draw only what shows them again, not the page around. */
export function AllocationScope({ book, children }: { book: FigureBook; children: ReactNode }) {
  return <AllocationProvider value={useAllocation(book)}>{children}</AllocationProvider>;
}

/** Every cash amount as a slider: what one takes, others give, and what closes then is told while it moves. */
export function AllocationTile() {
  const { t } = useText();
  const { document } = useDeal();
  const tried = useTried();
  const rows = (document.instruments ?? []).filter(isCash);
  return (
    <Tile
      title={t('alloc.title')}
      note={t('alloc.note', { currency: document.currency })}
      span={9}
      tools={rows.length === 0 ? null : <GivesWay rows={rows} />}
    >
      {rows.length === 0 ? (
        <p className="sub">{t('alloc.none')}</p>
      ) : (
        <>
          <ul className="alloc">
            {rows.map((one) => (
              <Row key={one.id} one={one} />
            ))}
          </ul>
          <Refused tried={tried} />
          <Totals tried={tried} />
        </>
      )}
    </Tile>
  );
}

function GivesWay({ rows }: { rows: readonly Instrument[] }) {
  const { t } = useText();
  const { gives, setGives, isLocked } = useTried();
  const filling = rows.find((one) => fillsTheRest(one) && !isLocked(one));
  const value = typeof gives === 'object' ? `only:${gives.only}` : gives;
  const read = (text: string): Gives =>
    text === ALL || text === NOBODY ? text : { only: text.slice('only:'.length) };
  const others = rows.filter((one) => isTyped(one) || fillsTheRest(one));
  return (
    <div className="alloc-gives">
      <Select
        label={t('alloc.gives')}
        value={value}
        onChange={(text) => setGives(read(text))}
        options={[
          {
            value: ALL,
            label: filling ? t('alloc.gives.fills', { name: filling.name }) : t('alloc.gives.all'),
          },
          ...others
            .filter((one) => one !== filling)
            .map((one) => ({ value: `only:${one.id}`, label: t('alloc.gives.only', { name: one.name }) })),
          { value: NOBODY, label: t('alloc.gives.nobody') },
        ]}
      />
    </div>
  );
}

function Row({ one }: { one: Instrument }) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const tried = useTried();
  const byKey = useRef(false);
  const kind = kindOfInstrument(one.terms.kind);
  const isMoved = isTyped(one) && !tried.isLocked(one);
  const typed = contractAmount(one, document);
  const amount = shownAmount(one, typed, tried);
  const total = tried.at('closing.sources_cash')?.value;
  const whole = total?.kind === 'money' ? total.amount.minor : 0;
  const step = stepOf(Math.max(whole, typed.minor));
  const name = one.name;
  return (
    <li className="alloc-row" data-path={`instruments[${one.id}].amount`}>
      <span className="legend-item alloc-name">
        <Swatch kind={kind} certainty={certaintyOfStatus(one.status)} />
        <span className="strong">{name}</span>
      </span>
      {isMoved ? (
        <span
          className="alloc-slider"
          onKeyDownCapture={(event) => {
            byKey.current = true;
            if (event.key === 'Escape') tried.cancel();
          }}
          onPointerDownCapture={() => {
            byKey.current = false;
          }}
        >
          <Slider
            label={t('alloc.slider', { name })}
            kind={kind}
            min={0}
            max={Math.max(whole, typed.minor, step)}
            step={step}
            value={amount.minor}
            valueText={formatProse(amount, locale)}
            onChange={(minor) => {
              tried.propose({ instrument: one.id, amount: { ...typed, minor } });
              // The slider tells that a key is done before it tells the value it came to.
              if (byKey.current) tried.settle(PAUSE);
            }}
            onCommit={() => {
              if (!byKey.current) tried.settle();
            }}
          />
        </span>
      ) : (
        <span className="sub alloc-slider alloc-still">
          <Bar one={one} tried={tried} />
          {isTyped(one) ? null : t(fillsTheRest(one) ? 'alloc.rest' : 'alloc.by_rule')}
        </span>
      )}
      {isMoved ? (
        <AmountField one={one} typed={typed} amount={amount} tried={tried} />
      ) : (
        <Given one={one} tried={tried} />
      )}
      <Share one={one} tried={tried} />
      {isTyped(one) || fillsTheRest(one) ? (
        <IconButton
          icon="lock"
          className={tried.isLocked(one) ? 'alloc-locked' : 'alloc-open'}
          aria-pressed={tried.isLocked(one)}
          label={t(tried.isLocked(one) ? 'alloc.unlock' : 'alloc.lock', { name })}
          onClick={() => tried.lock(one, !tried.isLocked(one))}
        />
      ) : null}
    </li>
  );
}

/** What is tried for it, what it gives then in the deal's own currency, else what is typed. */
function shownAmount(one: Instrument, typed: Money, tried: Allocation): Money {
  if (tried.draft?.instrument === one.id) return tried.draft.amount;
  const value = tried.at(`capital.${one.id}.principal`)?.value;
  return tried.draft && value?.kind === 'money' && value.amount.currency === typed.currency
    ? value.amount
    : typed;
}

type FieldProps = { one: Instrument; typed: Money; amount: Money; tried: Allocation };

function AmountField({ one, typed, amount, tried }: FieldProps) {
  const { t, locale } = useText();
  const { currency } = typed;
  return (
    <DraftInput<number>
      label={t('alloc.field', { name: one.name })}
      before={currency}
      text={amount.minor === 0 ? '0' : formatExact(amount, locale)}
      parse={(text) => {
        const minor = parseMinor(text, currency, locale);
        return minor === null || minor < 0
          ? { error: t('field.money.invalid', { digits: minorDigits(currency) }) }
          : { value: minor };
      }}
      onCommit={(minor) => {
        tried.propose({ instrument: one.id, amount: { minor, currency } });
        tried.settle();
      }}
    />
  );
}

function Given({ one, tried }: { one: Instrument; tried: Allocation }) {
  const { locale } = useText();
  const found = tried.at(`capital.${one.id}.principal`);
  if (found?.value.kind !== 'money') return <span className="alloc-amount" />;
  return (
    <span className="num alloc-amount">
      <Figure address={found.address}>{formatWhole(found.value.amount, locale)}</Figure>
    </span>
  );
}

/** Where the slider would stand that cannot be moved now. */
function Bar({ one, tried }: { one: Instrument; tried: Allocation }) {
  const part = tried.at(`capital.${one.id}.principal`)?.value;
  const whole = tried.at('closing.sources_cash')?.value;
  if (part?.kind !== 'money' || whole?.kind !== 'money' || whole.amount.minor <= 0) return null;
  const width = `${Math.min(100, (part.amount.minor / whole.amount.minor) * 100)}%`;
  return (
    <span className="alloc-bar" aria-hidden="true">
      <i className={`swatch-${kindOfInstrument(one.terms.kind)}`} style={{ width }} />
    </span>
  );
}

/** What it gives as a share of all cash sources. */
function Share({ one, tried }: { one: Instrument; tried: Allocation }) {
  const { locale } = useText();
  const part = tried.at(`capital.${one.id}.principal`);
  const whole = tried.at('closing.sources_cash');
  if (part?.value.kind !== 'money' || whole?.value.kind !== 'money' || whole.value.amount.minor <= 0)
    return <span />;
  return (
    <span className="num sub alloc-share" data-address={`${part.address} ${whole.address}`}>
      {formatPercent(part.value.amount.minor / whole.value.amount.minor, locale)}
    </span>
  );
}

function Refused({ tried }: { tried: Allocation }) {
  const { locale, maybe } = useText();
  if (tried.fault) return <Fault fault={tried.fault} onRetry={tried.cancel} />;
  const { reason } = tried;
  if (!reason) return null;
  const most = reason.most?.value.kind === 'money' ? reason.most.value.amount : null;
  const key = `alloc.reason.${reason.kind}`;
  return (
    <p className="field-error" role="alert">
      {maybe(key, reason.kind, { currency: reason.currency ?? '', message: reason.message ?? '' })}{' '}
      {most && reason.most ? (
        <Figure address={reason.most.address}>{formatProse(most, locale)}</Figure>
      ) : null}
    </p>
  );
}

const TOTALS: readonly [string, TextKey][] = [
  ['closing.sources_cash', 'closing.sources'],
  ['closing.uses_cash', 'closing.uses'],
  ['closing.financing_costs', 'capital.financing'],
  ['closing.difference', 'capital.difference'],
  ['capital.peak_funding', 'alloc.peak'],
];

function Totals({ tried }: { tried: Allocation }) {
  const { t, locale } = useText();
  return (
    <dl className="totals" aria-live="off">
      {TOTALS.map(([address, label]) => {
        const found = tried.at(address);
        if (found?.value.kind !== 'money') return null;
        return (
          <div key={address} className="total-item">
            <dt className="sub">{t(label)}</dt>
            <dd className={`num strong ${found.address === address ? '' : 'alloc-tried'}`}>
              <Figure address={found.address}>{formatWhole(found.value.amount, locale)}</Figure>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
