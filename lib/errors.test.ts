import { describe, expect, test } from 'vitest';
import { AppError, ERROR_STATUS, isAppError, isRetryable } from './errors';

describe('an error of ours', () => {
  test('carries code, status, cause and details', () => {
    const cause = new Error('ENOTFOUND');

    const error = new AppError('repository_host_unknown', 'no such host', { cause, details: { host: 'git.example' } });

    expect(error).toMatchObject({ code: 'repository_host_unknown', status: 422, details: { host: 'git.example' } });
    expect(error.cause).toBe(cause);
  });

  test('is known by its shape, as another bundle holds another class', () => {
    const foreign = Object.assign(new Error('gone'), { name: 'AppError', code: 'not_found' });

    expect(isAppError(foreign)).toBe(true);
    expect(isAppError(new Error('gone'))).toBe(false);
    expect(isAppError({ name: 'AppError', code: 'not_found' })).toBe(false);
  });

  test('has a status an HTTP answer can have, whatever its code', () => {
    const statuses = Object.values(ERROR_STATUS);

    expect(statuses.every((status) => status >= 400 && status < 600)).toBe(true);
  });
});

describe('trying again', () => {
  test.each(['unavailable', 'repository_timeout', 'rate_limited', 'internal'] as const)('may help after %s', (code) => {
    expect(isRetryable(new AppError(code, 'x'))).toBe(true);
  });

  test.each(['not_found', 'forbidden', 'repository_auth_required', 'repository_empty', 'cancelled'] as const)(
    'does not help after %s',
    (code) => {
      expect(isRetryable(new AppError(code, 'x'))).toBe(false);
    },
  );

  test('may help after what nobody foresaw', () => {
    expect(isRetryable(new TypeError('x is undefined'))).toBe(true);
  });
});
