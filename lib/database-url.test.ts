import pg from 'pg';
import { expect, test } from 'vitest';
import { userOf, withSetting } from './database-url';

test('settings of a session are added to those of the URL, as the driver reads them', () => {
  const url = withSetting(
    withSetting('postgresql://a%40b:p@db/elder?sslmode=disable', 'role', 'elder_app'),
    'search_path',
    'bullmq',
  );

  const { options } = new pg.Client({ connectionString: url }) as unknown as { options?: string };
  const { connectionParameters } = new pg.Client(url) as unknown as { connectionParameters: { options: string } };

  expect(options ?? connectionParameters.options).toBe('-c role=elder_app -c search_path=bullmq');
  expect(userOf(url)).toBe('a@b');
});
