import type { FigureDto, IncentivesOverTime, LawStepDto } from '../api/bindings.ts';

const money = (address: string, units: number): FigureDto => ({
  address,
  value: { kind: 'money', amount: { minor: units * 100, currency: 'CAD' } },
});

const NOW = 6_100_000;

function step(from: string, until: string | null, net: number, names: readonly string[]): LawStepDto {
  return {
    from,
    until,
    net: money(`on(${from}).incentives.net`, net),
    more: money(`more(${from}).incentives.net`, net - NOW),
    changes: names.map((name) => ({ program: name, name, before: null, after: from })),
    programs: [],
  };
}

/** Two credits over twenty years of law: one begins, both change, one expires. */
export const lawTime: IncentivesOverTime = {
  revision: 1,
  currency: 'CAD',
  today: '2026-11-22',
  start: '2027-03-01',
  delivery: '2029-03-01',
  now: money('incentives.net', NOW),
  programs: [],
  steps: [
    step('2003-02-18', '2009-06-12', 1_200_000, ['Federal credit']),
    step('2009-06-13', '2014-08-31', 7_400_000, ['Provincial credit']),
    step('2014-09-01', '2024-05-30', 5_200_000, ['Provincial credit']),
    step('2024-05-31', '2028-12-31', NOW, ['Provincial credit']),
    step('2029-01-01', null, 1_200_000, ['Provincial credit']),
  ],
};
