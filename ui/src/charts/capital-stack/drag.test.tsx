import { fireEvent, render } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { dragged, type Edge, stepped } from './drag.ts';
import { StackEdges } from './edges.tsx';

const edge: Edge = {
  id: 'gap',
  label: 'Gap loan',
  text: 'EUR 4,000,000',
  x: 36,
  y: 120,
  width: 60,
  height: 80,
  minor: 400_000_000,
  perUnit: 5_000_000,
  step: 500_000,
  most: 900_000_000,
};

test('an edge moved up gives more in proportion, on whole steps, and down to nothing at least', () => {
  expect(dragged(edge, 8)).toBe(440_000_000);
  expect(dragged(edge, 0.12)).toBe(400_500_000);
  expect(dragged(edge, -500)).toBe(0);
});

test('arrows move one step, the page keys ten, Home takes everything away', () => {
  expect(stepped(edge, 'ArrowUp')).toBe(400_500_000);
  expect(stepped(edge, 'ArrowLeft')).toBe(399_500_000);
  expect(stepped(edge, 'PageDown')).toBe(395_000_000);
  expect(stepped(edge, 'Home')).toBe(0);
  expect(stepped(edge, 'Tab')).toBeNull();
  expect(stepped({ ...edge, minor: 0 }, 'ArrowDown')).toBe(0);
});

function shown() {
  const told = { onMove: vi.fn(), onSettle: vi.fn(), onCancel: vi.fn() };
  const { getByRole } = render(
    <svg aria-label="stack">
      <StackEdges edges={[edge]} unit={() => 2} {...told} />
    </svg>,
  );
  return { ...told, slider: getByRole('slider', { name: 'Gap loan' }) };
}

test('a pointer drags the edge in the units of the drawing and types on release', () => {
  const { slider, onMove, onSettle } = shown();
  fireEvent.pointerDown(slider, { clientY: 300, button: 0, pointerId: 1 });
  fireEvent.pointerMove(slider, { clientY: 296, pointerId: 1 });
  expect(onMove).toHaveBeenLastCalledWith('gap', 440_000_000);
  fireEvent.pointerUp(slider, { pointerId: 1 });
  expect(onSettle).toHaveBeenCalledWith();
  fireEvent.pointerMove(slider, { clientY: 200, pointerId: 1 });
  expect(onMove).toHaveBeenCalledTimes(1);
});

test('keys move the edge, Enter types, Escape lets go', () => {
  const { slider, onMove, onSettle, onCancel } = shown();
  slider.focus();
  fireEvent.keyDown(slider, { key: 'PageUp' });
  expect(onMove).toHaveBeenLastCalledWith('gap', 405_000_000);
  expect(onSettle).toHaveBeenLastCalledWith(expect.any(Number));
  fireEvent.keyDown(slider, { key: 'Enter' });
  expect(onSettle).toHaveBeenLastCalledWith();
  fireEvent.keyDown(slider, { key: 'Escape' });
  expect(onCancel).toHaveBeenCalledTimes(1);
  expect(slider.getAttribute('aria-valuetext')).toBe('EUR 4,000,000');
});
