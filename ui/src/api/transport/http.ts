import { USE_CASES } from '../bindings.ts';

type Route = { readonly method: string; readonly path: string };

/** One use case over the loopback server. The session is a cookie the browser already holds. Rejects with the answer's body. */
export async function invokeOverHttp<T>(command: string, args: Record<string, unknown>): Promise<T> {
  const route = (USE_CASES as Record<string, Route>)[command];
  if (!route) throw new Error(`no such use case: ${command}`);
  const fields = { ...((args.request ?? {}) as Record<string, unknown>) };
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = encodeURIComponent(String(fields[name]));
    delete fields[name];
    return value;
  });
  const init: RequestInit = { method: route.method, credentials: 'same-origin' };
  let query = '';
  if (route.method === 'GET') {
    const entries = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
    const text = new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString();
    query = text ? `?${text}` : '';
  } else {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(fields);
  }
  const answer = await fetch(`/api/v1${path}${query}`, init);
  const type = answer.headers.get('content-type') ?? '';
  if (!type.includes('json')) throw new Error(`${answer.status} ${await answer.text()}`);
  const body: unknown = await answer.json();
  if (!answer.ok) throw body;
  return body as T;
}
