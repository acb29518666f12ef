import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { createContext } from '@/lib/auth/context';
import { AppError } from '@/lib/errors';
import { createLogger } from '@/lib/logger';
import type { ApiEnv } from './api';
import { onError } from './on-error';

test('an overload is a warning, and an error of the server a line with its stack', async () => {
  const lines: string[] = [];
  const log = createLogger({ level: 'info', format: 'json', write: (line) => lines.push(line) });
  const app = new Hono<ApiEnv>()
    .use(async (c, next) => {
      c.set('ctx', createContext({ userId: null, roles: new Map(), requestId: 'r', log }));
      await next();
    })
    .get('/busy', () => {
      throw new AppError('overloaded', 'too many ask for the same at once');
    })
    .get('/broken', () => {
      throw new Error('broken');
    })
    .onError(onError);

  const answers = [await app.request('/busy'), await app.request('/busy'), await app.request('/broken')];

  expect(answers.map(({ status }) => status)).toEqual([503, 503, 500]);
  expect(await answers[0]?.json()).toMatchObject({ code: 'overloaded', detail: expect.stringContaining('try again') });
  const said = lines.map((line) => JSON.parse(line));
  expect(said).toMatchObject([
    { level: 'warn', reason: 'too many ask for the same at once' },
    { level: 'error', err: { message: 'broken' } },
  ]);
  expect(said[0]).not.toHaveProperty('err');
});

test('what a link opens is not in the log', async () => {
  const lines: string[] = [];
  const log = createLogger({ level: 'info', format: 'json', write: (line) => lines.push(line) });
  const broken = () => {
    throw new Error('broken');
  };
  const app = new Hono<ApiEnv>()
    .use(async (c, next) => {
      c.set('ctx', createContext({ userId: null, roles: new Map(), requestId: 'r', log }));
      await next();
    })
    .get('/mail-channels/:token', broken)
    .get('/projects/:projectId', broken)
    .onError(onError);

  await app.request('/mail-channels/what-nobody-may-know');
  await app.request('/projects/7');

  expect(lines.map((line) => JSON.parse(line).path)).toEqual(['/mail-channels/{token}', '/projects/7']);
});
