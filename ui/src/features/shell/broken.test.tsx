import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { PreferencesProvider } from '../settings/preferences.tsx';
import { Broken } from './broken.tsx';

it('keeps the frame when a page cannot be drawn, and draws it again when asked', async () => {
  const silence = vi.spyOn(console, 'error').mockImplementation(() => {});
  let isBroken = true;
  const root = createRootRoute({
    component: () => {
      if (isBroken) throw new Error('no such thing');
      return <p>Here it is</p>;
    },
  });
  const history = createMemoryHistory({ initialEntries: ['/'] });
  const router = createRouter({ routeTree: root, history, defaultErrorComponent: Broken });
  render(
    <PreferencesProvider>
      <RouterProvider router={router} />
    </PreferencesProvider>,
  );
  expect(await screen.findByText('This page could not be drawn')).toBeTruthy();
  expect(screen.getByText('no such thing')).toBeTruthy();
  isBroken = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Here it is')).toBeTruthy();
  silence.mockRestore();
});
