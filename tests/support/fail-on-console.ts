import { afterEach, beforeEach, expect, vi } from 'vitest';

// What the code prints as an error is a failure nobody asserted. A test that expects one spies on it itself.
beforeEach(() => void vi.spyOn(console, 'error'));

afterEach(() => {
  const calls = vi.isMockFunction(console.error) ? console.error.mock.calls : [];
  vi.restoreAllMocks();
  expect(calls, 'console.error was called').toEqual([]);
});
