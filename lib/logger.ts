import { type Logger, pino, stdSerializers } from 'pino';
import pretty from 'pino-pretty';
import { env } from './env';
import { traceIds } from './tracing/spans';

export type { Logger } from 'pino';

const SECRET_FIELDS = [
  'accessToken',
  'apiKey',
  'apiToken',
  'authorization',
  'clientSecret',
  'cookie',
  'credential',
  'credentials',
  'idToken',
  'password',
  'passwordHash',
  'privateKey',
  'refreshToken',
  'secret',
  'set-cookie',
  'token',
  'tokenHash',
  'webhookUrl',
] as const;

const USERINFO = /(?<scheme>[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;

/** Removes user names and passwords from the URLs in a text. */
export function withoutCredentials(text: string): string {
  return text.replace(USERINFO, '$<scheme>');
}

interface LoggerOptions {
  level: string;
  format: 'json' | 'pretty';
  /** Where lines go; standard output unless given. */
  write?: (line: string) => void;
}

export function createLogger({ level, format, write }: LoggerOptions): Logger {
  const paths = SECRET_FIELDS.map((name) => `["${name}"]`);
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: traceIds,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: [...paths, ...paths.map((path) => `*${path}`), ...paths.map((path) => `*.*${path}`)],
      censor: '[secret]',
    },
    serializers: { err: serializeError },
  };
  if (write) return pino(options, { write });
  return format === 'pretty' ? pino(options, pretty({ sync: true, ignore: 'pid' })) : pino(options);
}

let root: Logger | undefined;

/** The logger of this process. Give a job or request its own with `logger().child({ jobId })`. */
export function logger(): Logger {
  root ??= createLogger({ level: env().LOG_LEVEL, format: env().LOG_FORMAT });
  return root;
}

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = stdSerializers.err(error);
  // Drivers hang whole connections on their errors; only what is known to be plain is kept.
  const { code, details } = error as { code?: unknown; details?: unknown };
  return { type, message: withoutCredentials(message), stack: withoutCredentials(stack ?? ''), code, details };
}
