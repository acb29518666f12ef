import { afterEach, beforeEach, expect, type MockInstance, vi } from 'vitest';

let spy: MockInstance<typeof console.error>;

// What the code prints as an error is a failure nobody asserted. A test that expects one restores the spy itself.
beforeEach(() => {
  spy = vi.spyOn(console, 'error');
});

afterEach(() => {
  const { calls } = spy.mock;
  spy.mockRestore();
  expect(calls, 'console.error was called').toEqual([]);
});
