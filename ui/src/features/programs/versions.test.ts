import { expect, test } from 'vitest';
import { versionRows } from './versions.tsx';

const line = (id: string, formula: string, label = id) => ({
  id,
  label,
  formula,
  unit: 'money',
  clause: null,
  source: null,
});

test('versions stand side by side in the order of the newest, and what changed is told', () => {
  const rows = versionRows([
    { lines: [line('rate', '0.2', 'Old rate'), line('minimum', '50')] },
    { lines: [line('cap', '9'), line('rate', '0.25', 'Rate')] },
  ]);
  expect(rows.map((row) => row.id)).toEqual(['cap', 'rate', 'minimum']);
  expect(rows[1]).toMatchObject({ label: 'Rate', formulas: ['0.2', '0.25'], differs: true });
  expect(rows[2]?.formulas).toEqual(['50', null]);
  expect(versionRows([{ lines: [line('rate', '0.2')] }, { lines: [line('rate', '0.2')] }])[0]?.differs).toBe(
    false,
  );
});
