import { expect, test } from 'vitest';
import { requireMetricsToken } from './metrics-token';

const TOKEN = 'a-token-of-scrapers';

test.each(['Bearer a-token-of-scrapers', 'bearer  a-token-of-scrapers'])('lets “%s” pass', (authorization) => {
  expect(() => requireMetricsToken(authorization, TOKEN)).not.toThrow();
});

test.each([
  undefined,
  '',
  'Bearer',
  'Bearer a-token-of-scraper',
  'Basic a-token-of-scrapers',
  'Bearer a-token-of-scrapers x',
])('refuses %j', (authorization) => {
  expect(() => requireMetricsToken(authorization, TOKEN)).toThrow('METRICS_TOKEN');
});
