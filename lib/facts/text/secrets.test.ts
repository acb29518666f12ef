import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { findSecrets, secretHash } from './secrets';

// Put together here so that scanners of this repository do not take them for leaks.
const join = (...parts: string[]) => parts.join('');
const AWS = join('AKIA', 'QX7ZP2M4', 'LK3VNWRD');
const GITHUB = join('ghp_', 'zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ', '0mLq17');
const SLACK = join('xoxb-', '263594206564-2343594206574-', 'FGqddMF8t08v8N7Oq4i57vs1');
const STRIPE = join('sk_live_', '4eC39HqLyjWDarjtT1zdp7dc');
const GOOGLE = join('AIza', 'SyD8kQ2vXw9Zr4TnLb7Yp3Mh6Jc1Fg5Ue0a');
const SENDGRID = join('SG.', 'nGeVbQpbRkWgXz8a0b1C2d', '.', 'x8sYPlT4JqN0vWmA7cK2uZ1rD6eFhB9gOi3kLpQwEtY');
const JWT = join(
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
  '.eyJzdWIiOiI5OTIzODQ3NTAxIiwicm9sZSI6ImFkbWluIn0',
  '.kq3Vt8ZpXw1Rb7Ym5Nc0Ld9Gf2Hs4Jt6Ku8Ea3Wi1Qo',
);
const KEY = Array.from({ length: 6 }, (_, row) => Buffer.from(secretHash(`row ${row}`), 'hex').toString('base64')).join(
  '\n',
);
const PEM = `-----BEGIN ${'RSA PRIVATE KEY'}-----\n${KEY}\n-----END RSA PRIVATE KEY-----\n`;

const kinds = (text: string) => findSecrets(text, 'all').map(({ kind }) => kind);

test('an access key id is half a credential until its secret or its use stands beside it', () => {
  const sure = (text: string) => findSecrets(text, 'all').filter(({ confidence }) => confidence > 0.5).length;
  const other = join('wJ8rXUtnFEMI', 'K7MDENGbPxRfi', 'CYzQ3vLkT9sNd2a');

  expect(sure(`"${AWS}" => "123456789012"`)).toBe(0);
  expect(sure(`aws_access_key_id = ${AWS}`)).toBe(1);
  expect(sure(`login("${AWS}", "${other}")`)).toBe(1);
});

test('words for a password in other languages are no password', () => {
  expect(findSecrets('{"password": "Contraseña", "new-password": "パスワードを入力してください。"}', 'all')).toEqual(
    [],
  );
});

describe('manifests of secrets', () => {
  const encode = (text: string) => Buffer.from(text).toString('base64');
  const manifest = (rows: string) => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: bank\n${rows}`;
  const found = (text: string) => findSecrets(text, 'settings').map(({ kind, line }) => `${kind} ${line}`);

  test.each([
    ['a value', `data:\n  code: ${encode('kd92Lmq7!Zt')}\n`, ['kubernetes-secret 6']],
    [
      'a block',
      `data:\n  .dockercfg: |\n    ${encode('{"auths":{"r.io":{"auth":"kd9"}}}')}\n`,
      ['kubernetes-secret 7'],
    ],
    ['a plain value', 'stringData:\n  rcon: JdxWjqhjWLTB7wn9qtNH2TXwW4p # once\n', ['kubernetes-secret 6']],
    ['nothing', 'data:\n  code: ""\ntype: Opaque\n', []],
    ['a template', join('stringData:\n  password: $', '{bank.password}\n'), []],
    ['a certificate', `data:\n  tls.crt: ${encode('kd92Lmq7!Zt kd92Lmq7!Zt')}\n`, []],
  ])('%s', (_, rows, expected) => {
    expect(found(manifest(rows))).toEqual(expected);
  });

  test.each([
    ['whose kind stands below its data', `data:\n  code: ${encode('kd92Lmq7!Zt')}\nkind: Secret\n`, 2],
    [
      'in a list, beside another kind',
      `kind: List\nitems:\n- kind: ConfigMap\n  data:\n    code: ${encode('a1b2 of c3d4')}\n- kind: Secret\n  data:\n    code: ${encode('kd92Lmq7!Zt')}\n`,
      8,
    ],
    ['whose data begins an item', `items:\n  - data:\n      code: ${encode('kd92Lmq7!Zt')}\n    kind: Secret\n`, 3],
  ])('one %s', (_, text, line) => {
    expect(found(text)).toEqual([`kubernetes-secret ${line}`]);
  });

  test('one in JSON', () => {
    const text = JSON.stringify({ kind: 'Secret', data: { code: encode('kd92Lmq7!Zt') } }, null, 2);

    expect(findSecrets(text, 'json')).toMatchObject([{ kind: 'kubernetes-secret', line: 4 }]);
  });

  test.each([
    [
      'a map that names a Secret',
      `kind: ConfigMap\nrefs:\n  - kind: Secret\ndata:\n  code: ${encode('kd92Lmq7!Zt')}\n`,
    ],
    [
      'a map that names a Secret in itself',
      `kind: ConfigMap\ndata:\n  code: ${encode('kd92Lmq7!Zt')}\n  kind: Secret\n`,
    ],
  ])('%s is none', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  test('source code holds no manifests', () => {
    const text = `const x = {\n  kind: 'Secret',\n  data: {\n    code: '${encode('kd92Lmq7!Zt')}',\n  },\n};\n`;

    expect(findSecrets(text, 'all')).toEqual([]);
  });

  test('manifests of another kind hold what they hold', () => {
    expect(found(`kind: SealedSecret\ndata:\n  code: ${encode('kd92Lmq7!Zt')}\n`)).toEqual([]);
  });

  test('hostile manifests take no time', () => {
    const before = cpuTimeMs();

    findSecrets(`kind: Secret\n${'---\n'.repeat(5000)}`, 'settings');
    findSecrets(`kind: Secret\ndata:\n${'  a: '.repeat(20_000)}`, 'settings');
    findSecrets(
      `kind: Secret\n${Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}data:`).join('\n')}`,
      'settings',
    );

    expect(cpuTimeMs() - before).toBeLessThan(1000);
  });
});

test('a key in base64 is a key', () => {
  expect(kinds(Buffer.from(PEM).toString('base64'))).toEqual(['private-key']);
});

test('a file that is named after its value is that value', () => {
  const value = join('2dyKPI359SlFVIEKoL9', 'qakPlP5xuQDxZ9aGP45');

  expect(findSecrets(`# for the bank\n${value}\n`, 'value')).toMatchObject([{ line: 2, kind: 'generic' }]);
  expect(findSecrets('see the vault\n', 'value')).toEqual([]);
});

describe('findSecrets', () => {
  test.each([
    ['aws-access-key', `id = ${AWS}`],
    ['github-token', `export TOKEN=${GITHUB}`],
    ['slack-token', `slack: ${SLACK}`],
    ['stripe-key', `const key = '${STRIPE}';`],
    ['google-api-key', `key=${GOOGLE}`],
    ['sendgrid-key', `"${SENDGRID}"`],
    ['jwt', `Authorization: Bearer ${JWT}`],
    ['private-key', PEM],
    ['private-key', `key = "${PEM.replaceAll('\n', '\\n')}"`],
    ['connection-string', join('url: postgres://app:', 'kX9vQ2mZ7w', '@db.prod.acme.io:5432/app')],
    ['generic', join('api_key = "', 'k8Jd72hSlq0Zx93mVbT4', '"')],
    ['generic', join('"password": "', 'Tr7!kd92&Lm', '"')],
    ['generic', join('const clientSecret: string = "', 'k8Jd72hSlq0Zx93mVbT4', '"')],
  ])('finds %s', (kind, text) => {
    expect(kinds(text)).toEqual([kind]);
  });

  test.each([
    ['the documented AWS key', 'AKIAIOSFODNN7EXAMPLE'],
    ['a placeholder', 'password = "change-me-please-123"'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference as settings write it
    ['a reference to the environment', 'token: "${GITHUB_TOKEN_2024_ABCDEF}"'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference as pipelines write it
    ['a reference to a secret of the pipeline', 'token: "${{ secrets.DEPLOY_TOKEN_9a8b7c }}"'],
    ['a call', 'const token = "getToken(request9a8b7c)";'],
    ['one character over and over', `api_key = "${'a1'.repeat(12)}"`],
    ['a sequence', 'token = "abcdefghijklmnop1234567"'],
    ['an identifier', 'secret: "kubernetes-production-cluster-2"'],
    ['a name of something else', 'token_url = "k8Jd72hSlq0Zx93mVbT4"'],
    ['a path', 'private_key = "/etc/ssl/private/server-2024.pem"'],
    ['an address', 'token: "https://auth.acme.io/v2/token?x=9a8b7c6d"'],
    ['a local database', 'postgres://app:kX9vQ2mZ7w@localhost:5432/app'],
    ['a service of a compose file', 'postgres://app:kX9vQ2mZ7w@db:5432/app'],
    ['an example address', 'mysql://user:kX9vQ2mZ7w@db.example.com/app'],
    ['a header without a key', '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----'],
    ['a UUID', 'secret = "7f1c2c54-3c8e-4a0b-9d52-0a6f6f0e2b11"'],
    ['a regular expression', 'const TOKEN = "[A-Za-z0-9._~+/-]+=*";'],
    [
      'the token every tutorial shows',
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
    ],
    ['prose', 'The token must be 1234 characters and the "password" field is a string.'],
    ['a key of a translation', '"password": "auth.errors.passwordTooShort1"'],
  ])('does not report %s', (_name, text) => {
    expect(kinds(text)).toEqual([]);
  });

  test('gives the line, a mask and a hash, and never the value', () => {
    const [secret] = findSecrets(`a\nb\nkey: ${GITHUB}\n`, 'all');

    expect(secret).toEqual({
      line: 3,
      kind: 'github-token',
      masked: 'ghp_****17',
      hash: secretHash(GITHUB),
      confidence: 0.98,
    });
    expect(JSON.stringify(findSecrets(`${AWS} ${SLACK}\n${PEM}`, 'all'))).not.toMatch(/QX7ZP2M4|263594206564|MIIE/);
  });

  test('doubts a GitHub token whose checksum is wrong', () => {
    expect(findSecrets(`${GITHUB.slice(0, -1)}8`, 'all')).toMatchObject([{ confidence: 0.6 }]);
  });

  test('doubts what a comment allows', () => {
    expect(findSecrets(`${AWS} # gitleaks:allow`, 'all')[0]?.confidence).toBeLessThan(0.5);
  });

  test('takes values without quotes from files of settings only', () => {
    const text =
      'API_TOKEN=k8Jd72hSlq0Zx93mVbT4\n  password: Tr7!kd92Lm # prod\ntoken: kubernetes-production-cluster-2\nsecret: other.name.2\n';

    expect(findSecrets(text, 'settings').map(({ line }) => line)).toEqual([1, 2]);
    expect(findSecrets(text, 'all')).toEqual([]);
  });

  test('looks only for known formats in files full of hashes', () => {
    const text = `token = "k8Jd72hSlq0Zx93mVbT4"\n${AWS}`;

    expect(findSecrets(text, 'formats').map(({ kind }) => kind)).toEqual(['aws-access-key']);
  });

  test('finds several on one line once each', () => {
    expect(kinds(`${AWS} ${STRIPE} ${AWS.replace('Q', 'R')}`)).toHaveLength(3);
  });

  test('takes no more than its share of time for lines made to slow patterns down', () => {
    const hostile = (size: number) =>
      [
        'password'.repeat(2_000 * size),
        `${'token_'.repeat(3_000 * size)}= "`,
        `aws${' '.repeat(15_000 * size)}secret`,
        `eyJ${'a.eyJ'.repeat(3_000 * size)}`,
        `postgres://${'a:'.repeat(8_000 * size)}@`,
        `kind: Secret\ndata:\n  k: a${' '.repeat(4_000 * size)}"\n  block: |\n    ${Buffer.from('<'.repeat(9_000 * size)).toString('base64')}`,
      ].join('\n');
    const timeOf = (text: string) => {
      const start = cpuTimeMs();
      findSecrets(text, 'all');
      findSecrets(text, 'settings');
      return cpuTimeMs() - start;
    };
    const [once, twice] = [hostile(2), hostile(4)];
    timeOf(once);

    const single = timeOf(once);

    // What grows with the square takes four times as long.
    expect(timeOf(twice)).toBeLessThan(3 * single + 20);
  });

  test('never throws and never returns the text it was given', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom(AWS, 'password = "', '"', '\n', '-----BEGIN ', '://', 'token:'),
            fc.string({ unit: 'binary' }),
          ),
        ),
        (parts) => {
          for (const secret of findSecrets(parts.join(''), 'all')) expect(JSON.stringify(secret)).not.toContain(AWS);
        },
      ),
    );
  });
});
