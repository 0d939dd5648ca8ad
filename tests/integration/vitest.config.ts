import { defineConfig } from 'vitest/config';
import { slowness } from './support/settings.js';

// One real server at a time: the machine that builds has two cores, and each file measures what it starts.
export default defineConfig({
  test: {
    include: ['*.test.ts'],
    setupFiles: ['support/setup.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 20_000 * slowness,
    hookTimeout: 30_000 * slowness,
    teardownTimeout: 30_000 * slowness,
  },
});
