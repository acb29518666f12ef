import { expect, test } from 'vitest';
import { exportAddress } from './export-address';

test('lists are narrowed as on the page, and what has no list is not', () => {
  const filter = { state: 'open', search: 'a & b' };

  expect(exportAddress('id', 'csv', 'ja', filter)).toBe(
    '/api/v1/audits/id/export?format=csv&language=ja&state=open&search=a+%26+b',
  );
  expect(exportAddress('id', 'junit', 'en', filter)).toBe('/api/v1/audits/id/export?format=junit&language=en');
});
