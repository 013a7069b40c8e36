import { vi } from 'vitest';
import type { DealView, LibraryView, ProfileView, SettingsView } from '../../api/bindings.ts';

type Request = Record<string, unknown>;
type Body = { code: string; message: string; details: Record<string, string> };

export const WORDS = 'walrus paints seven lanterns';

function refuse(code: string, details: Record<string, string> = {}): never {
  const error: Body = { code, message: `refused: ${code}`, details };
  throw { error };
}

/** A host with one sample deal, a keychain that may answer, and a database that remembers. */
export class FakeHost {
  readonly calls: { command: string; request: Request }[] = [];
  hasKeychain = false;
  byKeychain = false;
  state: LibraryView['state'] = 'absent';
  passphrase: string | null = null;
  profile: ProfileView | null = null;
  deal: DealView | null = null;
  /** What was open when the database was locked. */
  away: DealView | null = null;
  /** What looking at the library is refused with. */
  fault: string | null = null;
  /** What the next edit is refused with. */
  refusal: string | null = null;
  settings: SettingsView = {
    kept: false,
    theme: null,
    text_size: null,
    language: null,
    number_locale: null,
    languages: ['en', 'fr'],
    number_locales: ['en-US', 'en-GB'],
    auto_lock_minutes: 15,
    auto_lock_choices: [0, 5, 15, 60],
    rates: [],
    terms: [],
  };

  install(): this {
    localStorage.clear();
    sessionStorage.clear();
    window.location.hash = '#/';
    vi.stubGlobal('__TAURI_INTERNALS__', {
      invoke: async (command: string, { request }: { request: Request }) => {
        this.calls.push({ command, request });
        const answer = this.answers[command];
        if (!answer) return refuse('NOT_FOUND');
        return structuredClone(answer(request));
      },
    });
    return this;
  }

  /** Locked, as by another window: what was open waits to be unlocked. */
  lock(): void {
    this.state = 'locked';
    if (this.deal?.project == null) return;
    this.away = this.deal;
    this.deal = null;
  }

  asked(command: string): Request[] {
    return this.calls.filter((call) => call.command === command).map((call) => call.request);
  }

  /** Opens the sample deal in memory. */
  explore(): DealView {
    const document = {
      id: 'comet',
      name: 'The Comet',
      currency: 'EUR',
      as_of: '2026-11-22',
      project: { title: 'The Comet' },
      schedule: { greenlight: '2027-03-01' },
    };
    const nothing = { project: null, undo: null, redo: null, figures: null };
    this.deal = { deal: 'd1', name: 'The Comet', revision: 1, number: 1, ...nothing, document };
    return this.deal;
  }

  private get view(): LibraryView {
    return {
      state: this.state,
      place: '/home/ada/recoup.db',
      by_keychain: this.byKeychain,
      by_passphrase: this.passphrase !== null,
      profile: this.state === 'open' ? this.profile : null,
    };
  }

  private readonly answers: Record<string, (request: Request) => unknown> = {
    describe_product: () => ({ name: 'Recoup', version: '0.1.0', platform: 'test' }),
    list_samples: () => ({ samples: [{ sample: 's', name: 'The Comet', currency: 'EUR' }] }),
    view_library: () => (this.fault ? refuse(this.fault) : this.view),
    view_settings: () => ({ ...this.settings, kept: this.state === 'open' }),
    change_settings: (request) => {
      const given = Object.entries(request).filter(([name, value]) => value !== null && name !== 'terms');
      this.settings = { ...this.settings, ...Object.fromEntries(given) };
      return { ...this.settings, kept: this.state === 'open' };
    },
    rate_passphrase: ({ passphrase }) => {
      const length = String(passphrase).length;
      const score = length < 12 ? 1 : passphrase === WORDS ? 4 : 2;
      return { accepted: score >= 3, score, length, shortest: 12, advice: null };
    },
    create_library: (request) => {
      if (request.passphrase === null && !this.hasKeychain) refuse('PASSPHRASE_NEEDED');
      this.passphrase = request.passphrase as string | null;
      this.byKeychain = request.passphrase === null;
      const { full_name, organization, email } = request as unknown as ProfileView;
      this.profile = { full_name, organization, email, version: 1 };
      this.state = 'open';
      return this.view;
    },
    unlock_library: ({ passphrase }) => {
      if (passphrase === null && !this.hasKeychain) refuse('KEYCHAIN_UNAVAILABLE', { reason: 'none' });
      if (passphrase !== null && passphrase !== this.passphrase) refuse('WRONG_PASSPHRASE');
      this.state = 'open';
      this.deal = this.away ?? this.deal;
      this.away = null;
      return this.view;
    },
    lock_library: () => {
      this.lock();
      return this.view;
    },
    list_projects: () => ({
      projects: [],
      total: 0,
      page: 1,
      page_size: 20,
      kept: 0,
      binned: 0,
      currencies: [],
      jurisdictions: [],
    }),
    list_open_deals: () => ({
      deals: this.deal ? [{ deal: this.deal.deal, name: this.deal.name, revision: this.deal.revision }] : [],
    }),
    open_sample_deal: () => this.explore(),
    view_deal: () => this.deal,
    edit_deal: ({ path, value }) => {
      if (!this.deal) return refuse(this.away ? 'LOCKED' : 'NOT_FOUND');
      if (this.refusal) refuse(this.refusal);
      const { deal } = this;
      const document = { ...(deal.document as object), [String(path)]: value };
      this.deal = {
        ...deal,
        revision: deal.revision + 1,
        number: deal.number + 1,
        undo: String(path),
        document,
      };
      return this.deal;
    },
    keep_deal: () => {
      if (this.state !== 'open') refuse('LOCKED');
      this.deal = this.deal && { ...this.deal, project: 'p1' };
      return this.deal;
    },
    view_figures: () => ({ deal: 'd1', revision: 1, figures: [] }),
    list_findings: () => ({ findings: [] }),
    list_packs: () => ({ packs: [] }),
    view_incentives: () => ({ programs: [] }),
    restore_library: ({ passphrase }) => {
      if (passphrase !== WORDS) refuse('WRONG_PASSPHRASE');
      this.passphrase = WORDS;
      this.state = 'open';
      return { library: this.view, replaced: '/home/ada/recoup.db.replaced' };
    },
  };
}
