import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import type { DealView, FigureDto, Figures } from '../../api/bindings.ts';
import { follow, withChanges } from './following.ts';

const amount = (address: string, minor: number): FigureDto => ({
  address,
  value: { kind: 'money', amount: { minor, currency: 'EUR' } },
});
const BEFORE: Figures = { revision: 4, figures: [amount('a', 1), amount('b', 2), amount('c', 3)] };
const CHANGES = { since: 4, changed: [amount('b', 20), amount('d', 4)], gone: ['c'] };
const view = (revision: number, figures: DealView['figures']): DealView => ({
  deal: 'd1',
  name: 'Comet',
  revision,
  number: revision,
  project: null,
  undo: null,
  redo: null,
  document: {},
  figures,
});

test('a change leaves the figures it does not touch the same objects', () => {
  const after = withChanges(BEFORE, CHANGES, 5);
  expect(after).toEqual({ revision: 5, figures: [amount('a', 1), amount('b', 20), amount('d', 4)] });
  expect(after.figures[0]).toBe(BEFORE.figures[0]);
});

function shown(client: QueryClient, name: string, answer: () => unknown) {
  const queryFn = vi.fn(async () => answer());
  const options = { queryKey: [name, 'd1', 4], queryFn, staleTime: Number.POSITIVE_INFINITY };
  new QueryObserver(client, options).subscribe(() => {});
  return queryFn;
}

test('when the page turns to a changed deal, its figures are carried over and the rest is there already', async () => {
  const client = new QueryClient();
  client.setQueryData(['figures', 'd1', 4], BEFORE);
  const findings = shown(client, 'findings', () => ({ findings: ['one'] }));
  const figures = shown(client, 'figures', () => BEFORE);
  await vi.waitFor(() => expect(findings).toHaveBeenCalledTimes(1));
  await follow(client, view(4, null), view(5, CHANGES));
  expect(client.getQueryData(['figures', 'd1', 5])).toEqual(withChanges(BEFORE, CHANGES, 5));
  expect(client.getQueryData(['findings', 'd1', 5])).toEqual({ findings: ['one'] });
  expect([findings, figures].map((asked) => asked.mock.calls.length)).toEqual([2, 0]);
});

test('figures that cannot be carried over are asked for whole', async () => {
  const client = new QueryClient();
  const whole = { revision: 5, figures: [amount('a', 9)] };
  const figures = shown(client, 'figures', () => whole);
  await vi.waitFor(() => expect(client.getQueryData(['figures', 'd1', 4])).toBeDefined());
  await follow(client, view(4, null), view(5, null));
  await follow(client, view(5, null), view(7, { ...CHANGES, since: 6 }));
  expect(client.getQueryData(['figures', 'd1', 5])).toEqual(whole);
  expect(client.getQueryData(['figures', 'd1', 7])).toBeUndefined();
  expect(figures).toHaveBeenCalledTimes(2);
});

test('a change does not wait for what takes dozens of computations', async () => {
  const client = new QueryClient();
  const lines = shown(client, 'incentives-lines', () => ({ lines: [] }));
  await vi.waitFor(() => expect(lines).toHaveBeenCalledTimes(1));
  await follow(client, view(4, null), view(5, null));
  expect(lines).toHaveBeenCalledTimes(1);
  expect(client.getQueryData(['incentives-lines', 'd1', 5])).toBeUndefined();
});
