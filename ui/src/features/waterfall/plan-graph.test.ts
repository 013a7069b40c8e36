import { describe, expect, test } from 'vitest';
import type { FindingDto } from '../../api/bindings.ts';
import { everyNode } from '../../charts/plan-graph/data.ts';
import type { Plan } from '../waterfall-editor/plan.ts';
import { cycleFrom, faultsOf, type GraphWords, matches, planGraph } from './plan-graph.ts';

const share = (id: string, then?: string) => ({
  id,
  label: `Claim ${id}`,
  takes: { kind: 'share', payee: 'fund' },
  ...(then ? { then } : {}),
});
const plan: Plan = {
  sources: [{ id: 'world', enters: 'fee', receives_others: true }],
  tiers: [
    share('fee', 'hold'),
    {
      ...share('hold', 'all'),
      takes: { kind: 'reserve', rate: '0.1', release_months: 6, release_to: 'all' },
    },
    { id: 'all', takes: { kind: 'together', members: [share('one'), share('two')] } },
  ],
};
const words: GraphWords = {
  tier: (tier) => tier.label ?? tier.id,
  note: () => '',
  conditions: () => [],
  party: (id) => ({ name: id, role: 'equity' }),
  source: (id) => id,
  enters: 'everything',
  residual: 'What is left',
  leftOver: 'Left over',
  unpaid: 'nobody',
  amount: () => null,
};
const finding = (code: string, path: string, severity = 'blocker'): FindingDto => ({
  code,
  severity,
  path,
  message: code,
  remedy: '',
  curable: false,
});

describe('a plan as a graph', () => {
  test('money enters, runs on, and is given back', () => {
    const { nodes, edges } = planGraph(plan, [], words);
    expect(nodes.map((node) => node.id)).toEqual(['source:world', 'fee', 'hold', 'all']);
    expect(edges).toEqual([
      { from: 'source:world', to: 'fee', kind: 'enters' },
      { from: 'fee', to: 'hold', kind: 'then' },
      { from: 'hold', to: 'all', kind: 'then' },
      { from: 'hold', to: 'all', kind: 'release' },
    ]);
    expect(everyNode(nodes).map((node) => node.id)).toContain('two');
  });

  test('a member whose part walks another order leads into it', () => {
    const branch = { id: 'branch', takes: { kind: 'enters', into: 'own' } };
    const group = { id: 'group', takes: { kind: 'together', members: [share('one'), branch] } };
    const { edges } = planGraph({ tiers: [group, share('own')] }, [], words);
    expect(edges).toEqual([{ from: 'branch', to: 'own', kind: 'enters' }]);
  });

  test('what reaches the end goes to the residual party, or is drawn as missing where a finding says so', () => {
    const residual = planGraph({ ...plan, residual: 'producer' }, [], words);
    expect(residual.nodes.at(-1)).toMatchObject({ id: 'end', label: 'What is left', note: 'producer' });
    const open = planGraph(plan, [finding('NO_WAY_OUT', 'recoupment.sources[world]', 'question')], words);
    expect(open.nodes.at(-1)).toMatchObject({ id: 'end', label: 'Left over' });
    expect(open.edges.at(-1)).toEqual({ from: 'all', to: 'end', kind: 'then' });
  });

  test('a circle is followed from the tier the finding names, and holds nothing that only leads to it', () => {
    const round = { ...plan, tiers: [share('fee', 'a'), share('a', 'b'), share('b', 'a')] };
    expect(cycleFrom(round.tiers, 'fee')).toEqual(['a', 'b']);
    const { cycle } = planGraph(round, [finding('RECOUPMENT_CYCLE', 'recoupment.tiers[b].then')], words);
    expect(cycle).toEqual(['b', 'a']);
    expect(cycleFrom(plan.tiers ?? [], 'fee')).toEqual([]);
  });

  test('a finding stands at the innermost tier its path names; a note marks nothing', () => {
    const found = faultsOf([
      finding('SHARES_OVER_WHOLE', 'recoupment.tiers[all].takes.members'),
      finding('UNKNOWN_PARTY', 'recoupment.tiers[all].takes.members[two].takes.payee'),
      finding('NO_WAY_OUT', 'recoupment.sources[world]', 'question'),
      finding('SHARES_OVER_WHOLE', 'recoupment.tiers[fee].takes.members', 'note'),
      finding('BUDGET', 'budget.lines[two]'),
    ]);
    expect([...found.keys()]).toEqual(['all', 'two', 'source:world']);
    expect(found.get('all')?.[0]).toMatchObject({ fault: 'over', isBlocker: true });
    expect(found.get('two')?.[0]?.fault).toBe('other');
  });
});

test('a search finds every word in names, notes and ids, the words as they are typed first', () => {
  const { nodes } = planGraph(plan, [], words);
  expect(matches(nodes, 'claim')).toEqual(['fee', 'hold', 'one', 'two']);
  expect(matches(nodes, 'CLAIM two')).toEqual(['two']);
  expect(matches(nodes, 'two claim')).toEqual(['two']);
  expect(matches(nodes, '  ')).toEqual([]);
});
