import { defineConfig } from 'vite';

/** The page's sealing code as one file that node runs, so that tests can open what the page seals. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'src/seal/cli.ts',
    outDir: '../../../target/seal',
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: { output: { entryFileNames: 'seal.mjs', format: 'es' } },
  },
});
