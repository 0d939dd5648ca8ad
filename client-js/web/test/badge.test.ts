import { expect, test, vi } from 'vitest';
import { showBadge } from '../src/lib/app/badge';

test('the number is set, and gone with what it counted', () => {
  const where = { setAppBadge: vi.fn(async () => {}), clearAppBadge: vi.fn(async () => {}) };
  showBadge(3, where);
  expect(where.setAppBadge).toHaveBeenCalledExactlyOnceWith(3);
  expect(where.clearAppBadge).not.toHaveBeenCalled();
  showBadge(0, where);
  expect(where.clearAppBadge).toHaveBeenCalledOnce();
});

test('a system without badges, or one that refuses them, is no fault', async () => {
  showBadge(1, {});
  showBadge(1, { setAppBadge: () => Promise.reject(new Error('not installed')) });
  await Promise.resolve();
});
