import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { expect, test, vi } from 'vitest';
import type {
  FigureDto,
  SurveyedJurisdiction,
  SurveyedJurisdictions,
  WeighedCombination,
  WeighedCombinations,
} from '../../api/bindings.ts';
import { TextProvider } from '../../i18n/index.tsx';
import { Combinations } from './combination.tsx';
import { waysOf } from './compare.tsx';
import { Places } from './map.tsx';
import { besides, mapPlaces, placeOf } from './map-view.ts';

const edits: unknown[] = [];
vi.mock('../workspace/desk.tsx', () => {
  const view = { deal: 'd1', revision: 3 };
  const document = {
    incentives: [
      { id: 'avec', program: 'uk-avec-animation', election: 'best' },
      { id: 'iftc', program: 'uk-iftc', election: 'best' },
      { id: 'old', program: 'ie-s481', election: 'exclude' },
    ],
  };
  const edit = async (...given: unknown[]) => {
    edits.push(given);
    return { view: null, refusal: null };
  };
  return {
    useDesk: () => ({ view, document, edit, undo: () => {}, take: edit }),
    useDeal: () => ({ view, document, edit }),
  };
});

const money = (address: string, units: number): FigureDto => ({
  address,
  value: { kind: 'money', amount: { minor: units * 100, currency: 'GBP' } },
});
const number = (address: string, decimal: string): FigureDto => ({
  address,
  value: { kind: 'number', decimal },
});

function place(
  jurisdiction: string,
  rate: string | null,
  more: Partial<SurveyedJurisdiction> = {},
): SurveyedJurisdiction {
  return {
    jurisdiction,
    country: jurisdiction.slice(0, 2),
    spends_now: false,
    net: rate === null ? null : money(`in(${jurisdiction}).incentives.net`, Number(rate) * 1_000_000),
    rate: rate === null ? null : number(`in(${jurisdiction}).incentives.net_rate`, rate),
    gain: rate === null ? null : money(`more(in=${jurisdiction}).incentives.net`, 12_000),
    paid_by: '2029-06-01',
    unverified: false,
    programs: [],
    idle: [],
    refused: [],
    unanswered: [],
    ...more,
  };
}

const surveyed: SurveyedJurisdictions = {
  revision: 3,
  currency: 'GBP',
  net: money('incentives.net', 250_000),
  rate: number('incentives.net_rate', '0.25'),
  places: [
    place('CA-QC', '0.36', { unverified: true }),
    place('CA', '0.15'),
    place('DE', '0', {
      refused: [
        {
          program: 'de-dfff-2',
          name: 'DFFF II',
          conditions: [
            {
              label: 'Total cost reaches the minimum',
              clause: 's. 3',
              remedy: 'A budget of at least the minimum.',
              missed: {
                address: 'in(DE).incentives.de-dfff-2.missed.total',
                value: { kind: 'money', amount: { minor: 1_146_417_445, currency: 'EUR' } },
              },
            },
          ],
        },
      ],
    }),
    place('RS', null, {
      unanswered: [{ program: 'rs-rebate', name: 'Serbian rebate', asks: null, currency: 'RSD' }],
    }),
  ],
  recorded: [{ jurisdiction: 'LU', country: 'LU', programs: ['Film Fund Luxembourg'] }],
  rates: {
    day: '2026-10-30',
    source: 'European Central Bank',
    address: 'https://www.ecb.europa.eu',
    currencies: ['CAD'],
  },
};

const shown = (content: React.ReactNode) =>
  render(
    <TextProvider language="en" locale="en-US">
      <main>{content}</main>
    </TextProvider>,
  );

test('places stand in the order of their rate, the deal as it is now among them, and one opens its card', async () => {
  shown(<Places data={surveyed} />);
  const ranking = within(screen.getByRole('region', { name: 'Best places for this budget' }));
  expect(ranking.getAllByRole('listitem').map((one) => one.textContent)).toEqual([
    expect.stringContaining('Québecunverified36.0'),
    expect.stringContaining('As it is spent now25.0'),
    expect.stringContaining('Canada15.0'),
    expect.stringContaining('Germany'),
  ]);
  await userEvent.click(ranking.getByRole('button', { name: 'Germany' }));
  const card = within(screen.getByRole('region', { name: 'Germany' }));
  expect(card.getByText('The law pays nothing on this budget here.')).toBeTruthy();
  const missed = card.getByRole('button', { name: /11,464,174/ });
  expect(missed.getAttribute('data-address')).toBe('in(DE).incentives.de-dfff-2.missed.total');
  await userEvent.click(card.getByRole('button', { name: 'All places' }));
  expect(screen.getByRole('region', { name: 'Best places for this budget' })).toBeTruthy();
  expect((await axe.run(document.body)).violations.map((one) => one.id)).toEqual([]);
});

test('a country stands for its best place, and a record is known without a rate', () => {
  expect(placeOf(surveyed, 'CA-QC')?.jurisdiction).toBe('CA-QC');
  expect(placeOf(surveyed, 'CA')?.jurisdiction).toBe('CA');
  expect(placeOf(surveyed, 'LU')).toBe(null);
  expect(besides(surveyed, surveyed.places[0]!).map((one) => one.jurisdiction)).toEqual(['CA']);
  expect(mapPlaces(surveyed).find((one) => one.code === 'LU')?.rate).toBe(null);
  expect(mapPlaces(surveyed).find((one) => one.code === 'DE')?.rate).toBe(0);
});

const combination = (
  ids: string[],
  verdict: string,
  net: number,
  difference: number | null,
): WeighedCombination => ({
  programs: ids.map((id) => ({ program: `uk-${id}`, name: id.toUpperCase(), claim: id, net: null })),
  net: money(`with(${ids.join('+')}).incentives.net`, net),
  rate: number(`with(${ids.join('+')}).incentives.net_rate`, '0.2'),
  difference: difference === null ? null : money(`more(with=${ids.join('+')}).incentives.net`, difference),
  paid_by: '2029-03-01',
  verdict,
  reasons: verdict === 'barred' ? ['AVEC and IFTC exclude each other (s. 1179).'] : [],
});

const weighed: WeighedCombinations = {
  revision: 3,
  chosen: combination(['avec'], 'chosen', 250_000, null),
  rejected: [
    combination(['iftc'], 'worth_less', 200_000, -50_000),
    combination(['avec', 'iftc'], 'barred', 450_000, 200_000),
  ],
  circle: [],
  bearings: [{ from: 'uk-avec', to: 'uk-iftc', relation: 'excludes', clause: 's. 1179' }],
};

test('each rejected combination says why, and one that the law permits is claimed as one edit', async () => {
  shown(<Combinations data={weighed} />);
  const [, chosen, less, barred] = screen.getAllByRole('row');
  expect(chosen?.textContent).toContain('claimed');
  expect(less?.textContent).toContain('worth less');
  expect(barred?.textContent).toContain('exclude each other');
  expect(within(barred!).queryByRole('button', { name: 'Claim this instead' })).toBe(null);
  await userEvent.click(within(less!).getByRole('button', { name: 'Claim this instead' }));
  expect(edits).toEqual([
    [
      'incentives',
      [
        { id: 'avec', program: 'uk-avec-animation', election: 'compare' },
        { id: 'iftc', program: 'uk-iftc', election: 'claim' },
        { id: 'old', program: 'ie-s481', election: 'exclude' },
      ],
    ],
  ]);
  expect((await axe.run(document.body)).violations.map((one) => one.id)).toEqual([]);
});

test('programs that wait for each other are named in a circle', () => {
  const circle = ['A', 'B', 'A'].map((name) => ({ program: name, name, claim: name, net: null }));
  shown(<Combinations data={{ ...weighed, circle }} />);
  const alert = within(screen.getByRole('alert'));
  expect(alert.getAllByRole('listitem').map((one) => one.textContent)).toEqual(['A', 'B', 'A']);
  expect(alert.getByRole('img', { name: 'A → B → A' })).toBeTruthy();
});

test('what is compared begins with what is claimed, and leaves out what is barred or pays nothing', () => {
  const ways = waysOf(weighed, surveyed, {
    t: ((key: string) => key) as never,
    locale: 'en-US',
    place: (code) => code,
  });
  expect(ways.map((way) => [way.kind, way.net.minor])).toEqual([
    ['now', 25_000_000],
    ['claim', 20_000_000],
    ['place', 36_000_000],
    ['place', 15_000_000],
  ]);
});
