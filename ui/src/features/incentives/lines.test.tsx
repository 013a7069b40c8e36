import { render, screen, within } from '@testing-library/react';
import axe from 'axe-core';
import { expect, test } from 'vitest';
import type { FigureDto, WeighedLine } from '../../api/bindings.ts';
import type { BudgetLine } from '../../domain/document.ts';
import { TextProvider } from '../../i18n/index.tsx';
import { NextTable } from './lines.tsx';

const money = (address: string, units: number): FigureDto => ({
  address,
  value: { kind: 'money', amount: { minor: units * 100, currency: 'USD' } },
});

const line = (id: string, jurisdiction: string): BudgetLine => ({
  id,
  account: 'other',
  label: `Line ${id}`,
  spend: [{ id: jurisdiction, jurisdiction, share: '1' }],
});

function weighed(id: string, rate: string, gain: number, elsewhere: number): WeighedLine {
  const at = (word: string) => `${word}(budget.lines[${id}].amount=USD:1.00).incentives.net`;
  const place = `more(budget.lines[${id}].spend=IE).incentives.net`;
  return {
    line: id,
    rate: { address: at('rate'), value: { kind: 'number', decimal: rate } },
    gain: money(at('more'), gain),
    moves: [{ jurisdiction: 'IE', gain: money(place, elsewhere) }],
  };
}

test('a line says what its next money earns, and a better place only where there is one', async () => {
  const data = {
    revision: 1,
    step: 100_000,
    lines: [weighed('a', '0.47641', 47_641, -9), weighed('b', '0', 0, 576_000)],
  };
  const moves: string[][] = [];
  render(
    <TextProvider language="en" locale="en-US">
      <NextTable
        data={data}
        lines={[line('a', 'CA-QC'), line('b', 'US-CA')]}
        onMove={async (...move) => void moves.push(move)}
      />
    </TextProvider>,
  );
  const [, first, second] = screen.getAllByRole('row');
  const cells = (row: HTMLElement | undefined) =>
    row
      ? within(row)
          .getAllByRole('cell')
          .map((cell) => cell.textContent)
      : [];
  expect(cells(first)).toEqual(['Line a', 'Québec', '47.64', '+47,641', 'nowhere', '', '']);
  expect(cells(second)).toEqual(['Line b', 'California', '0.00', '–', 'Ireland', '+576,000', 'Move it']);
  const figures = [...document.querySelectorAll('[data-address]')].map((one) =>
    one.getAttribute('data-address'),
  );
  expect(figures).toContain('more(budget.lines[b].spend=IE).incentives.net');
  expect(figures.every((address) => !address?.includes(' '))).toBe(true);
  screen.getByRole('button', { name: 'Move Line b to Ireland' }).click();
  expect(moves).toEqual([['b', 'Line b', 'IE']]);
  expect((await axe.run(document.body)).violations.map((one) => one.id)).toEqual([]);
});
