import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** What every page behind the login draws with: as one file it compresses by a fifth better than as two dozen. */
const SHELL = [
  /client\/src\/(api|live|theme)\//,
  /client\/src\/widgets\/(words|figures|PageState|PriorityMark|HealthShape|Choice|notice-store)\b/,
  /@mantine\/core\/esm\/core\//,
  /@mantine\/core\/esm\/components\/(ActionIcon|Button|CloseButton|InlineInput|Input|InputBase|Loader|TextInput|Transition|UnstyledButton)\//,
  /@tabler\/icons-react\/dist\/esm\/createReactComponent/,
];

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
            // What a page loads on demand stays with that page.
            { name: 'contract', test: /domain\/(contract\/(?!what-if|library|fault)|telemetry\/(?!injected))/ },
            { name: 'shell', test: (id) => SHELL.some((part) => part.test(id)) },
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
