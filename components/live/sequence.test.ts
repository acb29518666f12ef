import { describe, expect, test } from 'vitest';
import { createSequenceTracker } from './sequence';

describe('the sequence of an audit', () => {
  test('runs on without a gap from the first event', () => {
    const tracker = createSequenceTracker();

    const arrivals = [1, 2, 3].map((sequence) => tracker.observe('a', sequence));

    expect(arrivals).toEqual(['next', 'next', 'next']);
  });

  test('has a gap when an event is missed, and only then', () => {
    const tracker = createSequenceTracker();

    const arrivals = [1, 3, 4].map((sequence) => tracker.observe('a', sequence));

    expect(arrivals).toEqual(['next', 'gap', 'next']);
  });

  test('has a gap when the page joins an audit it knows nothing of', () => {
    expect(createSequenceTracker().observe('a', 7)).toBe('gap');
  });

  test('goes on from the state the page was drawn with', () => {
    const tracker = createSequenceTracker();
    tracker.seed('a', 6);

    const arrivals = [6, 7].map((sequence) => tracker.observe('a', sequence));

    expect(arrivals).toEqual(['stale', 'next']);
  });

  test('never goes back: an older state or event changes nothing', () => {
    const tracker = createSequenceTracker();
    tracker.observe('a', 1);
    tracker.observe('a', 2);
    tracker.seed('a', 1);

    expect([tracker.observe('a', 2), tracker.observe('a', 3)]).toEqual(['stale', 'next']);
  });

  test('is counted for each audit alone', () => {
    const tracker = createSequenceTracker();
    tracker.observe('a', 1);

    expect([tracker.observe('b', 1), tracker.observe('a', 2)]).toEqual(['next', 'next']);
  });
});
