import { expect, test } from 'vitest';
import { SECRET_FORMATS } from './secret-formats';
import { findSecrets, mayHoldSecrets, type SecretMode, secretHash } from './secrets';

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const HEX = '0123456789abcdef';
const ALL = `${DIGITS}${LOWER}${UPPER}`;
const BASE32 = `${UPPER}234567`;

/** Characters that look random and are the same in each run. */
function random(length: number, alphabet = ALL): string {
  const bytes = Array.from({ length: Math.ceil(length / 32) }, (_, at) => secretHash(`${length} ${at}`)).join('');
  return Array.from({ length }, (_, at) =>
    alphabet.charAt(Number.parseInt(bytes.slice(at * 2, at * 2 + 2), 16) % alphabet.length),
  ).join('');
}

const each = (kind: string, beginnings: readonly string[], rest: string): [string, string][] =>
  beginnings.map((beginning) => [kind, `key: ${beginning}${rest}`]);

/** Put together here so that scanners of this repository do not take them for leaks. */
const SAMPLES: readonly (readonly [kind: string, text: string])[] = [
  ...each('aws-access-key', ['AKIA', 'ASIA', 'ABIA', 'ACCA'], random(16, BASE32)),
  ['aws-secret-key', `aws_secret = "${random(40)}"`],
  ['aws-secret-key', `AWS_SK: ${random(40)}`],
  ...each('github-token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], random(36)),
  ...each('github-token', ['github_pat_'], random(82)),
  ...each('gitlab-token', ['glpat-', 'glrt-', 'gldt-', 'glptt-', 'glcbt-'], random(20)),
  ...each(
    'slack-token',
    [...'abeoprs'].map((letter) => `xox${letter}-`),
    random(40),
  ),
  ...each('slack-token', ['xapp-1-'], `${random(10, UPPER)}-${random(12, DIGITS)}-${random(64, HEX)}`),
  ['slack-webhook', `https://hooks.slack.com/services/T${random(9, UPPER)}/${random(10, UPPER)}/${random(24)}`],
  ...each('stripe-key', ['sk_live_', 'rk_live_'], random(24)),
  ...each('google-api-key', ['AIza'], random(35)),
  ...each('google-oauth-secret', ['GOCSPX-'], random(28)),
  ...each('npm-token', ['npm_'], random(36)),
  ...each('pypi-token', ['pypi-AgE'], random(60)),
  ...each('sendgrid-key', ['SG.'], `${random(22)}.${random(43)}`),
  ['twilio-key', `twilio SK${random(32, HEX)}`],
  ...each('anthropic-key', ['sk-ant-api03-'], random(93)),
  ...each('openai-key', ['sk-'], `${random(40)}T3BlbkFJ${random(40)}`),
  ...each('huggingface-token', ['hf_'], random(34, `${LOWER}${UPPER}`)),
  ...each('docker-token', ['dckr_pat_'], random(27)),
  ...each('digitalocean-token', ['dop_v1_', 'doo_v1_'], random(64, HEX)),
  ...each('shopify-token', ['shpat_', 'shpss_', 'shpca_', 'shppa_'], random(32, HEX)),
  ...each('databricks-token', ['dapi'], random(32, HEX)),
  ['telegram-token', `bot ${random(9, '123456789')}:AA${random(33)}`],
  ['discord-webhook', `https://discord.com/api/webhooks/${random(18, '123456789')}/${random(68)}`],
  ['azure-storage-key', `AccountKey=${random(86)}==`],
  ...each('azure-client-secret', [`${random(3)}8Q~`, `${random(3)}7Q~`], random(34)),
  ...each('docker-swarm-token', ['SWMTKN-1-'], `${random(50, LOWER + DIGITS)}-${random(25, LOWER + DIGITS)}`),
  ...each('sourcegraph-token', ['sgp_', 'sgp_local_'], random(40, HEX)),
  ...each('sonar-token', ['squ_', 'sqp_', 'sqa_', 'sonar.login=', 'sonar.token='], random(40, HEX)),
  ...each('vault-token', ['hvs.', 'hvb.'], random(40)),
  ['vault-secret-id', `secret_id: ${[8, 4, 4, 4, 12].map((length) => random(length, HEX)).join('-')}`],
  ['container-registry-auth', `{"auth": "${random(40)}"}`],
  ...each('npm-auth', ['//registry.example.org/:_authToken=', '//r.io/:_auth = ', '//r.io/:_password='], random(30)),
  ['maven-master-password', `<master>{${random(44)}=}</master>`],
  ...each('nvidia-key', ['nvapi-'], random(64)),
  ...each('dropbox-token', ['sl.', 'sl.u.'], random(135)),
  ...each('dropbox-token', [`${random(11)}AAAAAAAAAA`], random(43)),
  ...each('dynatrace-token', ['dt0c01.'], `${random(24, BASE32)}.${random(64, BASE32)}`),
  ...each('google-access-token', ['ya29.'], random(60)),
  ['tines-webhook', `https://shop.tines.com/webhook/${random(32, HEX)}/${random(32, HEX)}`],
  ['generic-password-hash', `ada:{SHA}${random(27)}=`],
  ...each('generic-password-hash', ['$2a$10$', '$2b$10$', '$2y$10$'], random(53)),
  ...each('generic-password-hash', ['$1$salt$', '$apr1$salt$'], random(22)),
  ...each('generic-password-hash', ['$5$salt$'], random(43)),
  ...each('generic-password-hash', ['$6$salt$'], random(86)),
  ...each(
    'generic-password-hash',
    ['$argon2id$v=19$m=65536,t=3,p=4$', '$argon2i$v=19$m=65536,t=3,p=4$'],
    `${random(22)}$${random(43)}`,
  ),
  ...each('jwt', ['eyJ'], `${random(30)}.eyJ${random(40)}.${random(43)}`),
  ...each('connection-string', ['postgres://', 'mongodb+srv://', 'ftp://'], `ada:${random(16)}@db.bank.io/shop`),
];

test.each(SAMPLES)('%s is found, and seen at the first look (sample %#)', (kind, text) => {
  expect(findSecrets(text, 'formats').map((secret) => secret.kind)).toContain(kind);
  for (const mode of ['all', 'settings', 'json', 'formats', 'value'] as const satisfies SecretMode[]) {
    expect(mayHoldSecrets(text, mode)).toBe(true);
  }
});

test('each format has a sample', () => {
  const isShown = ({ kind, pattern }: (typeof SECRET_FORMATS)[number]) =>
    SAMPLES.some((sample) => sample[0] === kind && sample[1].match(pattern) !== null);

  expect(SECRET_FORMATS.filter((format) => !isShown(format)).map(({ pattern }) => pattern)).toEqual([]);
});

test('text without a mark is passed over', () => {
  expect(mayHoldSecrets('The vault keeps what opens the bank.\n', 'all')).toBe(false);
  expect(mayHoldSecrets('password = "x"\n', 'formats')).toBe(false);
});
