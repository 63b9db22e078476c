import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { buildPage } from '../mock/build.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder that holds the built page. */
    page: string;
  }
}

/** Builds the page once for all tests. */
export default async function build(project: TestProject): Promise<() => Promise<void>> {
  const folder = await buildPage();
  project.provide('page', folder);
  return () => rm(folder, { recursive: true });
}
