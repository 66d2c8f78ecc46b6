import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { BEGINNING, beginning } from './build/beginning.mts';
import { compressed } from './build/compressed.mts';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), beginning(), compressed()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: BEGINNING, test: /src[\\/]begin[\\/]|preload-helper/, priority: 1 },
            // One file, since each costs the server and the browser some milliseconds.
            { name: 'first', tags: ['$initial'] },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
