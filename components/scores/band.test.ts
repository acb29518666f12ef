import { expect, test } from 'vitest';
import { bandOf } from '@/lib/i18n/bands';
import { bandColour, changeColour } from './band';

test.each([
  [100, 'excellent', 'mossMark'],
  [90, 'excellent', 'mossMark'],
  [89.5, 'excellent', 'mossMark'],
  [89.4, 'good', 'mossMark'],
  [75, 'good', 'mossMark'],
  [74.4, 'fair', 'ochreMark'],
  [60, 'fair', 'ochreMark'],
  [59, 'weak', 'vermMark'],
  [40, 'weak', 'vermMark'],
  [39.4, 'poor', 'vermMark'],
  [0, 'poor', 'vermMark'],
])('%d is %s', (score, band, colour) => {
  expect([bandOf(score), bandColour(score)]).toEqual([band, colour]);
});

test('a change that rounds to nothing has no colour', () => {
  expect([changeColour(0.4), changeColour(-0.4), changeColour(1), changeColour(-1)]).toEqual([
    'text3',
    'text3',
    'moss',
    'verm',
  ]);
});
