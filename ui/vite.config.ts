import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The generated bindings import `invoke` from the Tauri package. The alias sends them to our own transport, which
// picks the window or the loopback server when it runs: one build serves both hosts.
const here = new URL('./src/', import.meta.url).pathname;

export default defineConfig({
  base: './',
  plugins: [react()],
  resolve: {
    alias: [
      { find: /^@tauri-apps\/api\/core$/, replacement: `${here}api/transport/core.ts` },
      { find: /^@tauri-apps\/api\/event$/, replacement: `${here}api/transport/event.ts` },
    ],
  },
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 900, reportCompressedSize: false },
  test: { environment: 'jsdom', setupFiles: ['src/test-setup.ts'], css: false },
});
