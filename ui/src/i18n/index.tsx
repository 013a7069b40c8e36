import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { pluralRules } from '../domain/intl.ts';
import enActuals from './locales/en/actuals.json';
import enAssumed from './locales/en/assumed.json';
import enBudget from './locales/en/budget.json';
import enCapital from './locales/en/capital.json';
import enCharts from './locales/en/charts.json';
import enCommon from './locales/en/common.json';
import enCompanies from './locales/en/companies.json';
import enFields from './locales/en/fields.json';
import enFlow from './locales/en/flow.json';
import enGuide from './locales/en/guide.json';
import enJobs from './locales/en/jobs.json';
import enLaw from './locales/en/law.json';
import enLibrary from './locales/en/library.json';
import enPages from './locales/en/pages.json';
import enPlaces from './locales/en/places.json';
import enPlan from './locales/en/plan.json';
import enPoints from './locales/en/points.json';
import enPrograms from './locales/en/programs.json';
import enProjects from './locales/en/projects.json';
import enReasons from './locales/en/reasons.json';
import enRefusals from './locales/en/refusals.json';
import enRevenue from './locales/en/revenue.json';
import enRisk from './locales/en/risk.json';
import enScenarios from './locales/en/scenarios.json';
import enSheets from './locales/en/sheets.json';
import enShell from './locales/en/shell.json';
import enStatements from './locales/en/statements.json';
import enTerms from './locales/en/terms.json';
import enWays from './locales/en/ways.json';
import frActuals from './locales/fr/actuals.json';
import frAssumed from './locales/fr/assumed.json';
import frBudget from './locales/fr/budget.json';
import frCapital from './locales/fr/capital.json';
import frCharts from './locales/fr/charts.json';
import frCommon from './locales/fr/common.json';
import frCompanies from './locales/fr/companies.json';
import frFields from './locales/fr/fields.json';
import frFlow from './locales/fr/flow.json';
import frGuide from './locales/fr/guide.json';
import frJobs from './locales/fr/jobs.json';
import frLaw from './locales/fr/law.json';
import frLibrary from './locales/fr/library.json';
import frPages from './locales/fr/pages.json';
import frPlaces from './locales/fr/places.json';
import frPlan from './locales/fr/plan.json';
import frPoints from './locales/fr/points.json';
import frPrograms from './locales/fr/programs.json';
import frProjects from './locales/fr/projects.json';
import frReasons from './locales/fr/reasons.json';
import frRefusals from './locales/fr/refusals.json';
import frRevenue from './locales/fr/revenue.json';
import frRisk from './locales/fr/risk.json';
import frScenarios from './locales/fr/scenarios.json';
import frSheets from './locales/fr/sheets.json';
import frShell from './locales/fr/shell.json';
import frStatements from './locales/fr/statements.json';
import frTerms from './locales/fr/terms.json';
import frWays from './locales/fr/ways.json';

type Plural = { one: string; other: string };
type Entry = string | Plural;

const en = {
  ...enCommon,
  ...enActuals,
  ...enBudget,
  ...enShell,
  ...enRevenue,
  ...enRisk,
  ...enScenarios,
  ...enSheets,
  ...enCapital,
  ...enCharts,
  ...enCompanies,
  ...enFlow,
  ...enGuide,
  ...enJobs,
  ...enLaw,
  ...enLibrary,
  ...enPages,
  ...enPoints,
  ...enPrograms,
  ...enPlaces,
  ...enPlan,
  ...enProjects,
  ...enStatements,
  ...enTerms,
  ...enWays,
  ...enFields,
  ...enAssumed,
  ...enReasons,
  ...enRefusals,
};
export type TextKey = keyof typeof en;
type Catalog = Record<TextKey, Entry>;

/** French is typed against English: a missing key does not compile. */
const fr: Catalog = {
  ...frCommon,
  ...frActuals,
  ...frBudget,
  ...frShell,
  ...frRevenue,
  ...frRisk,
  ...frScenarios,
  ...frSheets,
  ...frCapital,
  ...frCharts,
  ...frCompanies,
  ...frFlow,
  ...frGuide,
  ...frJobs,
  ...frLaw,
  ...frLibrary,
  ...frPages,
  ...frPoints,
  ...frPrograms,
  ...frPlaces,
  ...frPlan,
  ...frProjects,
  ...frStatements,
  ...frTerms,
  ...frWays,
  ...frFields,
  ...frAssumed,
  ...frReasons,
  ...frRefusals,
};

export const CATALOGS = { en: en as Catalog, fr };
export type Language = keyof typeof CATALOGS;
export const LANGUAGES: readonly Language[] = ['en', 'fr'];

export type TextParams = Record<string, string | number>;
export type Translate = (key: TextKey, params?: TextParams) => string;

export function translate(language: Language, key: TextKey, params: TextParams = {}): string {
  const entry = CATALOGS[language][key];
  const text = typeof entry === 'string' ? entry : entry[pluralForm(language, params.count)];
  return spaced(language, text).replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = params[name];
    return value === undefined ? hole : String(value);
  });
}

/** French keeps its double signs and quotation marks on the line of the word they belong to. */
function spaced(language: Language, text: string): string {
  return language === 'fr' ? text.replace(/ (?=[;:!?%»])|(?<=«) /g, '\u00a0') : text;
}

function pluralForm(language: Language, count: string | number | undefined): keyof Plural {
  return pluralRules(language).select(Number(count ?? 0)) === 'one' ? 'one' : 'other';
}

/** A key made at run time (a finding code, a status): the text, or the fallback when the catalog has none. */
export function translateMaybe(
  language: Language,
  key: string,
  fallback: string,
  params?: TextParams,
): string {
  return key in CATALOGS[language] ? translate(language, key as TextKey, params) : fallback;
}

type TextContext = {
  language: Language;
  locale: string;
  t: Translate;
  maybe: (key: string, fallback: string, params?: TextParams) => string;
};

const Context = createContext<TextContext>({
  language: 'en',
  locale: 'en',
  t: (key, params) => translate('en', key, params),
  maybe: (key, fallback, params) => translateMaybe('en', key, fallback, params),
});

export function TextProvider(props: { language: Language; locale: string; children: ReactNode }) {
  const { language, locale } = props;
  const value = useMemo<TextContext>(
    () => ({
      language,
      locale,
      t: (key, params) => translate(language, key, params),
      maybe: (key, fallback, params) => translateMaybe(language, key, fallback, params),
    }),
    [language, locale],
  );
  return <Context.Provider value={value}>{props.children}</Context.Provider>;
}

export function useText(): TextContext {
  return useContext(Context);
}
