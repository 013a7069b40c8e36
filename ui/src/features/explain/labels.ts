import { useMemo } from 'react';
import { formatDate, formatMonth } from '../../domain/dates.ts';
import type { DealDocument, Tier } from '../../domain/document.ts';
import { formatProse, parseMinor } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useProgramNames } from '../programs/names.ts';
import { useDesk } from '../workspace/desk.tsx';
import { flowLabel } from './flow-label.ts';

/** Names of the parts of the deal by their ids, for addresses and paths that a person reads. */
function namesOf(document: DealDocument | null, programs: ReadonlyMap<string, string>): Map<string, string> {
  const names = new Map<string, string>();
  const put = (id: string | undefined, name: string | undefined) => {
    if (id && name && !names.has(id)) names.set(id, name);
  };
  for (const one of document?.instruments ?? []) put(one.id, one.name);
  for (const one of document?.parties ?? []) put(one.id, one.name);
  for (const one of document?.budget?.lines ?? []) put(one.id, one.label);
  for (const one of document?.budget?.costs ?? []) put(one.id, one.label);
  for (const one of document?.revenue?.sources ?? []) put(one.id, one.label);
  const tiers = (of: readonly Tier[]): void => {
    for (const one of of) {
      put(one.id, one.label);
      tiers(one.takes.members ?? []);
    }
  };
  tiers(document?.recoupment?.tiers ?? []);
  for (const one of document?.incentives ?? []) put(one.id, programs.get(one.program));
  for (const [id, name] of programs) put(id, name);
  return names;
}

/** `capital.gap.interest[2028-03]` as "Gap loan, interest, Mar 2028". */
export function useAddressLabel(): (address: string) => string {
  const { document } = useDesk();
  const { t, maybe, locale } = useText();
  const programs = useProgramNames();
  return useMemo(() => {
    const names = namesOf(document, programs);
    const word = (part: string): string => {
      const named = names.get(part);
      if (named) return named;
      // One company's claim on a program that another claims too.
      const [program, who] = part.split('@');
      if (program && who) {
        return `${word(program)}, ${who === 'production' ? t('figure.all_companies') : word(who)}`;
      }
      if (/^\d{4}-\d{2}(-\d{2})?$/.test(part)) return formatMonth(part, locale);
      return maybe(`figure.${part}`, part.replace(/[_-]/g, ' '));
    };
    const label = (address: string): string => {
      const whole = maybe(`figure.whole.${address}`, '');
      if (whole !== '') return whole;
      const flows = flowLabel(address, { t, maybe, locale, name: word });
      if (flows) return flows;
      const [, law, day, then] = DAY.exec(address) ?? [];
      if (law && day && then) {
        const text = law === 'on' ? 'figure.on' : 'figure.more_on';
        return t(text, { figure: label(then), day: formatDate(day, locale) });
      }
      const [, offered, under] = TEXT.exec(address) ?? [];
      if (offered && under)
        return t(offered === 'law' ? 'figure.law' : 'figure.more_law', { figure: label(under) });
      const [, currency, major, there] = LEVEL.exec(address) ?? [];
      if (currency && major && there) {
        const minor = parseMinor(major, currency, 'en') ?? 0;
        return t('figure.at', { figure: label(there), level: formatProse({ minor, currency }, locale) });
      }
      const [, came, figure] = CAME.exec(address) ?? [];
      if (came && figure)
        return t(came === 'without' ? 'figure.without_actuals' : 'figure.more_actuals', {
          figure: label(figure),
        });
      const [, paths, path, simulated] = SIMULATED.exec(address) ?? [];
      if (simulated && path) return t('figure.path_of', { figure: label(simulated), path });
      if (simulated) return t('figure.simulated', { figure: label(simulated), paths: paths ?? '' });
      const [, drawn, measure] = DRAWN.exec(address) ?? [];
      if (drawn && measure)
        return t('figure.drawn', {
          figure: maybe(`scenarios.measure.${measure}`, label(measure)),
          paths: drawn,
        });
      const [, scenario, told] = SCENARIO.exec(address) ?? [];
      if (scenario && told)
        return t('figure.scenario', {
          name: maybe(`scenarios.template.${scenario}`, scenario),
          figure: label(told),
        });
      const [, asked, cell, within] = CASE.exec(address) ?? [];
      if (asked && cell && within) return t(caseText(asked, cell), { figure: label(within) });
      const parts = address.split(/[.[\]]+/).filter(Boolean);
      // The first word only names the section where a later word says what is meant.
      const shown = parts.length > 1 && SECTIONS.has(parts[0] ?? '') ? parts.slice(1) : parts;
      const text = shown.map(word).join(', ');
      return text.charAt(0).toUpperCase() + text.slice(1);
    };
    return label;
  }, [document, programs, t, maybe, locale]);
}

/** A figure of the deal as it would be with another cell: what is asked, the cell, the figure. */
const CASE = /^(if|more|rate)\(([^=)]*)=[^)]*\)\.(.*)$/;

/** The same under the law of another day. */
const DAY = /^(on|more)\((\d{4}-\d{2}-\d{2})\)\.(.*)$/;

/** The same with the library's text of a version. */
const TEXT = /^(law|more)\([^)=]*:\d{4}-\d{2}-\d{2}\)\.(.*)$/;

/** The same at another level of worldwide gross. */
const LEVEL = /^at\(([A-Z]{3})([\d.]+)\)\.in\.(.*)$/;

/** The same as if no statement had come in, and what statements bring more. */
const CAME = /^(without|more)\(actuals\)\.(?:in\.)?(.*)$/;

/** A figure of so many drawn paths, or of the exact run of one. */
const SIMULATED = /^risk\([^)]*paths=(\d+)[^)]*\)\.(?:path\[(\d+)\]\.)?(?:in\.)?(.*)$/;

/** A figure of a scenario, by its key: of the deal it is, or of how it was made. */
const SCENARIO = /^scenario\(([^)]*)\)\.(?:in\.)?(.*)$/;

/** What a scenario is worth on so many paths of a seed. */
const DRAWN = /^paths\((\d+),\d+\)\.(.*)$/;

function caseText(asked: string, path: string) {
  if (asked === 'more') return 'figure.more';
  if (asked === 'rate') return 'figure.rate';
  return path.startsWith('budget.') ? 'figure.supposed' : 'figure.case';
}

const SECTIONS = new Set([
  'capital',
  'closing',
  'recoupment',
  'returns',
  'revenue',
  'budget',
  'incentives',
  'instruments',
  'actuals',
]);
