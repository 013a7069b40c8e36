import type { BudgetLine, Phase } from '../../domain/document.ts';
import { type Span, spanOf } from './spans.ts';

/** Weights are decimal text; on the screen they are drawn and stepped in hundredths. */
export function weightText(weight: number): string {
  return String(Math.round(Math.max(weight, 0) * 100) / 100);
}

/** Accounts by the phase in which they are usually spent, where it is not production. */
const USUAL_PHASE: Readonly<Record<string, string>> = {
  development: 'development',
  story_and_rights: 'development',
  voice_talent: 'pre_production',
  visual_development: 'pre_production',
  storyboard: 'pre_production',
  modelling_rigging: 'pre_production',
  insurance: 'pre_production',
  music: 'post_production',
  sound: 'post_production',
  picture_post: 'post_production',
  legal_audit: 'post_production',
};

export function phaseOf(line: BudgetLine): string {
  return line.phase ?? USUAL_PHASE[line.account] ?? 'production';
}

/** The months of a line's phase; one where the schedule does not have it. */
export function monthsOf(line: BudgetLine, phases: readonly Phase[]): Span {
  const at = phases.findIndex((phase) => phase.phase === phaseOf(line));
  return (at < 0 ? null : spanOf(phases, at)) ?? { start: 0, months: 1 };
}

/** How a curve falls over so many months: the smooth step 3t² − 2t³ for the S. */
export function shapeOf(curve: string, months: number): string[] {
  const step = (at: number) => {
    const time = at / months;
    return time * time * (3 - 2 * time);
  };
  return Array.from({ length: months }, (_, at) => {
    if (curve === 's_curve') return weightText((step(at + 1) - step(at)) * 10 * months);
    if (curve === 'first_month') return at === 0 ? '10' : '0';
    if (curve === 'last_month') return at === months - 1 ? '10' : '0';
    return '10';
  });
}
