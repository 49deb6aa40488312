import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.BYTE_ASTRA_SERVER ?? 'http://127.0.0.1:5000';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  resolve: {
    alias: [{ find: /^#domain\/(.*)\.js$/, replacement: fileURLToPath(new URL('../domain/$1.ts', import.meta.url)) }],
  },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page needs compresses better in two files than in the two dozen that sharing alone would make.
          groups: [
            {
              name: 'vendor',
              test: /node_modules\/(react|react-dom|scheduler|@tanstack|zod|zustand|wouter|regexparam)\//,
            },
            { name: 'contract', test: /domain\/(contract|telemetry)\// },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/login': { target: server, bypass: (req) => (req.method === 'GET' ? '/index.html' : undefined) },
      '/logout': server,
      '/stream': { target: server, ws: true },
    },
  },
});
