import { afterEach, expect } from 'vitest';
import { takeFaults } from './schemas.js';

// Replies are checked where they are awaited; a notification that breaks its schema fails the test it came in.
afterEach(() => expect(takeFaults()).toEqual([]));
