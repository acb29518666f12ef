/** Names by which PostgreSQL tells the sessions of a running product apart from those of its commands. */
export const PRODUCT_SESSIONS = {
  queries: 'elder',
  queue: 'elder-queue',
  events: 'elder-events',
  listen: 'elder-listen',
} as const;
