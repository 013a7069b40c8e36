import { type ReactNode, useId } from 'react';
import type { AssessedProgram, ClaimWaysDto, FigureDto, WayDto, WayFiguresDto } from '../../api/bindings.ts';
import { Badge } from '../../components/badge.tsx';
import { Figure } from '../../components/figure.tsx';
import { Clause, TableRegion } from '../../components/table-region.tsx';
import { formatDate } from '../../domain/dates.ts';
import { formatWhole, parseDocumentMoney, writeDocumentMoney } from '../../domain/money.ts';
import { formatRate, formatRateNumber } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { MoneyInput, RateInput } from '../inputs.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { decimalOf, moneyOf } from './view.ts';
import { freshId, sold, usualLoan, type WayClaim, withWay } from './ways-edits.ts';
import { closedText, dateOf, eventText, statusText, wayName } from './ways-text.ts';

/** The ways in which one credit may become cash, side by side; one is chosen, and choosing is an edit. */
export function Ways({ program }: { program: AssessedProgram }) {
  const { document } = useDeal();
  const claim = (document.incentives as readonly WayClaim[] | undefined)?.find(
    ({ id }) => id === program.claim,
  );
  if (!program.ways || !claim) return null;
  return <Compared program={program} ways={program.ways} claim={claim} />;
}

type Choice = { program: AssessedProgram; ways: ClaimWaysDto; claim: WayClaim };

/** What choosing a way writes. */
function useChoose({ program, ways, claim }: Choice) {
  const { t } = useText();
  const { edit, add, document } = useDeal();
  const path = `incentives[${claim.id}]`;
  return async (way: WayDto) => {
    if (way.way === ways.chosen) return;
    if (way.way === 'transfer') {
      if (way.usual) await edit(path, sold(claim, way.usual.price, way.usual.broker));
      return;
    }
    if (way.way !== 'loan') {
      await edit(path, withWay(claim, way.way));
      return;
    }
    const known = way.figures?.loan?.instrument;
    if (known) {
      await edit(path, withWay(claim, { loan: known }));
      return;
    }
    const phases = document.schedule?.phases as readonly { phase: string }[] | undefined;
    const id = freshId(`loan-${claim.id}`, document.instruments ?? []);
    const name = t('ways.loan.name', { program: program.name });
    const hasProduction = phases?.some(({ phase }) => phase === 'production') ?? false;
    const { refusal } = await add('instruments', usualLoan(claim, ways, way, id, name, hasProduction));
    if (!refusal) await edit(path, withWay(claim, { loan: id }));
  };
}

function Compared(props: Choice) {
  const { t } = useText();
  const { ways } = props;
  const choose = useChoose(props);
  const group = useId();
  const isSure = decimalOf(ways.probability) === '1';
  const most = Math.max(
    1,
    ...ways.ways
      .flatMap(({ figures }) => [figures?.cash, figures?.npv])
      .map((one) => moneyOf(one)?.minor ?? 0),
  );
  return (
    <div className="ways">
      <TableRegion label={t('ways.table', { program: props.program.name })}>
        <thead>
          <tr>
            <th scope="col">{t('ways.way')}</th>
            <th scope="col" className="num">
              <span className="way-key way-bar-cash" aria-hidden="true" />
              {t('ways.cash')}
            </th>
            <th scope="col" className="ways-bars" aria-hidden="true" />
            <th scope="col" className="num">
              <span className="way-key way-bar-value" aria-hidden="true" />
              {t('ways.npv')}
            </th>
            {isSure ? null : (
              <th scope="col" className="num">
                {t('ways.npv_expected')}
              </th>
            )}
            <th scope="col" className="num">
              {t('ways.cost')}
            </th>
            <th scope="col" className="num">
              {t('ways.annual_cost')}
            </th>
            <th scope="col">{t('ways.date')}</th>
            <th scope="col">{t('ways.settled')}</th>
          </tr>
        </thead>
        <tbody>
          {ways.ways.map((way) => (
            <WayRow
              key={way.way}
              way={way}
              ways={ways}
              most={most}
              group={group}
              isSure={isSure}
              onChoose={() => void choose(way)}
            />
          ))}
        </tbody>
      </TableRegion>
      <Terms {...props} />
      <Basis ways={ways} />
    </div>
  );
}

type RowProps = {
  way: WayDto;
  ways: ClaimWaysDto;
  most: number;
  group: string;
  isSure: boolean;
  onChoose: () => void;
};

function WayRow({ way, ways, most, group, isSure, onChoose }: RowProps) {
  const { t } = useText();
  const id = useId();
  const { figures } = way;
  const isChosen = way.way === ways.chosen;
  const mayChoose = way.closed === null && (way.way !== 'transfer' || way.usual !== null || isChosen);
  return (
    <tr className={isChosen ? 'way way-chosen' : 'way'}>
      <td className="text">
        <label className="way-pick" htmlFor={id}>
          <input
            id={id}
            type="radio"
            name={group}
            checked={isChosen}
            disabled={!mayChoose && !isChosen}
            onChange={onChoose}
          />
          <span>{wayName(way.way, t)}</span>
        </label>
        <span className="way-badges">
          {ways.best_by_cash === way.way ? <Badge look="pass">{t('ways.best.cash')}</Badge> : null}
          {ways.best_by_value === way.way ? <Badge look="outline">{t('ways.best.value')}</Badge> : null}
          {isChosen && way.closed !== null ? <Badge look="question">{t('ways.not_open')}</Badge> : null}
        </span>
        <Ground way={way} />
      </td>
      {figures ? (
        <Cells figures={figures} most={most} isSure={isSure} />
      ) : (
        <td colSpan={isSure ? 7 : 8} className="sub">
          {way.closed === null ? t('ways.undated') : ''}
        </td>
      )}
    </tr>
  );
}

/** What the law says about a way, and where. */
function Ground({ way }: { way: WayDto }) {
  const { t } = useText();
  const said = way.closed === null ? way.ground : closedText(way, t);
  if (!said) return null;
  const buyers = way.closed === null && way.buyers ? t('ways.buyers', { buyers: way.buyers }) : null;
  return (
    <span className="sub way-ground">
      {said} {way.clause ? <Clause clause={way.clause} source={way.source} /> : null}
      {buyers ? <> {buyers}</> : null}
      {way.confidence === 'low' ? <> {t('ways.unverified')}</> : null}
    </span>
  );
}

function Cells({ figures, most, isSure }: { figures: WayFiguresDto; most: number; isSure: boolean }) {
  const { locale } = useText();
  return (
    <>
      <td className="num way-cash">
        <Money figure={figures.cash} />
      </td>
      <td className="ways-bars" aria-hidden="true">
        <Bar figure={figures.cash} most={most} look="cash" />
        <Bar figure={figures.npv} most={most} look="value" />
      </td>
      <td className="num">
        <Money figure={figures.npv} />
      </td>
      {isSure ? null : (
        <td className="num">
          <Money figure={figures.npv_expected} />
        </td>
      )}
      <td className="num">
        <Money figure={figures.cost} />
      </td>
      <td className="num">
        <Yearly figure={figures.annual_cost} />
      </td>
      <td>
        <Day figure={figures.date} locale={locale} />
      </td>
      <td>
        <Day figure={figures.settled} locale={locale} />
      </td>
    </>
  );
}

function Bar({ figure, most, look }: { figure: FigureDto | null; most: number; look: 'cash' | 'value' }) {
  const minor = Math.max(0, moneyOf(figure)?.minor ?? 0);
  return (
    <span className={`way-bar way-bar-${look}`} style={{ width: `${((minor / most) * 100).toFixed(1)}%` }} />
  );
}

function Money({ figure }: { figure: FigureDto | null }) {
  const { t, locale } = useText();
  const money = moneyOf(figure);
  if (!figure || !money) return <span className="sub">{t('na')}</span>;
  return <Figure address={figure.address}>{formatWhole(money, locale)}</Figure>;
}

function Yearly({ figure }: { figure: FigureDto | null }) {
  const { t, locale } = useText();
  const decimal = decimalOf(figure);
  if (!figure || decimal === null) return <span className="sub">{t('na')}</span>;
  return <Figure address={figure.address}>{formatRateNumber(Number(decimal).toFixed(4), locale)}</Figure>;
}

function Day({ figure, locale }: { figure: FigureDto | null; locale: string }) {
  const { t } = useText();
  const day = dateOf(figure);
  if (!figure || day === null) return <span className="sub">{t('na')}</span>;
  return <Figure address={figure.address}>{formatDate(day, locale)}</Figure>;
}

/** The terms of the way that is chosen, and its dated cash. */
function Terms({ program, ways, claim }: Choice) {
  const { t, locale } = useText();
  const chosen = ways.ways.find(({ way }) => way === ways.chosen);
  const sale = ways.ways.find(({ way }) => way === 'transfer');
  const mayPrice = sale && sale.closed === null;
  const offset = ways.ways.find(({ way }) => way === 'offset');
  const isOpen = offset?.figures && offset.closed === null;
  const asksTax = isOpen && (claim.own_tax !== undefined || moneyOf(offset.figures?.cash) === null);
  return (
    <div className="way-terms">
      {mayPrice ? <PriceInput sale={sale} ways={ways} claim={claim} /> : null}
      {asksTax ? <OwnTax claim={claim} /> : null}
      {chosen?.way === 'loan' ? <LoanTerms figures={chosen.figures} /> : null}
      {chosen?.figures ? (
        <details className="way-events">
          <summary>{t('ways.events', { program: program.name })}</summary>
          <ul>
            {chosen.figures.events.map((event) => {
              const money = moneyOf(event.figure);
              return (
                <li key={event.figure.address}>
                  <span>{event.date ? formatDate(event.date, locale) : t('ways.no_day')}</span>
                  <span>{eventText(event, t)}</span>
                  {money ? (
                    <Figure address={event.figure.address}>{formatWhole(money, locale)}</Figure>
                  ) : (
                    <span className="sub">{t('na')}</span>
                  )}
                </li>
              );
            })}
          </ul>
        </details>
      ) : null}
    </div>
  );
}

function LoanTerms({ figures }: { figures: WayFiguresDto | null }) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const loan = figures?.loan;
  if (!loan) return null;
  const name = document.instruments?.find(({ id }) => id === loan.instrument)?.name;
  return (
    <p className="way-loan">
      <span>{name ?? t('ways.loan.usual')}</span>
      <Said label={t('ways.loan.lent')}>
        <Money figure={loan.principal} />
      </Said>
      <Said label={t('ways.loan.drawn')}>
        <Day figure={loan.drawn} locale={locale} />
      </Said>
      <Said label={t('ways.loan.interest')}>
        <Money figure={loan.interest} />
      </Said>
      <Said label={t('ways.loan.fees')}>
        <Money figure={loan.fees} />
      </Said>
    </p>
  );
}

function Said({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className="way-said">
      <span className="sub">{label}</span> {children}
    </span>
  );
}

/** Typing a price sells the credit at it. */
function PriceInput({ sale, ways, claim }: { sale: WayDto; ways: ClaimWaysDto; claim: WayClaim }) {
  const { t, locale } = useText();
  const { edit } = useDeal();
  const path = `incentives[${claim.id}]`;
  const price = decimalOf(sale.figures?.price) ?? sale.usual?.price ?? null;
  const floor = sale.figures?.floor;
  const least = decimalOf(floor);
  return (
    <div className="way-input" data-path={`${path}.monetisation.transfer`} tabIndex={-1}>
      <RateInput
        label={t('ways.price')}
        value={price ?? '0'}
        unit="%"
        hint={t(ways.chosen === 'transfer' ? 'ways.price.note' : 'ways.price.sells')}
        onCommit={(typed) => {
          if (ways.chosen === 'transfer') void edit(`${path}.monetisation`, { transfer: typed });
          else void edit(path, sold(claim, typed, sale.usual?.broker ?? null));
        }}
      />
      {floor && least !== null ? (
        <p className="sub">
          {t('ways.floor')} <Figure address={floor.address}>{formatRate(least, locale)}</Figure>
        </p>
      ) : null}
    </div>
  );
}

function OwnTax({ claim }: { claim: WayClaim }) {
  const { t } = useText();
  const { edit, document } = useDeal();
  const path = `incentives[${claim.id}].own_tax`;
  const value = parseDocumentMoney(claim.own_tax) ?? { minor: 0, currency: document.currency };
  return (
    <div className="way-input" data-path={path} tabIndex={-1}>
      <MoneyInput
        label={t('ways.own_tax')}
        hint={t('ways.own_tax.note')}
        value={value}
        onCommit={(typed) => void edit(path, writeDocumentMoney(typed))}
      />
    </div>
  );
}

/** On which day, at which rate and with which chance the ways are compared. */
function Basis({ ways }: { ways: ClaimWaysDto }) {
  const { t, locale } = useText();
  const rate = decimalOf(ways.rate);
  const chance = decimalOf(ways.probability);
  const status = statusText(ways.status, t);
  return (
    <p className="sub ways-basis">
      {t('ways.basis')}
      {ways.day ? (
        <Said label={t('ways.basis.day')}>
          <Day figure={ways.day} locale={locale} />
        </Said>
      ) : null}
      {rate !== null ? (
        <Said label={t('ways.basis.rate')}>
          <Figure address={ways.rate.address}>{formatRate(rate, locale)}</Figure>
        </Said>
      ) : null}
      {chance !== null ? (
        <Said label={t('ways.basis.chance')}>
          <Figure address={ways.probability.address}>{formatRate(chance, locale)}</Figure>
        </Said>
      ) : null}
      {status ? <Said label={t('ways.basis.status')}>{status}</Said> : null}
    </p>
  );
}
