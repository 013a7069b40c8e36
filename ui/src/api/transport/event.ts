// Stands in for `@tauri-apps/api/event` in the generated bindings.
import { event } from '@tauri-apps/api';

export const listen = event.listen;
export const once = event.once;
export const emit = event.emit;
