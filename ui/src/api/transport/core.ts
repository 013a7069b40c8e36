// Stands in for `@tauri-apps/api/core` in the generated bindings: inside the window it is the real thing, served by
// the loopback server it is the same call over HTTP.
import { core } from '@tauri-apps/api';
import { invokeOverHttp } from './http.ts';

export const inWindow = (): boolean => '__TAURI_INTERNALS__' in window;

export function invoke<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
  return inWindow() ? core.invoke<T>(command, args) : invokeOverHttp<T>(command, args);
}

export const Channel = core.Channel;
export type Channel<T> = core.Channel<T>;
