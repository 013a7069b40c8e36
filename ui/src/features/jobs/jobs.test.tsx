import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import type { JobView } from '../../api/bindings.ts';
import { translate } from '../../i18n/index.tsx';
import { LibraryProvider } from '../library/context.tsx';
import { dealHost, showPage } from '../workspace/fake-host.tsx';
import { JobsProvider } from './provider.tsx';
import { faultText, momentText, progressText, timeText } from './texts.ts';
import { JobsButton } from './top.tsx';

const t = (key: Parameters<typeof translate>[1], params = {}) => translate('en', key, params);

function job(change: Partial<JobView>): JobView {
  return {
    job: 'j1',
    kind: 'monte_carlo',
    project: 'p1',
    project_name: 'Dragon’s Quest',
    deal: 'd1',
    paths: 1_000_000,
    seed: '7',
    state: 'running',
    pausing: false,
    done: 620_000,
    total: 1_000_000,
    percent: 62,
    left_seconds: 11,
    elapsed_seconds: 18,
    limit_seconds: 600,
    asked_at: '2026-11-23T16:00:00.000Z',
    began_at: '2026-11-23T16:00:00.000Z',
    ended_at: null,
    remarks: [],
    fault: null,
    can_resume: false,
    ...change,
  };
}

const DEAL = {
  deal: 'd1',
  name: 'Dragon’s Quest',
  revision: 1,
  number: 1,
  project: 'p1',
  undo: null,
  redo: null,
  document: {},
  figures: null,
};

/** A queue that answers with what the test says stands in it. */
function queue(jobs: JobView[]) {
  const host = {
    ...dealHost(DEAL),
    view_library: () => ({ state: 'open' }),
    list_jobs: () => ({ jobs: now.jobs }),
    pause_job: () => {
      now.jobs = now.jobs.map((one) => ({ ...one, state: 'paused' as const, can_resume: true }));
      return now.jobs[0];
    },
    cancel_job: () => {
      now.jobs = now.jobs.map((one) => ({
        ...one,
        state: 'cancelled' as const,
        ended_at: '2026-11-23T16:01:00.000Z',
      }));
      return now.jobs[0];
    },
    delete_job: () => {
      now.jobs = [];
      return job({});
    },
  };
  const now = { jobs };
  const Top = () => (
    <LibraryProvider>
      <JobsProvider>
        <JobsButton />
      </JobsProvider>
    </LibraryProvider>
  );
  const shown = showPage(host, { '/': Top, '/risk': () => <p>The page of the risk</p> }, '/');
  return { now, ...shown };
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('what is computed stands in the top bar and moves', async () => {
  const { now } = queue([job({})]);
  await screen.findByText('1,000,000 paths, 62 %, 11 s left');
  expect(screen.getByRole('progressbar', { name: 'Simulation' }).getAttribute('aria-valuenow')).toBe('62');
  now.jobs = [job({ percent: 70, left_seconds: 9 })];
  await screen.findByText('1,000,000 paths, 70 %, 9 s left');
});

test('the drawer opens by keyboard, pauses, and asks back before what was done is lost', async () => {
  const user = userEvent.setup();
  const { calls } = queue([job({})]);
  await screen.findByText(/62 %/);
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Jobs' }));
  await user.keyboard('{Enter}');
  const drawer = await screen.findByRole('dialog', { name: 'Jobs' });
  await user.click(within(drawer).getByRole('button', { name: 'Pause' }));
  await within(drawer).findByRole('button', { name: 'Resume' });
  await user.click(within(drawer).getByRole('button', { name: 'Cancel' }));
  expect(calls.some(({ command }) => command === 'cancel_job')).toBe(false);
  expect(document.activeElement?.textContent).toBe('Keep it');
  await user.click(within(drawer).getByRole('button', { name: 'Cancel the job' }));
  await within(drawer).findByText('Cancelled');
  await user.click(within(drawer).getByRole('button', { name: 'Delete' }));
  await within(drawer).findByText('Nothing runs, and nothing ran yet');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('that a job is done is said, and nothing is asked any more', async () => {
  const { now, calls } = queue([job({})]);
  await screen.findByText(/62 %/);
  now.jobs = [job({ state: 'completed', percent: 100, ended_at: '2026-11-23T16:00:30.000Z' })];
  await screen.findByText('Simulation, 1,000,000 paths: done');
  const asked = calls.filter(({ command }) => command === 'list_jobs').length;
  await act(() => new Promise((later) => setTimeout(later, 700)));
  expect(calls.filter(({ command }) => command === 'list_jobs').length).toBe(asked);
});

test('times, progress and reasons in words', () => {
  expect([5, 65, 3_725].map((seconds) => timeText(seconds, t))).toEqual(['5 s', '1 min 5 s', '1 h 2 min']);
  expect(progressText(job({ left_seconds: null }), t)).toBe('62 %');
  expect(progressText(job({ pausing: true }), t)).toBe('62 %, pausing');
  expect(faultText(job({ fault: { code: 'TIME_LIMIT', message: '' }, elapsed_seconds: 600 }), t)).toMatch(
    /10 min,/,
  );
  expect(faultText(job({ fault: { code: 'NO_DRIVERS', message: 'Nothing is uncertain.' } }), t)).toBe(
    'Nothing is uncertain.',
  );
  const noon = new Date('2026-11-23T12:00:00.000Z');
  expect(momentText('2026-11-23T12:00:00.000Z', 'en', noon)).toMatch(/^\d{2}:\d{2}$/);
  expect(momentText('2026-11-20T12:00:00.000Z', 'en', noon)).toMatch(/20 Nov/);
});
