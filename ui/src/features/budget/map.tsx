import { lazy, Suspense, useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/select.tsx';
import { Skeleton } from '../../components/states.tsx';
import { formatPercent } from '../../domain/money.ts';
import { formatRate } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { Amount } from '../explain/amount.tsx';
import { MoveThere } from '../incentives/map-move.tsx';
import { Tile } from '../shell/page.tsx';
import { useWords } from '../words.ts';
import { type CellValue, useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { partsOf, type SpentPlace, spentPlaces } from './places.ts';
import { withNewPlace, withTypedShare } from './split.ts';
import { SplitDialog } from './split.tsx';

// The outlines of the world are larger than the page: they come when the page stands.
const SpendMapChart = lazy(() => import('./map-chart.tsx'));

/** Where the money is spent; a place is chosen to see its lines and to bring others there. */
export function MapTile() {
  const { t } = useText();
  const { document } = useDeal();
  const book = useBook();
  const lines = document.budget?.lines ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [splitting, setSplitting] = useState<string | null>(null);
  const places = useMemo(() => spentPlaces(lines, book, document.currency), [lines, book, document.currency]);
  if (lines.length === 0) return null;
  return (
    <Tile span={6}>
      <div className="spendmap">
        <div>
          <Suspense fallback={<Skeleton label={t('pages.loading')} rows={10} />}>
            <SpendMapChart places={places} chosen={chosen} onChoose={setChosen} />
          </Suspense>
          <Legend />
        </div>
        <div className="spendmap-side" aria-live="polite">
          {chosen === null ? (
            <Everywhere places={places} onChoose={setChosen} />
          ) : (
            <There
              key={chosen}
              code={chosen}
              places={places}
              onChoose={setChosen}
              onBack={() => setChosen(null)}
              onSplit={setSplitting}
            />
          )}
        </div>
      </div>
      <SplitDialog
        line={lines.find((line) => line.id === splitting) ?? null}
        onClose={() => setSplitting(null)}
      />
    </Tile>
  );
}

const CLASSES = ['1', '2', '3', '4', '5'] as const;

function Legend() {
  const { t } = useText();
  return (
    <p className="legend map-legend">
      {CLASSES.map((shade) => (
        <span key={shade} className="legend-item">
          <span className={`map-swatch map-swatch-${shade}`} aria-hidden="true" />
          {t(`map.legend.${shade}`)}
        </span>
      ))}
    </p>
  );
}

type EverywhereProps = { places: readonly SpentPlace[]; onChoose: (code: string) => void };

/** The places in the order of what is spent there, each with its lines. */
function Everywhere({ places, onChoose }: EverywhereProps) {
  const { t, locale } = useText();
  const words = useWords();
  return (
    <section aria-label={t('spendmap.places')}>
      <h3 className="side-title">{t('spendmap.places')}</h3>
      <p className="sub">{t('spendmap.places.note')}</p>
      <ol className="ranking">
        {places.map(({ code, share, parts }) => (
          <li key={code} className="rank spend-rank">
            <span className="rank-name">
              <button type="button" className="link" onClick={() => onChoose(code)}>
                {words.place(code)}
              </button>
            </span>
            <span className="rank-bar" aria-hidden="true">
              <span style={{ width: `${(share * 100).toFixed(1)}%` }} />
            </span>
            <span
              className="rank-net"
              data-address={[...new Set(parts.map((part) => part.address))].join(' ')}
            >
              {formatPercent(share, locale)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

type ThereProps = {
  code: string;
  places: readonly SpentPlace[];
  onChoose: (code: string) => void;
  onBack: () => void;
  onSplit: (line: string) => void;
};

/** What is spent in one place, and the ways to bring more of it there. */
function There({ code, places, onChoose, onBack, onSplit }: ThereProps) {
  const { t, locale } = useText();
  const words = useWords();
  const book = useBook();
  const country = code.slice(0, 2);
  const regions = [...new Set([...partsOf(country), ...placesIn(places, country)])];
  const here = places.filter((place) => place.code === code);
  return (
    <section className="place-card" aria-label={words.place(code)}>
      <div className="place-head">
        <h3 className="side-title">{words.place(code)}</h3>
        <Button look="quiet" onClick={onBack}>
          {t('spendmap.back')}
        </Button>
      </div>
      {regions.length > 1 ? (
        <Select
          label={t('spendmap.region')}
          value={code}
          options={regions.map((one) => ({ value: one, label: `${words.place(one)} (${one})` }))}
          onChange={onChoose}
        />
      ) : null}
      {here.length === 0 ? <p className="sub">{t('spendmap.none', { place: words.place(code) })}</p> : null}
      <ul className="spend-there">
        {here
          .flatMap((place) => place.parts)
          .map(({ line, part, address }) => (
            <li key={`${line.id}-${part.id}`}>
              <button type="button" className="link" onClick={() => onSplit(line.id)}>
                {line.label}
              </button>
              <span className="sub" data-path={`budget.lines[${line.id}].spend[${part.id}].share`}>
                {formatRate(part.share ?? '0', locale)}
              </span>
              <Amount book={book} address={address} />
            </li>
          ))}
      </ul>
      <Bring code={code} onSplit={onSplit} />
      <MoveThere key={code} place={code} />
    </section>
  );
}

const placesIn = (places: readonly SpentPlace[], country: string) =>
  places.map((place) => place.code).filter((code) => code.startsWith(country));

/** A share of a line is brought here: the place joins the line, and its split is opened. */
function Bring({ code, onSplit }: { code: string; onSplit: (line: string) => void }) {
  const { t } = useText();
  const words = useWords();
  const { document, edit } = useDeal();
  const lines = (document.budget?.lines ?? []).filter(
    (line) => !(line.spend ?? []).some((part) => part.jurisdiction === code),
  );
  const [line, setLine] = useState<string | null>(null);
  const first = lines.find((one) => one.id === line) ?? lines[0];
  if (!first) return null;
  const bring = async () => {
    // Half of it to begin with: the split that opens is where it is set.
    const next = withTypedShare(withNewPlace(first.spend ?? [], code), code, '0.5');
    const { refusal } = await edit(`budget.lines[${first.id}].spend`, next as unknown as CellValue);
    if (!refusal) onSplit(first.id);
  };
  return (
    <div className="spend-bring">
      <Select
        label={t('spendmap.bring', { place: words.place(code) })}
        value={first.id}
        options={lines.map((one) => ({ value: one.id, label: one.label }))}
        onChange={setLine}
      />
      <Button onClick={() => void bring()}>{t('spendmap.bring.do')}</Button>
    </div>
  );
}
