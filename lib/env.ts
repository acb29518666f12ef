import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import * as z from 'zod';
import { type BackupKeep, readBackupKeep } from './backup/keep';
import { withSetting } from './database-url';
import { AppError } from './errors';
import { type Mailbox, readMailbox, readSmtpUrl, type SmtpServer } from './mail/mail-settings';
import { cronProblem } from './schemas/cron';
import { IN_CLUSTER } from './schemas/in-cluster';
import { WORKER_KINDS, type WorkerKind } from './schemas/worker-kinds';
import { type EncryptionKey, readEncryptionKey, readEncryptionKeys } from './secrets/key-ring';

export { WORKER_KINDS, type WorkerKind };

const WholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);

const Percent = z
  .string()
  .regex(/^\d{1,3}(?:\.\d{1,3})?$/)
  .transform(Number)
  .refine((value) => value <= 100);

const Network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

const Flag = z.enum(['true', 'false', '1', '0', 'yes', 'no', 'on', 'off']).transform(isOn);

/** What `read` makes of a text; refused when that is nothing. */
function readBy<Value>(read: (text: string) => Value | null) {
  return z
    .string()
    .transform(read)
    .refine((value): value is NonNullable<Awaited<Value>> => value !== null);
}

const Settings = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORT: WholeNumber(1, 65_535).default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/)
    .default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  ELDER_DATA_DIR: z.string().default('.elder').transform(absolutePath),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_ROLE: z
    .string()
    .regex(/^[a-z_][\w$]{0,62}$/i)
    .optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  AUTH_SECRET: z.string().min(32).optional(),
  ELDER_INIT_EMAIL: z.email().optional(),
  ELDER_INIT_PASSWORD: z.string().min(8).max(256).optional(),
  ELDER_INIT_API_TOKEN: z.string().min(16).max(256).optional(),
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_NAME: z.string().max(60).default('OpenID Connect'),
  OIDC_CLIENT_ID: z.string().max(400).optional(),
  OIDC_CLIENT_SECRET: z.string().max(2000).optional(),
  GITHUB_URL: z.url({ protocol: /^https?$/ }).default('https://github.com'),
  GITHUB_CLIENT_ID: z.string().max(400).optional(),
  GITHUB_CLIENT_SECRET: z.string().max(400).optional(),
  SMTP_URL: readBy<SmtpServer>(readSmtpUrl).optional(),
  MAIL_FROM: readBy<Mailbox>(readMailbox).optional(),
  BREACHED_PASSWORDS_FILE: z.string().transform(absolutePath).optional(),
  ALLOW_LOCAL_REPOSITORIES: Flag.optional(),
  ALLOWED_HOSTS: z
    .string()
    .transform((list) => list.split(',').map((host) => host.trim().toLowerCase()))
    .pipe(z.array(z.string().regex(/^(?:[a-z0-9][a-z0-9.-]*|\[[0-9a-f:.]+\])(?::\d{1,5})?$/)))
    .default([]),
  ENCRYPTION_KEY: readBy<EncryptionKey>(readEncryptionKey).optional(),
  ENCRYPTION_KEY_PREVIOUS: readBy<EncryptionKey[]>(readEncryptionKeys).default([]),
  ELDER_ADVISORIES: z.string().transform(absolutePath).optional(),
  EVIDENCE_KEY_FILE: z.string().transform(absolutePath).optional(),
  TRUSTED_PROXIES: z
    .string()
    .transform((list) => list.split(',').map((network) => network.trim()))
    .pipe(z.array(Network))
    .default([]),
  ELDER_API_RATE: WholeNumber(1, 999_999_999).default(1200),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
    .optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().max(400).optional(),
  S3_SECRET_ACCESS_KEY: z.string().max(2000).optional(),
  S3_FORCE_PATH_STYLE: Flag.optional(),
  OBJECTS_DIR: z.string().transform(absolutePath).optional(),
  BACKUP_DIR: z.string().transform(absolutePath).optional(),
  BACKUP_KEYS_DIR: z.string().transform(absolutePath).optional(),
  BACKUP_KEY: readBy<EncryptionKey>(readEncryptionKey).optional(),
  BACKUP_PASSPHRASE: z.string().min(16).max(1024).optional(),
  BACKUP_SCHEDULE: z
    .string()
    .max(100)
    .refine((text) => cronProblem(text) === null)
    .optional(),
  BACKUP_KEEP: readBy<BackupKeep>(readBackupKeep).default({ daily: 7, weekly: 4, monthly: 12 }),
  METRICS_TOKEN: z.string().min(16).max(256).optional(),
  CLUSTER_KUBECONFIG: z
    .string()
    .transform((text) => (text === IN_CLUSTER ? text : absolutePath(text)))
    .optional(),
  WORKER_CONCURRENCY: WholeNumber(1, 256).default(Math.min(availableParallelism(), 16)),
  WORKER_KINDS: z
    .string()
    .transform((list) => list.split(',').map((kind) => kind.trim()))
    .pipe(z.array(z.enum(WORKER_KINDS)).min(1))
    .default([...WORKER_KINDS]),
  RECHECK_PERCENT: Percent.default(1),
  WORKER_HEALTH_PORT: WholeNumber(1, 65_535).optional(),
  WORKER_METRICS_PORT: WholeNumber(1, 65_535).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  LOG_FORMAT: z.enum(['json', 'pretty']).default('json'),
});

/** What each setting must be, told in place of a refused value. */
const EXPECTED: Record<keyof z.infer<typeof Settings>, string> = {
  NODE_ENV: 'development, production or test',
  PORT: 'a whole number from 1 to 65535',
  HOST: 'a host name or an address to listen on',
  PUBLIC_URL: 'an http or https URL',
  ELDER_DATA_DIR: 'a path',
  DATABASE_URL: 'a postgres:// URL',
  DATABASE_OWNER_URL: 'a postgres:// URL, given together with DATABASE_URL',
  DATABASE_ROLE: 'the name of a PostgreSQL role (letters, digits, _ and $), given together with DATABASE_URL',
  REDIS_URL: 'a redis:// or rediss:// URL',
  AUTH_SECRET: 'at least 32 characters',
  ELDER_INIT_EMAIL: 'an e-mail address, given together with ELDER_INIT_PASSWORD',
  ELDER_INIT_PASSWORD: '8 to 256 characters, given together with ELDER_INIT_EMAIL',
  ELDER_INIT_API_TOKEN: '16 to 256 characters, given together with ELDER_INIT_EMAIL',
  OIDC_ISSUER: 'the http or https URL of an issuer, given together with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET',
  OIDC_NAME: 'at most 60 characters',
  OIDC_CLIENT_ID: 'given together with OIDC_ISSUER and OIDC_CLIENT_SECRET',
  OIDC_CLIENT_SECRET: 'given together with OIDC_ISSUER and OIDC_CLIENT_ID',
  GITHUB_URL: 'an http or https URL',
  GITHUB_CLIENT_ID: 'given together with GITHUB_CLIENT_SECRET',
  GITHUB_CLIENT_SECRET: 'given together with GITHUB_CLIENT_ID',
  SMTP_URL: 'as smtp://user:password@host:587 or smtps://…, given together with MAIL_FROM',
  MAIL_FROM: 'as name@example.com or Name <name@example.com>, given together with SMTP_URL',
  BREACHED_PASSWORDS_FILE: 'the path of a sorted file of SHA-1 hashes',
  ALLOW_LOCAL_REPOSITORIES: 'true or false',
  ALLOWED_HOSTS: 'a comma-separated list of hosts, each as git.example.com or git.example.com:8443',
  ENCRYPTION_KEY: '32 random bytes in hex or base64, as openssl rand -base64 32 prints',
  ENCRYPTION_KEY_PREVIOUS: 'a comma-separated list of earlier values of ENCRYPTION_KEY, given together with it',
  ELDER_ADVISORIES: 'the path of a file of advisory data, or of a directory of OSV files',
  EVIDENCE_KEY_FILE: 'the path of a file with a private Ed25519 key in PEM',
  TRUSTED_PROXIES: 'a comma-separated list of addresses or networks (10.0.0.0/8)',
  ELDER_API_RATE: 'a whole number of requests a minute from 1 to 999999999',
  S3_BUCKET: 'the name of a bucket',
  S3_ENDPOINT: 'an http or https URL, given together with S3_BUCKET',
  S3_REGION: 'a region, as eu-central-1',
  S3_ACCESS_KEY_ID: 'given together with S3_SECRET_ACCESS_KEY and S3_BUCKET',
  S3_SECRET_ACCESS_KEY: 'given together with S3_ACCESS_KEY_ID and S3_BUCKET',
  S3_FORCE_PATH_STYLE: 'true or false',
  OBJECTS_DIR: 'a path, and not given together with S3_BUCKET',
  BACKUP_DIR: 'a path',
  BACKUP_KEYS_DIR: 'a path',
  BACKUP_KEY: '32 random bytes in hex or base64, as openssl rand -base64 32 prints',
  BACKUP_PASSPHRASE: '16 to 1024 characters, and not given together with BACKUP_KEY',
  BACKUP_SCHEDULE: 'five fields of cron in UTC, as "30 2 * * *", given together with BACKUP_KEY or BACKUP_PASSPHRASE',
  BACKUP_KEEP: 'how many to keep by day, week and month, as 7d,4w,12m',
  METRICS_TOKEN: '16 to 256 characters',
  CLUSTER_KUBECONFIG: `the path of a kubeconfig, or ${IN_CLUSTER} for the account of the pod`,
  WORKER_CONCURRENCY: 'a whole number from 1 to 256',
  WORKER_KINDS: `a comma-separated list of ${WORKER_KINDS.join(', ')}`,
  RECHECK_PERCENT: 'a percentage from 0 to 100 with at most three decimals',
  WORKER_HEALTH_PORT: 'a whole number from 1 to 65535',
  WORKER_METRICS_PORT: 'a whole number from 1 to 65535, other than WORKER_HEALTH_PORT',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'an http or https URL',
  LOG_LEVEL: 'trace, debug, info, warn, error, fatal or silent',
  LOG_FORMAT: 'json or pretty',
};

type SettingName = keyof typeof EXPECTED;

export type Env = Readonly<
  z.infer<typeof Settings> & {
    PUBLIC_URL: string;
    ALLOW_LOCAL_REPOSITORIES: boolean;
    S3_FORCE_PATH_STYLE: boolean;
  }
>;

/** Reads settings from `source`. Throws `invalid_settings`, which names every bad setting and shows no value. */
export function loadEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(
    Object.keys(EXPECTED).flatMap((name) => (source[name]?.trim() ? [[name, source[name]]] : [])),
  );
  const parsed = Settings.safeParse(given);
  const bad = new Set<SettingName>([
    ...lonelyInitNames(given),
    ...missingNames(given),
    ...lonelyPreviousKeys(given),
    ...badBackupNames(given),
    ...secondStores(given),
    ...sharedPorts(given),
    ...badNames(parsed.error),
  ]);
  if (!parsed.success || bad.size > 0) throw invalidSettings([...bad]);

  const settings = parsed.data;
  return Object.freeze({
    ...settings,
    PUBLIC_URL: (settings.PUBLIC_URL ?? localUrl(settings.HOST, settings.PORT)).replace(/\/+$/, ''),
    ALLOW_LOCAL_REPOSITORIES: settings.ALLOW_LOCAL_REPOSITORIES ?? isLoopback(settings.HOST),
    // Names of buckets below other hosts than Amazon's need DNS and certificates of their own.
    S3_FORCE_PATH_STYLE: settings.S3_FORCE_PATH_STYLE ?? settings.S3_ENDPOINT !== undefined,
  });
}

let cached: Env | undefined;

/** The settings of this process, read once. */
export function env(): Env {
  cached ??= loadEnv(process.env);
  return cached;
}

/** What migrated finds out which role is to be taken, and takes it itself. */
export function takeDatabaseRole(role: string | null): void {
  cached = Object.freeze({ ...env(), DATABASE_ROLE: role ?? undefined });
}

/** What found a database says which this process asks from now on. */
export function takeDatabase(url: string): void {
  cached = Object.freeze({ ...env(), DATABASE_URL: url });
}

/** The database of this process, as the role the product works under. The supervisor names the embedded one to its children. */
export function databaseUrl(): string {
  const { DATABASE_URL: url, DATABASE_ROLE: role } = env();
  if (!url) throw new AppError('invalid_settings', 'DATABASE_URL is not set; `npm start` sets it for what it starts');
  return role === undefined ? url : withSetting(url, 'role', role);
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function localUrl(host: string, port: number): string {
  const isAny = host === '0.0.0.0' || host === '::';
  const name = isAny ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function lonelyInitNames(given: Record<string, string | undefined>): SettingName[] {
  const hasEmail = given.ELDER_INIT_EMAIL !== undefined;
  const hasPassword = given.ELDER_INIT_PASSWORD !== undefined;
  if (hasEmail && !hasPassword) return ['ELDER_INIT_PASSWORD'];
  if (!hasEmail && (hasPassword || given.ELDER_INIT_API_TOKEN !== undefined)) return ['ELDER_INIT_EMAIL'];
  return [];
}

function lonelyPreviousKeys(given: Record<string, string | undefined>): SettingName[] {
  const isLonely = given.ENCRYPTION_KEY_PREVIOUS !== undefined && given.ENCRYPTION_KEY === undefined;
  return isLonely ? ['ENCRYPTION_KEY'] : [];
}

/** A backup is sealed with one key, and one that is made by the clock needs it at once. */
function badBackupNames(given: Record<string, string | undefined>): SettingName[] {
  const { BACKUP_KEY: key, BACKUP_PASSPHRASE: passphrase, BACKUP_SCHEDULE: schedule } = given;
  if (key !== undefined && passphrase !== undefined) return ['BACKUP_PASSPHRASE'];
  return schedule !== undefined && key === undefined && passphrase === undefined ? ['BACKUP_SCHEDULE'] : [];
}

/** Objects lie in one place. */
function secondStores(given: Record<string, string | undefined>): SettingName[] {
  return given.OBJECTS_DIR !== undefined && given.S3_BUCKET !== undefined ? ['OBJECTS_DIR'] : [];
}

/** Two servers of one process. */
function sharedPorts(given: Record<string, string | undefined>): SettingName[] {
  const port = given.WORKER_METRICS_PORT;
  return port !== undefined && Number(port) === Number(given.WORKER_HEALTH_PORT) ? ['WORKER_METRICS_PORT'] : [];
}

/** Settings of which some are given and some are not. */
function missingNames(given: Record<string, string | undefined>): SettingName[] {
  const together: SettingName[][] = [
    ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
    ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'],
    ['SMTP_URL', 'MAIL_FROM'],
    ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
  ];
  const needed: [SettingName, SettingName][] = [
    ['DATABASE_OWNER_URL', 'DATABASE_URL'],
    ['DATABASE_ROLE', 'DATABASE_URL'],
    ['S3_ENDPOINT', 'S3_BUCKET'],
    ['S3_ACCESS_KEY_ID', 'S3_BUCKET'],
  ];
  const lonely = needed.flatMap(([name, other]) =>
    given[name] !== undefined && given[other] === undefined ? [name] : [],
  );
  const missing = together.flatMap((names) => {
    const missing = names.filter((name) => given[name] === undefined);
    return missing.length < names.length ? missing : [];
  });
  return [...lonely, ...missing];
}

function badNames(error: z.ZodError | undefined): SettingName[] {
  return (error?.issues ?? []).map((issue) => issue.path[0] as SettingName);
}

function invalidSettings(names: readonly SettingName[]): AppError {
  const parts = names.map((name) => `${name} must be ${EXPECTED[name]}`);
  return new AppError('invalid_settings', `Invalid settings: ${parts.join('; ')}.`, { details: { names } });
}

function isOn(value: string): boolean {
  return value === 'true' || value === '1' || value === 'yes' || value === 'on';
}

function absolutePath(path: string): string {
  return resolve(path);
}
