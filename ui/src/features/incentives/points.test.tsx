import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { beforeEach, expect, test, vi } from 'vitest';
import type { AssessedProgram, FigureDto, PointsCriterionDto, PointsTestDto } from '../../api/bindings.ts';
import { TextProvider } from '../../i18n/index.tsx';
import { PointsTests } from './points.tsx';

const edit = vi.fn();
vi.mock('../workspace/desk.tsx', async (original) => ({
  ...(await original<typeof import('../workspace/desk.tsx')>()),
  useDeal: () => ({ document: {}, edit }),
}));

const at = (part: string, points: number): FigureDto => ({
  address: `incentives.grid.points.grid.${part}`,
  value: { kind: 'number', decimal: String(points) },
});

function criterion(input: string, part: Partial<PointsCriterionDto>): PointsCriterionDto {
  return {
    input,
    label: `The ${input}`,
    path: `incentives[grid].answers.${input}`,
    unit: 'flag',
    answer: null,
    typed: false,
    options: [],
    points: at(`criteria.${input}.points`, 0),
    most: at(`criteria.${input}.most`, 1),
    state: 'open',
    mandatory: false,
    one_of: false,
    instead_of: [],
    excluded_by: null,
    part_of: null,
    clause: 's. 2',
    source: 'https://example.org/film-act',
    ...part,
  };
}

const grid: PointsTestDto = {
  id: 'grid',
  label: 'Points grid',
  clause: 's. 2',
  source: null,
  confidence: 'high',
  condition: 'test',
  asked: true,
  verdict: 'unknown',
  score: at('score', 3),
  reachable: at('reachable', 12),
  needed: at('needed', 8),
  missing: at('missing', 5),
  most: at('most', 13),
  total: {
    label: 'Points in all',
    path: 'incentives[grid].answers.total',
    answer: null,
    stands: false,
  },
  sections: [
    {
      id: 'told',
      label: 'What is told',
      score: at('sections.told.score', 3),
      reachable: at('sections.told.reachable', 6),
      minimum: at('sections.told.minimum', 2),
      verdict: 'pass',
      criteria: [
        criterion('tale', {
          answer: 'true',
          typed: true,
          state: 'won',
          instead_of: ['The book'],
          points: at('criteria.tale.points', 3),
        }),
        criterion('book', {
          answer: 'true',
          typed: true,
          state: 'excluded',
          excluded_by: 'The tale',
          instead_of: ['The tale'],
        }),
        criterion('place', { unit: 'text', options: ['here', 'nowhere'] }),
      ],
    },
    {
      id: 'people',
      label: 'People',
      score: at('sections.people.score', 0),
      reachable: at('sections.people.reachable', 6),
      minimum: null,
      verdict: 'pass',
      criteria: [
        criterion('people', { unit: 'number', most: at('criteria.people.most', 6) }),
        criterion('director', { mandatory: true }),
      ],
    },
  ],
  mandatory: [{ label: 'The director', verdict: 'unknown', clause: 's. 2' }],
  must: ['The director'],
  fewest: [['The people', 'The director']],
  more: true,
};

function show(part: Partial<PointsTestDto> = {}) {
  const program = { claim: 'grid', name: 'Film grant', points: [{ ...grid, ...part }] };
  render(
    <TextProvider language="en" locale="en">
      <PointsTests programs={[program as unknown as AssessedProgram]} />
    </TextProvider>,
  );
}

beforeEach(() => edit.mockReset());

test('the stand is told in figures that have an address', async () => {
  show();
  for (const [part, points] of [
    ['score', '3'],
    ['needed', '8'],
    ['missing', '5'],
    ['reachable', '12'],
  ]) {
    const figure = document.querySelector(`[data-address="incentives.grid.points.grid.${part}"]`);
    expect(figure?.textContent).toBe(points);
  }
  expect(screen.getByRole('img', { name: '3 points so far, 8 needed, 12 still reachable' })).toBeTruthy();
  expect(screen.getByText('Nothing replaces: The director.')).toBeTruthy();
  expect(screen.getByText(/The fewest that pass it: The people; The director\./)).toBeTruthy();
  expect((await axe.run(document.body)).violations.map((one) => one.id)).toEqual([]);
});

test('a criterion is answered with yes, no or left open', async () => {
  show();
  const user = userEvent.setup();
  const director = screen.getByRole('radiogroup', { name: 'The director' });
  await user.click(within(director).getByRole('radio', { name: 'Yes' }));
  expect(edit).toHaveBeenLastCalledWith('incentives[grid].answers.director', { flag: true });
  const tale = screen.getByRole('radiogroup', { name: 'The tale' });
  await user.click(within(tale).getByRole('radio', { name: 'Open' }));
  expect(edit).toHaveBeenLastCalledWith('incentives[grid].answers.tale', null);
});

test('points are stepped by key and button, typed, refused above the most, and emptied', async () => {
  show();
  const user = userEvent.setup();
  const people = screen.getByRole('textbox', { name: 'The people' });
  await user.click(people);
  await user.keyboard('{ArrowUp}');
  expect(edit).toHaveBeenLastCalledWith('incentives[grid].answers.people', { number: '1' });
  await user.type(people, '7{Enter}');
  expect(people.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText('A number of points from 0 to 6')).toBeTruthy();
  await user.clear(people);
  await user.type(people, '6{Enter}');
  expect(edit).toHaveBeenLastCalledWith('incentives[grid].answers.people', { number: '6' });
  await user.click(screen.getByRole('button', { name: 'One point more: The people' }));
  expect(edit).toHaveBeenLastCalledWith('incentives[grid].answers.people', { number: '1' });
});

test('what excludes and what is mandatory is said beside the criterion', () => {
  show();
  expect(screen.getByText('Only one counts: this or The book')).toBeTruthy();
  expect(screen.getByText('Not counted: The tale counts in its place')).toBeTruthy();
  expect(screen.getByText('mandatory')).toBeTruthy();
});

test('a failed test says what it lacks, and one that is not asked is not shown', () => {
  show({
    verdict: 'fail',
    must: [],
    fewest: [],
    mandatory: [{ label: 'The director', verdict: 'fail', clause: 's. 2' }],
  });
  expect(screen.getByText('It cannot be passed without: The director.')).toBeTruthy();
  document.body.innerHTML = '';
  show({ asked: false });
  expect(screen.queryByText('Points grid')).toBeNull();
});
