import type {
  RecordedJurisdiction,
  SurveyedJurisdiction,
  SurveyedJurisdictions,
  SurveyedProgram,
} from '../../api/bindings.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Figure } from '../../components/figure.tsx';
import { formatMonth } from '../../domain/dates.ts';
import { formatChange, formatPercent, formatProse, formatWhole } from '../../domain/money.ts';
import { formatNumber } from '../../domain/quantity.ts';
import { useText } from '../../i18n/index.tsx';
import { useWords } from '../words.ts';
import { MoveThere } from './map-move.tsx';
import { besides } from './map-view.ts';
import { decimalOf, moneyOf } from './view.ts';

type Props = {
  data: SurveyedJurisdictions;
  place: SurveyedJurisdiction;
  onChoose: (code: string) => void;
  onBack: () => void;
};

/** One place: what it would leave and with which programs, what has to hold, what stands in the way. */
export function PlaceCard({ data, place, onChoose, onBack }: Props) {
  const { t, locale } = useText();
  const words = useWords();
  const [net, gain, rate] = [moneyOf(place.net), moneyOf(place.gain), decimalOf(place.rate)];
  const others = besides(data, place);
  return (
    <section className="place-card" aria-label={words.place(place.jurisdiction)}>
      <div className="place-head">
        <h3 className="side-title">{words.place(place.jurisdiction)}</h3>
        <Button look="quiet" onClick={onBack}>
          {t('map.back')}
        </Button>
      </div>
      <p className="row-wrap">
        {place.spends_now ? <Badge look="note">{t('map.spends')}</Badge> : null}
        {place.unverified ? <Badge look="dashed">{t('map.unverified')}</Badge> : null}
      </p>
      {place.net && place.rate && net && rate ? (
        <dl className="place-figures">
          <div>
            <dt>{t('map.card.net')}</dt>
            <dd>
              <Figure address={place.net.address}>{formatProse(net, locale)}</Figure>
            </dd>
          </div>
          <div>
            <dt>{t('map.card.rate')}</dt>
            <dd>
              <Figure address={place.rate.address}>{formatPercent(Number(rate), locale)}</Figure>
            </dd>
          </div>
          {place.gain && gain ? (
            <div>
              <dt>{t('map.card.compare')}</dt>
              <dd>
                <Figure address={place.gain.address}>{formatChange(gain, locale)}</Figure>
              </dd>
            </div>
          ) : null}
          {place.paid_by ? (
            <div>
              <dt>{t('map.paid')}</dt>
              <dd>{formatMonth(place.paid_by, locale)}</dd>
            </div>
          ) : null}
        </dl>
      ) : null}
      {net?.minor === 0 ? <p className="sub">{t('map.card.nothing')}</p> : null}
      <Combination programs={place.programs} />
      <Refused place={place} />
      {others.length > 0 ? (
        <>
          <h4 className="place-sub">{t('map.card.provinces', { place: words.place(place.country) })}</h4>
          <ul className="place-others">
            {others.map((other) => (
              <li key={other.jurisdiction}>
                <button type="button" className="link" onClick={() => onChoose(other.jurisdiction)}>
                  {words.place(other.jurisdiction)}
                </button>{' '}
                {other.rate && decimalOf(other.rate) ? (
                  <Figure address={other.rate.address}>
                    {formatPercent(Number(decimalOf(other.rate)), locale)}
                  </Figure>
                ) : (
                  <span className="sub">{t('map.unknown')}</span>
                )}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <MoveThere key={place.jurisdiction} place={place.jurisdiction} />
    </section>
  );
}

function Combination({ programs }: { programs: readonly SurveyedProgram[] }) {
  const { t, locale } = useText();
  if (programs.length === 0) return null;
  return (
    <>
      <h4 className="place-sub">{t('map.card.combination')}</h4>
      <ul className="place-programs">
        {programs.map((program) => {
          const net = moneyOf(program.net);
          return (
            <li key={program.program}>
              <p className="place-program">
                <span>
                  {program.name}{' '}
                  {program.confidence === 'low' ? <Badge look="dashed">{t('map.unverified')}</Badge> : null}
                </span>
                {net ? <Figure address={program.net.address}>{formatWhole(net, locale)}</Figure> : null}
              </p>
              {program.open.length > 0 ? (
                <details>
                  <summary>{t('map.card.open', { count: program.open.length })}</summary>
                  <ul className="place-conditions">
                    {program.open.map((condition) => (
                      <li key={condition.label}>
                        {condition.label}
                        <span className="sub">{condition.clause}</span>
                      </li>
                    ))}
                  </ul>
                </details>
              ) : null}
              {program.doubted.map((condition) => (
                <p key={condition.label} className="sub">
                  <Badge look="question">{t('map.card.doubted')}</Badge> {condition.label}
                </p>
              ))}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Refused({ place }: { place: SurveyedJurisdiction }) {
  const { t, locale } = useText();
  return (
    <>
      {place.refused.length > 0 ? <h4 className="place-sub">{t('map.card.refused')}</h4> : null}
      <ul className="place-programs">
        {place.refused.map((program) => (
          <li key={program.program}>
            <p className="place-program">{program.name}</p>
            {program.conditions.map((condition) => {
              const { missed } = condition;
              const amount = moneyOf(missed);
              const number = decimalOf(missed);
              return (
                <p key={condition.label} className="sub">
                  {condition.label}
                  {missed && (amount || number) ? (
                    <>
                      {' · '}
                      {t('map.card.missed')}{' '}
                      <Figure address={missed.address}>
                        {amount ? formatProse(amount, locale) : formatNumber(number ?? '0', locale)}
                      </Figure>
                    </>
                  ) : null}
                  {condition.remedy ? <span className="place-remedy">{condition.remedy}</span> : null}
                </p>
              );
            })}
          </li>
        ))}
      </ul>
      {place.unanswered.length > 0 ? <h4 className="place-sub">{t('map.card.unanswered')}</h4> : null}
      <ul className="place-programs">
        {place.unanswered.map((program) => (
          <li key={program.program}>
            <p className="place-program">{program.name}</p>
            <p className="sub">
              {program.currency
                ? t('map.card.rate_missing', { currency: program.currency })
                : program.asks
                  ? t('map.card.asks', { question: program.asks })
                  : t('map.unknown')}
            </p>
          </li>
        ))}
      </ul>
      {place.idle.length > 0 ? (
        <p className="sub place-idle">{t('map.card.idle', { programs: place.idle.join(', ') })}</p>
      ) : null}
    </>
  );
}

type RecordProps = { records: readonly RecordedJurisdiction[]; onBack: () => void };

/** A place of which the library holds a record and nothing to compute. */
export function RecordCard({ records, onBack }: RecordProps) {
  const { t } = useText();
  const words = useWords();
  const [first] = records;
  return (
    <section className="place-card" aria-label={words.place(first?.jurisdiction ?? '')}>
      <div className="place-head">
        <h3 className="side-title">{words.place(first?.jurisdiction ?? '')}</h3>
        <Button look="quiet" onClick={onBack}>
          {t('map.back')}
        </Button>
      </div>
      {records.map((record) => (
        <p key={record.jurisdiction} className="sub">
          {t('map.card.records', { programs: record.programs.join(', ') })}
        </p>
      ))}
    </section>
  );
}
