import { defineConfig, mergeConfig } from 'vite';
import product from './vite.config.ts';

// The gallery is built beside the product, never into it.
export default mergeConfig(
  product,
  defineConfig({ build: { outDir: 'dist-gallery', rolldownOptions: { input: 'gallery.html' } } }),
);
