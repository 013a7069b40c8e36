import type { AppError } from './bindings.ts';

type Answer<T> = { status: 'ok'; data: T } | { status: 'error'; error: unknown };

/** A refusal of the application, or a fault on the way to it. */
export class Refusal extends Error {
  readonly code: AppError['code'] | 'OFFLINE';
  readonly details: Readonly<Record<string, string>>;

  constructor(code: AppError['code'] | 'OFFLINE', message: string, details: Record<string, string> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/**
 * The text keys of a refusal, the most telling first: by the cell that is wrong, by a value of the case, by
 * the code alone.
 */
export function refusalKeys({ code, details }: Pick<Refusal, 'code' | 'details'>): string[] {
  const at = details.path ? [`refusal.${code}.at.${details.path}`] : [];
  return [...at, ...Object.keys(details).map((name) => `refusal.${code}.${name}`), `refusal.${code}`];
}

function isBody(error: unknown): error is { error: AppError } {
  return typeof error === 'object' && error !== null && 'error' in error && typeof error.error === 'object';
}

/** The data of an answer; a refusal is thrown, so that queries and mutations carry it. */
export async function take<T>(answer: Promise<Answer<T>>): Promise<T> {
  let settled: Answer<T>;
  try {
    settled = await answer;
  } catch (fault) {
    throw new Refusal('OFFLINE', fault instanceof Error ? fault.message : String(fault));
  }
  if (settled.status === 'ok') return settled.data;
  if (isBody(settled.error)) {
    const { code, message, details } = settled.error.error;
    throw new Refusal(code, message, details as Record<string, string>);
  }
  throw new Refusal('OFFLINE', String(settled.error));
}
