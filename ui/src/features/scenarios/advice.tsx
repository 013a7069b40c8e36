import { useText } from '../../i18n/index.tsx';
import { bestOf, type Headline, reasonOf, type Weighed } from './headline.ts';
import { READERS, type Reader, type Scenario, type Standing } from './types.ts';

type Props = {
  scenarios: readonly Scenario[];
  readers: ReadonlyMap<Reader, { standings: ReadonlyMap<string, Standing>; criteria: readonly Weighed[] }>;
  currency: string;
  onChoose: (id: string) => void;
};

/** Which deal to bring to whom, and why it is theirs. */
export function Advice({ scenarios, readers, currency, onChoose }: Props) {
  const { t, locale } = useText();
  return (
    <ul className="scenario-advice">
      {READERS.flatMap((reader) => {
        const of = readers.get(reader);
        if (!of) return [];
        const best = bestOf(scenarios, of.standings);
        const why: Headline = best
          ? reasonOf({ scenarios, best, ...of, currency, locale, t })
          : { text: t('scenarios.advice.none'), about: undefined };
        return [
          <li key={reader}>
            <span className="scenario-advice-head">
              <span className="strong">{t(`scenarios.reader.${reader}`)}</span>
              {best ? (
                <button type="button" className="link" onClick={() => onChoose(best.id)}>
                  {best.name}
                </button>
              ) : null}
            </span>
            <span className="sub" data-address={why.about}>
              {why.text}
            </span>
          </li>,
        ];
      })}
    </ul>
  );
}
