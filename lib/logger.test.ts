import { expect, test } from 'vitest';
import { createLogger, withoutCredentials } from './logger';

test('hides secrets at the top and below', () => {
  const { log, lines } = recorder();

  log.info(
    { token: 's3cret', user: { password: 's3cret', name: 'ann' }, req: { headers: { authorization: 's3cret' } } },
    'x',
  );

  expect(lines[0]).not.toContain('s3cret');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', user: { name: 'ann' }, token: '[secret]' });
});

test('keeps credentials of URLs out of errors', () => {
  const { log, lines } = recorder();

  log.error({ err: new Error('cannot fetch https://ann:s3cret@git.example/a.git') }, 'fetch failed');

  expect(lines[0]).not.toContain('s3cret');
  expect(lines[0]).toContain('https://git.example/a.git');
});

test('gives a child its own fields', () => {
  const { log, lines } = recorder();

  log.child({ jobId: 'j1' }).warn('odd');

  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ jobId: 'j1', msg: 'odd', level: 'warn' });
});

test('removes user names and passwords from URLs only', () => {
  expect(withoutCredentials('postgres://a:b@db/x and mail ann@example.com')).toBe(
    'postgres://db/x and mail ann@example.com',
  );
});

function recorder() {
  const lines: string[] = [];
  const log = createLogger({ level: 'info', format: 'json', write: (line) => void lines.push(line) });
  return { log, lines };
}
