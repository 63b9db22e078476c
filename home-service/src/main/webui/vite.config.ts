import { defineConfig } from 'vite';

/** The page. No inlined assets and no polyfill: the page's content security policy allows files of its own only. */
export default defineConfig({
  build: {
    outDir: '../../../target/webui',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
});
