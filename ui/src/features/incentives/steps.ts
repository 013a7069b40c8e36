import type { AssessedProgram, BaseStepDto, CreditPartDto } from '../../api/bindings.ts';
import type { BridgeStep } from '../../charts/incentive-bridge/layout.ts';
import type { Translate } from '../../i18n/index.tsx';
import { decimalOf, isNought, moneyOf } from './view.ts';

/** How a program's credit comes about as rows of the drawing: what takes nothing out is left out. */
export function bridgeSteps(program: AssessedProgram, t: Translate): BridgeStep[] {
  const parts = program.parts.flatMap((part) => partSteps(part, t));
  const onCredit = program.on_credit
    .filter((step) => !isNought(step.taken_out))
    .map((step) => ({
      id: `credit:${step.id}`,
      label: step.label,
      note: noteOf(step, t),
      base: null,
      takenOut: moneyOf(step.taken_out),
      rate: null,
      credit: moneyOf(step.left),
      addresses: { takenOut: step.taken_out.address, credit: step.left.address },
    }));
  // A part that nothing is known of is no row; what is missing is told in its place.
  return [...parts, ...onCredit].filter((row) => row.base !== null || row.credit !== null);
}

function partSteps(part: CreditPartDto, t: Translate): BridgeStep[] {
  const steps = part.steps.filter((step) => !isNought(step.taken_out));
  const goesOn = steps[0]?.kind === 'rest';
  const rows: BridgeStep[] = steps.map((step) => ({
    id: `${part.id}:${step.id}`,
    label: step.label,
    note: step.kind === 'rest' ? t('incentives.rest') : noteOf(step, t),
    base: moneyOf(step.left),
    takenOut: moneyOf(step.taken_out),
    rate: null,
    credit: null,
    addresses: { base: step.left.address, takenOut: step.taken_out.address },
  }));
  // A part that goes on from the base before it does not count that base again.
  if (!goesOn) rows.unshift(firstRow(part, t));
  const last = rows.at(-1);
  if (last) {
    last.rate = decimalOf(part.rate);
    last.credit = moneyOf(part.credit);
    last.addresses = {
      ...last.addresses,
      ...(part.base ? { base: part.base.address } : {}),
      ...(part.rate ? { rate: part.rate.address } : {}),
      credit: part.credit.address,
    };
  }
  return rows;
}

function firstRow(part: CreditPartDto, t: Translate): BridgeStep {
  const [only, ...more] = part.counted;
  return {
    id: `${part.id}:counted`,
    label: part.before === null ? part.label : (more.length === 0 && only) || t('incentives.counted'),
    note: more.length > 0 ? part.counted.join(' · ') : null,
    base: moneyOf(part.before),
    takenOut: null,
    rate: null,
    credit: null,
    addresses: part.before ? { base: part.before.address } : {},
  };
}

function noteOf(step: BaseStepDto, t: Translate): string | null {
  const from = step.programs.length > 0 ? t('incentives.from', { programs: step.programs.join(', ') }) : null;
  return [from, step.clause].filter(Boolean).join(' · ') || null;
}
