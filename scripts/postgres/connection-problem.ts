type Sentence = (setting: string) => string;

const CONNECTION_PROBLEMS: Readonly<Record<string, Sentence>> = {
  ECONNREFUSED: (setting) => `No PostgreSQL answers at ${setting}.`,
  ENOTFOUND: (setting) => `The host of ${setting} is unknown.`,
  ETIMEDOUT: (setting) => `The host of ${setting} does not answer.`,
  '28P01': (setting) => `PostgreSQL refuses the user or the password of ${setting}.`,
  '28000': (setting) => `PostgreSQL refuses the user of ${setting}.`,
  '3D000': (setting) => `The database ${setting} names does not exist.`,
  '53300': (setting) => `PostgreSQL has no connection left for ${setting}; raise its max_connections.`,
  '42501': (setting) =>
    `The user of ${setting} may not create tables; name the owner of the database in DATABASE_OWNER_URL.`,
};

/**
 * Says in a sentence why PostgreSQL was not reached or refused us; undefined where the error says neither.
 * @param setting where the address stands
 */
export function connectionProblem(error: unknown, setting = 'DATABASE_URL'): string | undefined {
  const causes = [error, error instanceof Error ? error.cause : undefined];
  const codes = causes.map((cause) => (cause as { code?: unknown } | undefined)?.code);
  const say =
    codes.map((code) => CONNECTION_PROBLEMS[String(code)]).find((sentence) => sentence !== undefined) ??
    causes.map((cause) => wordedProblem(cause)).find((sentence) => sentence !== undefined);
  return say?.(setting);
}

/** What the driver tells in words only. */
function wordedProblem(cause: unknown): Sentence | undefined {
  const message = cause instanceof Error ? cause.message : '';
  if (/client password must be a string/.test(message)) {
    return (setting) => `PostgreSQL asks for a password; ${setting} has none.`;
  }
  if (/does not support SSL/.test(message)) {
    return (setting) => `${setting} asks for TLS, which its PostgreSQL does not offer.`;
  }
  return undefined;
}
