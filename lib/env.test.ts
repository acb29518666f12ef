import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadEnv } from './env';
import { AppError } from './errors';

describe('settings', () => {
  test('have defaults that suit one machine', () => {
    const settings = loadEnv({});

    expect(settings).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      PUBLIC_URL: 'http://127.0.0.1:3000',
      ELDER_DATA_DIR: path.resolve('.elder'),
      ALLOW_LOCAL_REPOSITORIES: true,
      LOG_LEVEL: 'info',
      RECHECK_PERCENT: 1,
    });
    expect(settings.WORKER_KINDS).toContain('judge');
  });

  test('read what is given', () => {
    const settings = loadEnv({
      PORT: '8080',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://elder.example.com/',
      WORKER_KINDS: 'collect, judge',
      WORKER_CONCURRENCY: '3',
      RECHECK_PERCENT: '0.25',
      TRUSTED_PROXIES: '10.0.0.0/8, fd00::/8,192.0.2.7',
      ELDER_ADVISORIES: 'docs',
      DATABASE_URL: 'postgresql://elder:pw@db/elder',
      SMTP_URL: 'smtp://elder:pw@mail.example.com',
      MAIL_FROM: 'Elder <elder@example.com>',
    });

    expect(settings).toMatchObject({
      PORT: 8080,
      PUBLIC_URL: 'https://elder.example.com',
      WORKER_KINDS: ['collect', 'judge'],
      WORKER_CONCURRENCY: 3,
      RECHECK_PERCENT: 0.25,
      TRUSTED_PROXIES: ['10.0.0.0/8', 'fd00::/8', '192.0.2.7'],
      ELDER_ADVISORIES: path.resolve('docs'),
      DATABASE_URL: 'postgresql://elder:pw@db/elder',
      SMTP_URL: { host: 'mail.example.com', port: 587, login: { user: 'elder', password: 'pw' } },
      MAIL_FROM: { name: 'Elder', address: 'elder@example.com' },
    });
  });

  test('count as not given when empty', () => {
    expect(loadEnv({ PORT: '', LOG_LEVEL: ' ' })).toMatchObject({ PORT: 3000, LOG_LEVEL: 'info' });
  });

  test('may name advisory data that only the workers hold', () => {
    expect(loadEnv({ ELDER_ADVISORIES: '/nowhere/at/all' }).ELDER_ADVISORIES).toBe('/nowhere/at/all');
  });

  test.each([
    ['127.0.0.1', true],
    ['127.1.2.3', true],
    ['localhost', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.168.1.4', false],
    ['localhost.example.com', false],
  ])('on host %s allow local repositories by default: %s', (HOST, expected) => {
    expect(loadEnv({ HOST }).ALLOW_LOCAL_REPOSITORIES).toBe(expected);
  });

  test.each([
    ['0.0.0.0', 'http://localhost:3000'],
    ['::1', 'http://[::1]:3000'],
    ['elder.internal', 'http://elder.internal:3000'],
  ])('on host %s are reached at %s', (HOST, expected) => {
    expect(loadEnv({ HOST }).PUBLIC_URL).toBe(expected);
  });

  test('name the hosts inside the company that may be spoken to', () => {
    const { ALLOWED_HOSTS } = loadEnv({ ALLOWED_HOSTS: 'Git.example.com, 10.0.0.5:8443,[fd00::1]:80' });

    expect(ALLOWED_HOSTS).toEqual(['git.example.com', '10.0.0.5:8443', '[fd00::1]:80']);
  });

  test('take the encryption key before only beside a newer one', () => {
    const [key, other] = [randomBytes(32).toString('base64'), randomBytes(32).toString('hex')];

    expect(namesRefused({ ENCRYPTION_KEY_PREVIOUS: key })).toEqual(['ENCRYPTION_KEY']);
    expect(namesRefused({ ENCRYPTION_KEY: key, ENCRYPTION_KEY_PREVIOUS: `${other},x` })).toEqual([
      'ENCRYPTION_KEY_PREVIOUS',
    ]);
    expect(loadEnv({ ENCRYPTION_KEY: key, ENCRYPTION_KEY_PREVIOUS: other }).ENCRYPTION_KEY_PREVIOUS).toHaveLength(1);
  });

  test.each(['true', '1', 'yes', 'on'])('take %s for yes', (ALLOW_LOCAL_REPOSITORIES) => {
    expect(loadEnv({ HOST: '0.0.0.0', ALLOW_LOCAL_REPOSITORIES }).ALLOW_LOCAL_REPOSITORIES).toBe(true);
  });

  test.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['HOST', 'a b'],
    ['PUBLIC_URL', 'ftp://example.com'],
    ['DATABASE_URL', 'mysql://localhost/elder'],
    ['REDIS_URL', 'http://localhost'],
    ['AUTH_SECRET', 'short'],
    ['WORKER_KINDS', 'judge,dance'],
    ['WORKER_CONCURRENCY', '-1'],
    ['RECHECK_PERCENT', '100.5'],
    ['RECHECK_PERCENT', '1e1'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_FORMAT', 'xml'],
    ['ALLOW_LOCAL_REPOSITORIES', 'maybe'],
    ['ALLOWED_HOSTS', 'https://git.example.com'],
    ['ALLOWED_HOSTS', 'git.example.com, '],
    ['ENCRYPTION_KEY', 'changeme'],
    ['ENCRYPTION_KEY', '0'.repeat(64)],
  ])('refuse %s=%s', (name, value) => {
    expect(namesRefused({ [name]: value })).toEqual([name]);
  });

  test('are all named when several are bad, without any value', () => {
    const refused = refusal({ PORT: 'hunter2', AUTH_SECRET: 'hunter3', LOG_LEVEL: 'hunter4' });

    expect(refused.details).toEqual({ names: ['PORT', 'AUTH_SECRET', 'LOG_LEVEL'] });
    expect(refused.message).toMatch(/PORT must be a whole number.*AUTH_SECRET must be at least 32.*LOG_LEVEL must be/);
    expect(`${refused.message}${refused.stack}`).not.toMatch(/hunter/);
  });

  test('of mail come together, and a bad one shows no password', () => {
    expect(namesRefused({ SMTP_URL: 'smtp://mail.example.com' })).toEqual(['MAIL_FROM']);
    expect(namesRefused({ MAIL_FROM: 'elder@example.com' })).toEqual(['SMTP_URL']);
    const refused = refusal({ SMTP_URL: 'smtp://elder:hunter2@mail.example.com/x', MAIL_FROM: 'elder' });
    expect(refused.details).toEqual({ names: ['SMTP_URL', 'MAIL_FROM'] });
    expect(`${refused.message}${refused.stack}`).not.toMatch(/hunter/);
  });

  test('of a bucket and of backups come together', () => {
    const key = '00112233445566778899aabbccddeeff0123456789abcdef0011223344556677';
    expect(namesRefused({ S3_ENDPOINT: 'https://s3.example.com' })).toEqual(['S3_ENDPOINT']);
    expect(namesRefused({ S3_BUCKET: 'elder', S3_ACCESS_KEY_ID: 'x' })).toEqual(['S3_SECRET_ACCESS_KEY']);
    expect(namesRefused({ S3_BUCKET: 'elder', OBJECTS_DIR: '/srv/objects' })).toEqual(['OBJECTS_DIR']);
    expect(namesRefused({ BACKUP_KEY: key, BACKUP_PASSPHRASE: 'correct horse battery' })).toEqual([
      'BACKUP_PASSPHRASE',
    ]);
    expect(namesRefused({ BACKUP_SCHEDULE: '0 2 * * *' })).toEqual(['BACKUP_SCHEDULE']);
    expect(namesRefused({ BACKUP_SCHEDULE: '* * * * *', BACKUP_KEY: key })).toEqual(['BACKUP_SCHEDULE']);
    expect(namesRefused({ BACKUP_KEEP: '0d' })).toEqual(['BACKUP_KEEP']);
    expect(loadEnv({ S3_BUCKET: 'elder', S3_ENDPOINT: 'https://s3.example.com' }).S3_FORCE_PATH_STYLE).toBe(true);
    expect(loadEnv({ S3_BUCKET: 'elder' }).S3_FORCE_PATH_STYLE).toBe(false);
  });

  test('of the first owner come together', () => {
    expect(namesRefused({ ELDER_INIT_EMAIL: 'a@example.com' })).toEqual(['ELDER_INIT_PASSWORD']);
    expect(namesRefused({ ELDER_INIT_PASSWORD: 'long enough' })).toEqual(['ELDER_INIT_EMAIL']);
    expect(namesRefused({ ELDER_INIT_API_TOKEN: 'long enough for a token' })).toEqual(['ELDER_INIT_EMAIL']);
  });
});

function namesRefused(source: Record<string, string>): unknown {
  return refusal(source).details?.names;
}

function refusal(source: Record<string, string>): AppError {
  try {
    loadEnv(source);
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_settings') return error;
    throw error;
  }
  throw new Error('The settings were accepted');
}
