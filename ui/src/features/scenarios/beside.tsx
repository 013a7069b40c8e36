import { Icon } from '../../components/icon.tsx';
import { useText } from '../../i18n/index.tsx';
import { Measured } from './figures.tsx';
import { differencesOf } from './headline.ts';
import { MEASURES, measureName, unitName } from './measures.ts';
import type { Scenario } from './types.ts';

type Props = { scenario: Scenario; now: Scenario; currency: string };
type Differences = ReturnType<typeof differencesOf>['stronger'];

/** How many differences are named on each side; the table has them all. */
const MOST = 5;

/** What a deal has over the working copy, and what it costs: from what is now to what would be. */
export function Beside({ scenario, now, currency }: Props) {
  const { t } = useText();
  const { stronger, weaker } = differencesOf(scenario, now, MEASURES);
  return (
    <div className="scenario-beside">
      <Side title={t('scenarios.stronger')} differences={stronger} currency={currency} look="better" />
      <Side title={t('scenarios.weaker')} differences={weaker} currency={currency} look="worse" />
    </div>
  );
}

type SideProps = { title: string; differences: Differences; currency: string; look: 'better' | 'worse' };

function Side({ title, differences, currency, look }: SideProps) {
  const { t } = useText();
  return (
    <section aria-label={title}>
      <h3 className="scenario-side-title">{title}</h3>
      {differences.length === 0 ? <p className="sub">{t('scenarios.no_difference')}</p> : null}
      <dl className={`scenario-side scenario-${look}`}>
        {differences.slice(0, MOST).map(({ measure, from, to }) => (
          <div key={measure}>
            <dt>
              {measureName(measure, t)}
              <span className="scenario-unit sub">{unitName(measure, currency, t)}</span>
            </dt>
            <dd>
              <Measured measure={measure} told={from} />
              <Icon name="arrow" size={12} />
              <span className="visually-hidden">{t('scenarios.becomes')}</span>
              <span className="scenario-to">
                <Measured measure={measure} told={to} />
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
