import { afterEach, expect, test, vi } from 'vitest';
import { commands, USE_CASES } from '../bindings.ts';
import { Refusal, take } from '../errors.ts';

const answers = (status: number, body: unknown) =>
  vi.fn(
    async (_path: string, _init: RequestInit) =>
      new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }),
  );

afterEach(() => vi.unstubAllGlobals());

test('a mutation goes to its path with the rest of the request as its body', async () => {
  const fetch = answers(200, { deal: 'd 1' });
  vi.stubGlobal('fetch', fetch);
  await take(
    commands.editDeal({ deal: 'd 1', revision: 3, path: 'budget.lines[a].amount', value: 'USD 1.00' }),
  );
  const [path, init] = fetch.mock.calls[0]!;
  expect(path).toBe('/api/v1/deals/d%201');
  expect(init.method).toBe(USE_CASES.edit_deal.method);
  expect(JSON.parse(String(init.body))).toEqual({
    revision: 3,
    path: 'budget.lines[a].amount',
    value: 'USD 1.00',
  });
});

test('a query carries its fields in the address and leaves out what is not given', async () => {
  const fetch = answers(200, { programs: [] });
  vi.stubGlobal('fetch', fetch);
  await take(commands.searchPrograms({ words: 'post & audio', language: null }));
  await take(commands.searchPrograms({ words: null, language: null }));
  expect(fetch.mock.calls.map(([path]) => path)).toEqual([
    '/api/v1/incentives?words=post+%26+audio',
    '/api/v1/incentives',
  ]);
});

test('a refusal keeps its code and values; a server that does not answer is offline', async () => {
  vi.stubGlobal(
    'fetch',
    answers(404, { error: { code: 'NOT_FOUND', message: 'No such deal is open.', details: { deal: 'x' } } }),
  );
  const refused = await take(commands.viewDeal({ deal: 'x' })).catch((fault: unknown) => fault);
  expect(refused).toBeInstanceOf(Refusal);
  expect(refused).toMatchObject({ code: 'NOT_FOUND', details: { deal: 'x' } });
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => Promise.reject(new TypeError('Failed to fetch'))),
  );
  const lost = await take(commands.viewDeal({ deal: 'x' })).catch((fault: unknown) => fault);
  expect(lost).toMatchObject({ code: 'OFFLINE' });
});

test('inside the window the same call goes to the host', async () => {
  const invoke = vi.fn(async () => ({ samples: [] }));
  vi.stubGlobal('__TAURI_INTERNALS__', { invoke });
  await take(commands.listSamples({}));
  expect(invoke).toHaveBeenCalledWith('list_samples', { request: {} }, undefined);
});
