import type { Translate } from '../../i18n/index.tsx';
import { cellOf, valueIn } from './columns.ts';
import { betterOf, type MeasureKey, measureName, measureText, unitName } from './measures.ts';
import type { Reader, Scenario, Standing } from './types.ts';

export type Headline = { text: string; about: string | undefined };

/** A criterion of the reader with its weight. */
export type Weighed = { measure: MeasureKey; weight: number };

type Asked = {
  scenarios: readonly Scenario[];
  standings: ReadonlyMap<string, Standing>;
  reader: Reader;
  criteria: readonly Weighed[];
  currency: string;
  locale: string;
  t: Translate;
};

const isBetter = (measure: MeasureKey, one: number, other: number): boolean =>
  betterOf(measure) === 'higher' ? one > other : one < other;

/** The best deal of a reader; where the working copy is as good as any, it. */
export function bestOf(
  scenarios: readonly Scenario[],
  standings: ReadonlyMap<string, Standing>,
): Scenario | null {
  const first = scenarios.filter(({ id }) => standings.get(id)?.rank === 1);
  return first.find(({ isNow }) => isNow) ?? first[0] ?? null;
}

/** What speaks most for a deal against another, by what the reader looks at. */
function speaking(best: Scenario, other: Scenario, criteria: readonly Weighed[]) {
  const heaviest = [...criteria].sort((a, b) => b.weight - a.weight);
  for (const { measure } of heaviest) {
    const [to, from] = [best.measures[measure], other.measures[measure]];
    if (to.value === null || from.value === null) continue;
    if (isBetter(measure, to.value, from.value)) return { measure, to: to.value, from: from.value };
  }
  return null;
}

type Reasoned = Pick<Asked, 'scenarios' | 'standings' | 'criteria' | 'currency' | 'locale' | 't'> & {
  best: Scenario;
};

/**
 * What the best deal is held against: the working copy, or, where that cannot be had because it does not close, the deal
 * that comes next.
 */
function rivalOf({ scenarios, standings, best }: Reasoned): Scenario | undefined {
  const now = scenarios.find(({ isNow }) => isNow);
  if (now?.closes) return best.isNow ? undefined : now;
  return scenarios.find(({ id }) => standings.get(id)?.rank === 2);
}

/** Why a deal is the best of a reader: what is better than in its rival, or how it stands in what counts most. */
export function reasonOf(asked: Reasoned): Headline {
  const { best, criteria, currency, locale, t } = asked;
  const rival = rivalOf(asked);
  const said = (measure: MeasureKey, value: number) => measureText(measure, value, locale, t);
  const speaks = rival ? speaking(best, rival, criteria) : null;
  if (rival && speaks) {
    const { measure, to, from } = speaks;
    return {
      text: t(rival.isNow ? 'scenarios.advice.instead' : 'scenarios.advice.against', {
        measure: measureName(measure, t),
        to: said(measure, to),
        from: said(measure, from),
        unit: unitName(measure, currency, t),
        name: rival.name,
      }),
      about: `${best.measures[measure].address} ${rival.measures[measure].address}`,
    };
  }
  const first = [...criteria]
    .sort((a, b) => b.weight - a.weight)
    .find(({ measure }) => best.measures[measure].value !== null);
  const told = first ? best.measures[first.measure] : null;
  if (!first || !told || told.value === null) return { text: t('scenarios.advice.all'), about: undefined };
  const { measure } = first;
  return {
    text: t('scenarios.advice.stands', {
      measure: measureName(measure, t),
      value: said(measure, told.value),
      unit: unitName(measure, currency, t),
    }),
    about: told.address,
  };
}

/** What the comparison comes to, for the reader who is asked about: the best deal, and what speaks for it most. */
export function headlineOf(asked: Asked): Headline {
  const { scenarios, standings, reader, criteria, t } = asked;
  const best = bestOf(scenarios, standings);
  const who = t(`scenarios.for.${reader}`);
  const now = scenarios.find(({ isNow }) => isNow);
  const plain = (text: string): Headline => ({ text, about: undefined });
  if (!best) return plain(t('scenarios.headline.none', { count: scenarios.length }));
  if (best.isNow) return plain(t('scenarios.headline.now', { who }));
  if (now && !now.closes) return plain(t('scenarios.headline.closes', { name: best.name, who }));
  const { text: why, about } = reasonOf({ ...asked, best, criteria });
  const isSpoken = now !== undefined && speaking(best, now, criteria) !== null;
  return isSpoken
    ? { text: t('scenarios.headline.speaks', { name: best.name, who, why: lowered(why) }), about }
    : plain(t('scenarios.headline.best', { name: best.name, who }));
}

/** A sentence that goes on inside another; an abbreviation keeps its capitals. */
const lowered = (text: string): string =>
  /^\p{Lu}\p{Lu}/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);

/** What came of the shapes: how many close, and which of those that do asks for the least equity. */
export function madeHeadline(scenarios: readonly Scenario[], t: Translate): Headline {
  const made = scenarios.filter(({ isNow }) => !isNow);
  const closed = made.filter(({ closes }) => closes);
  if (made.length === 0) return { text: t('scenarios.headline.empty'), about: undefined };
  if (closed.length === 0)
    return { text: t('scenarios.headline.none', { count: made.length }), about: undefined };
  const equity = (one: Scenario) => valueIn(one, 'money:equity') ?? 0;
  const least = closed.reduce((best, one) => (equity(one) < equity(best) ? one : best));
  const figure = cellOf(least, 'money:equity');
  return {
    text: t('scenarios.headline.made', {
      closed: closed.length,
      count: made.length,
      name: least.name,
    }),
    about: figure?.address,
  };
}

/** What a deal has more and less of than another, in what can be told of both. */
export function differencesOf(one: Scenario, other: Scenario, measures: readonly MeasureKey[]) {
  const apart = measures.flatMap((measure) => {
    const [to, from] = [one.measures[measure], other.measures[measure]];
    if (to.value === null || from.value === null || Math.abs(to.value - from.value) < 1e-9) return [];
    return [{ measure, to, from, isBetter: isBetter(measure, to.value, from.value) }];
  });
  return { stronger: apart.filter((each) => each.isBetter), weaker: apart.filter((each) => !each.isBetter) };
}
