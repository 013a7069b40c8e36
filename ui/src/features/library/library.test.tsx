import { act, cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { App } from '../../app.tsx';
import { readPages } from '../../routes.tsx';
import { isIdle } from './auto-lock.tsx';
import { FakeHost, WORDS } from './fake-host.ts';

// Whole journeys through the whole program: they may take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });
configure({ asyncUtilTimeout: 10_000 });

let host: FakeHost;
// As in the program once its first page stands.
beforeAll(async () => void (await readPages()), 60_000);
beforeEach(() => {
  host = new FakeHost().install();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const button = (name: string | RegExp) => screen.findByRole('button', { name });
async function violations(): Promise<string[]> {
  const result = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`);
}
async function typeWords(user: ReturnType<typeof userEvent.setup>, words: string) {
  for (const label of ['Passphrase', 'The passphrase again']) {
    await user.click(screen.getByLabelText(label));
    await user.paste(words);
  }
}
async function explored() {
  render(<App />);
  const user = userEvent.setup();
  await user.click(await button('Explore The Comet'));
  await screen.findByText('In memory only');
  return user;
}

describe('welcome', () => {
  test('a profile asks the keychain first and for a passphrase only where it does not answer', async () => {
    render(<App />);
    const user = userEvent.setup();
    await user.type(await screen.findByLabelText('Name'), 'Ada Producer');
    expect(screen.queryByLabelText('Passphrase')).toBeNull();
    await user.keyboard('{Enter}');
    await screen.findByLabelText('Passphrase');
    expect(screen.getByLabelText('Name')).toHaveProperty('value', 'Ada Producer');
    expect(await violations()).toEqual([]);

    const create = await button('Create profile');
    expect(create).toHaveProperty('disabled', true);
    await typeWords(user, 'kite');
    await screen.findByText('Guessed quickly');
    expect(create).toHaveProperty('disabled', true);
    await user.clear(screen.getByLabelText('Passphrase'));
    await user.clear(screen.getByLabelText('The passphrase again'));
    await typeWords(user, WORDS);
    await screen.findByText('Out of reach');
    await waitFor(() => expect(create).toHaveProperty('disabled', false));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(window.location.hash).toBe('#/projects'));
    expect(host.asked('create_library')).toEqual([
      { full_name: 'Ada Producer', organization: null, email: null, passphrase: null },
      { full_name: 'Ada Producer', organization: null, email: null, passphrase: WORDS },
    ]);
    // Nothing of the passphrase stays behind in what the browser keeps.
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('walrus');
  });

  test('with a keychain no passphrase is asked for', async () => {
    host.hasKeychain = true;
    render(<App />);
    const user = userEvent.setup();
    await user.type(await screen.findByLabelText('Name'), 'Ada Producer{Enter}');
    await waitFor(() => expect(window.location.hash).toBe('#/projects'));
    expect(host.asked('create_library')).toHaveLength(1);
    expect(host.asked('rate_passphrase')).toHaveLength(0);
  });

  test('a sample opens without any form', async () => {
    await explored();
    expect(host.asked('create_library')).toHaveLength(0);
    expect(await violations()).toEqual([]);
  });
});

describe('unlock', () => {
  beforeEach(() => {
    host.state = 'locked';
    host.passphrase = WORDS;
    host.profile = { full_name: 'Ada Producer', organization: null, email: null, version: 1 };
  });

  test('a wrong passphrase is said so and stays to be corrected, the right one opens', async () => {
    render(<App />);
    const user = userEvent.setup();
    const field = await screen.findByLabelText('Passphrase');
    expect(document.activeElement).toBe(field);
    expect(await violations()).toEqual([]);
    await user.type(field, 'walrus paints six lanterns{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('WRONG_PASSPHRASE');
    await user.clear(field);
    await user.type(field, `${WORDS}{Enter}`);
    await waitFor(() => expect(window.location.hash).toBe('#/projects'));
    expect(host.asked('unlock_library').map(({ passphrase }) => passphrase)).not.toContain(null);
  });

  test('the keychain is asked once without a word; where it is silent the passphrase is', async () => {
    host.byKeychain = true;
    render(<App />);
    await screen.findByText(/The keychain did not give the key/);
    expect(host.asked('unlock_library')).toEqual([{ passphrase: null }]);
    expect(screen.queryByText(/KEYCHAIN_UNAVAILABLE/)).toBeNull();
    host.hasKeychain = true;
    await userEvent.click(await button('Ask the keychain'));
    await waitFor(() => expect(window.location.hash).toBe('#/projects'));
  });

  test('where only the keychain holds the key and does not give it, the way out is said', async () => {
    host.byKeychain = true;
    host.passphrase = null;
    render(<App />);
    const alert = await screen.findByText(/holds the only key/);
    expect(alert.closest('[role=alert]')).not.toBeNull();
    expect(screen.queryByText(/Use a passphrase instead/)).toBeNull();
    expect(screen.queryByLabelText('Passphrase')).toBeNull();
    host.hasKeychain = true;
    await userEvent.click(await button('Ask the keychain'));
    await waitFor(() => expect(window.location.hash).toBe('#/projects'));
  });

  test('samples are reachable and a backup can be restored over a locked database', async () => {
    render(<App />);
    const user = userEvent.setup();
    await button('Explore The Comet');
    await user.click(await button('Restore a backup'));
    expect(await violations()).toEqual([]);
    const file = new File(['backup'], 'recoup.recoup-backup');
    const chooser = screen.getAllByLabelText('Choose the backup file').find((one) => one.tagName === 'INPUT');
    fireEvent.change(chooser as HTMLElement, { target: { files: [file] } });
    await user.type(screen.getByLabelText('Passphrase of the backup'), `${WORDS}{Enter}`);
    await screen.findByText(/recoup.db.replaced/);
    expect(host.asked('restore_library')).toEqual([{ content: btoa('backup'), passphrase: WORDS }]);
    // What was replaced can be read before anything else changes.
    expect(window.location.hash).toBe('#/');
    await user.click(await button('Go to the projects'));
    await waitFor(() => expect(window.location.hash).toBe('#/projects'));
  });
});

test('without its key file the database cannot be opened: the page says so once and offers the ways on', async () => {
  host.fault = 'KEY_MISSING';
  render(<App />);
  await screen.findByText('Your database cannot be opened like this');
  await button('Restore a backup');
  await button('Explore The Comet');
  expect(await violations()).toEqual([]);
  expect(host.asked('view_library').length).toBeLessThan(3);
  host.fault = null;
  await userEvent.click(await button('Try again'));
  await screen.findByText('Keep your own projects');
});

describe('keeping', () => {
  test('the key for saving keeps: it asks for a profile, then the deal is saved', async () => {
    const user = await explored();
    expect(screen.queryByText(/Your change is in memory only/)).toBeNull();
    await user.keyboard('{Control>}s{/Control}');
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('Keep The Comet');
    expect(await violations()).toEqual([]);
    await user.type(screen.getByLabelText('Name'), 'Ada Producer{Enter}');
    await screen.findByLabelText('Passphrase');
    await typeWords(user, WORDS);
    const create = await button('Create profile and keep');
    await waitFor(() => expect(create).toHaveProperty('disabled', false));
    await user.click(create);
    await screen.findByText('All changes saved');
    expect(host.asked('keep_deal')).toEqual([{ deal: 'd1', name: null }]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('with an open database one press keeps', async () => {
    host.state = 'open';
    host.passphrase = WORDS;
    host.explore();
    window.location.hash = '#/overview';
    render(<App />);
    await userEvent.click(await button('Keep'));
    await screen.findByText('All changes saved');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('the first change is answered by one quiet offer; a full disk is said and what was typed stays', async () => {
    host.explore();
    window.location.hash = '#/budget';
    render(<App />);
    const user = userEvent.setup();
    const greenlight = async (day: string) => {
      const field = await screen.findByLabelText('Greenlight');
      await user.clear(field);
      await user.type(field, `${day}{Enter}`);
    };
    await greenlight('2027-04-01');
    await screen.findByText(/Your change is in memory only/);
    expect(screen.queryByRole('dialog')).toBeNull();
    await user.click(await button('Not now'));
    expect(screen.queryByText(/Your change is in memory only/)).toBeNull();
    await greenlight('2027-05-01');
    await waitFor(() => expect(host.asked('edit_deal')).toHaveLength(2));
    expect(screen.queryByText(/Your change is in memory only/)).toBeNull();

    host.refusal = 'DISK_FULL';
    await greenlight('2027-06-01');
    await screen.findByText('1 change not saved');
    expect(screen.queryByText('All changes saved')).toBeNull();
    expect(await screen.findByLabelText('Greenlight')).toHaveProperty('value', '2027-06-01');
    host.refusal = null;
    await user.click(await button('Save again'));
    await screen.findByText('In memory only');
  });
});

describe('locking', () => {
  test('idle time counts from the last sign of life; never is never', () => {
    expect(isIdle(0, 5 * 60_000 - 1, 5)).toBe(false);
    expect(isIdle(0, 5 * 60_000, 5)).toBe(true);
    expect(isIdle(0, Number.MAX_SAFE_INTEGER, 0)).toBe(false);
  });

  test('after the chosen minutes the database is closed and the unlock page is shown', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    host.state = 'open';
    host.passphrase = WORDS;
    host.settings = { ...host.settings, auto_lock_minutes: 5 };
    render(<App />);
    await waitFor(() => expect(window.location.hash).toBe('#/projects'));
    await act(async () => vi.advanceTimersByTime(4 * 60_000));
    fireEvent.keyDown(window, { key: 'a' });
    await act(async () => vi.advanceTimersByTime(4 * 60_000));
    expect(host.asked('lock_library')).toHaveLength(0);
    await act(async () => vi.advanceTimersByTime(2 * 60_000));
    await waitFor(() => expect(host.asked('lock_library')).toHaveLength(1));
    await screen.findByLabelText('Passphrase');
  });

  test('who unlocks goes on where they were; what another window locked out is saved then', async () => {
    host.state = 'open';
    host.passphrase = WORDS;
    host.deal = { ...host.explore(), project: 'p1' };
    window.location.hash = '#/budget';
    render(<App />);
    const user = userEvent.setup();
    const field = await screen.findByLabelText('Greenlight');
    host.lock();
    await user.clear(field);
    await user.type(field, '2027-06-01{Enter}');
    const words = await screen.findByLabelText('Passphrase');
    expect(screen.getAllByText(/what you typed is kept here and is saved then/).length).toBeGreaterThan(0);
    expect(screen.queryByText('Save again')).toBeNull();
    expect(await violations()).toEqual([]);
    await user.type(words, `${WORDS}{Enter}`);
    await waitFor(() => expect(window.location.hash).toBe('#/budget'));
    await screen.findByText('All changes saved');
    expect(screen.queryByText(/1 change is not saved/)).toBeNull();
    expect(host.asked('edit_deal')).toHaveLength(2);
    expect(host.deal?.document).toMatchObject({ 'schedule.greenlight': '2027-06-01' });
  });
});
