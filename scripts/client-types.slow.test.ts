import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { clientTypes } from './client-types';

test('the types of the client are those of the API', async () => {
  const written = readFileSync('integrations/client/api-types.ts', 'utf8');

  // Compared as one truth: a difference of a megabyte of text would tell nobody anything.
  expect(written === (await clientTypes()), 'run npm run client:generate').toBe(true);
});
