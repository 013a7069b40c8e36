import { expect, test } from 'vitest';
import { dropAt, meaningOf, operationFor, operationOfDrop } from './operations.ts';
import { hasBranches, type Plan, type PlanTier, rowsOf } from './plan.ts';

const share = (id: string, then?: string): PlanTier => ({
  id,
  takes: { kind: 'share', payee: 'p' },
  ...(then ? { then } : {}),
});
const PLAN: Plan = {
  sources: [
    { id: 'home', enters: 'a' },
    { id: 'abroad', enters: 'b' },
  ],
  tiers: [
    share('a', 'pari'),
    share('b', 'pari'),
    { ...share('pari', 'net'), takes: { kind: 'together', members: [share('m1'), share('m2')] } },
    share('net'),
  ],
};
const key = (name: string, more: Partial<Record<'altKey' | 'ctrlKey' | 'metaKey', boolean>> = {}) =>
  meaningOf({ key: name, altKey: false, ctrlKey: false, metaKey: false, ...more });

test('lines number tiers and members, and say where money comes in and leads to', () => {
  const rows = rowsOf(PLAN);
  expect(rows.map((row) => `${row.number} ${row.tier.id}`)).toEqual([
    '1 a',
    '2 b',
    '3 pari',
    '3.1 m1',
    '3.2 m2',
    '4 net',
  ]);
  expect(rows[3]?.path).toBe('recoupment.tiers[pari].takes.members[m1]');
  expect(rows.map((row) => row.enters.map((source) => source.id).join())).toEqual([
    'home',
    'abroad',
    '',
    '',
    '',
    '',
  ]);
  expect(rows.map((row) => row.leads)).toEqual(['pari', null, null, null, null, null]);
  expect(hasBranches(PLAN)).toBe(true);
});

test('keys go along the order, and with Alt change it', () => {
  expect(key('ArrowDown')).toEqual({ does: 'focus', step: 1 });
  expect(key('ArrowUp', { altKey: true })).toEqual({ does: 'operation', direction: 'up' });
  expect(key('ArrowRight', { altKey: true })).toEqual({ does: 'operation', direction: 'in' });
  expect(key('Enter')).toEqual({ does: 'edit' });
  expect(key('Delete')).toEqual({ does: 'remove' });
  expect(key('d', { ctrlKey: true })).toEqual({ does: 'duplicate' });
  expect(key('z', { ctrlKey: true })).toBeNull();
  expect(key('x')).toBeNull();
});

test('a direction is one operation, and none where there is no way', () => {
  expect(operationFor(PLAN, 'net', 'up')).toEqual({
    kind: 'move',
    tier: 'net',
    to: { at: 'before', tier: 'pari' },
  });
  expect(operationFor(PLAN, 'net', 'down')).toBeNull();
  expect(operationFor(PLAN, 'net', 'in')).toEqual({
    kind: 'move',
    tier: 'net',
    to: { at: 'into', group: 'pari' },
  });
  expect(operationFor(PLAN, 'b', 'in')).toEqual({ kind: 'beside', tier: 'b', with: 'a' });
  expect(operationFor(PLAN, 'm1', 'up')).toBeNull();
  expect(operationFor(PLAN, 'm1', 'down')).toEqual({
    kind: 'move',
    tier: 'm1',
    to: { at: 'after', tier: 'm2' },
  });
  expect(operationFor(PLAN, 'm2', 'out')).toEqual({
    kind: 'move',
    tier: 'm2',
    to: { at: 'after', tier: 'pari' },
  });
  expect(operationFor(PLAN, 'a', 'out')).toBeNull();
});

test('a drop stands before, after or beside, never within itself', () => {
  expect([5, 20, 35].map((y) => dropAt(y, 40, true))).toEqual(['before', 'beside', 'after']);
  expect([5, 35].map((y) => dropAt(y, 40, false))).toEqual(['before', 'after']);
  expect(operationOfDrop(PLAN, 'net', { tier: 'm1', where: 'before' })).toEqual({
    kind: 'move',
    tier: 'net',
    to: { at: 'before', tier: 'm1' },
  });
  expect(operationOfDrop(PLAN, 'a', { tier: 'pari', where: 'beside' })).toEqual({
    kind: 'move',
    tier: 'a',
    to: { at: 'into', group: 'pari' },
  });
  expect(operationOfDrop(PLAN, 'pari', { tier: 'm1', where: 'after' })).toBeNull();
  expect(operationOfDrop(PLAN, 'a', { tier: 'a', where: 'after' })).toBeNull();
});
