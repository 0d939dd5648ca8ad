// What ESLint looks for in TypeScript, Svelte and scripts. Formats are Prettier's; types are checked by tsc.
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      'build/',
      'client-js/sdk/src/generated/',
      'tests/e2e/{artefacts,test-results}/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: globals.node } },
  { files: ['client-js/web/src/**', 'bench/page/watch.mjs'], languageOptions: { globals: globals.browser } },
  { files: ['client-js/web/src/service-worker.js'], languageOptions: { globals: globals.serviceworker } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': ['error', { destructuring: 'all' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // French has narrow no-break spaces; the pages' typography.test.ts says where.
      'no-irregular-whitespace': 'off',
      // State is replaced, not changed in place: sets and maps within a function are nobody's state.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    // What a server answers has any shape until the test has looked at it.
    files: ['tests/**'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    // A promise that nobody waits for is said to be so (`void`).
    files: ['client-js/*/src/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: { '@typescript-eslint/no-floating-promises': 'error', '@typescript-eslint/no-misused-promises': 'error' },
  },
);
