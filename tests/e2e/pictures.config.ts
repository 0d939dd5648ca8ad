import { defineConfig } from '@playwright/test';
import tests from './playwright.config.js';

/** `npm run pictures`: the pictures of the documents, taken anew. */
export default defineConfig(tests, { testMatch: 'pictures.ts' });
