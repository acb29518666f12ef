import * as z from 'zod';
import { defineRule } from '../define';
import type { SecretFact } from '../facts/code';
import { baseName } from '../paths';
import type { Severity } from '../types';

/** Templates of settings hold names and placeholders. */
const SAMPLE =
  /(?:^|[._-])(?:example|sample|template|dist|defaults?|dummy|placeholder|mock|fake|demo|local)(?=[._-]|$)/i;
/** Keys that are made up for tests say so in their names. */
const FAKE_KEY = /(?:^|[._-])(?:dummy|stub|fake|mock|placeholder)(?=[._-]|$)/i;
const SURE = 0.9;
const LIKELY = 0.7;
const POSSIBLE = 0.5;
/** Where one may be none, it costs less. */
const WEIGHTS: Record<Severity, number> = { critical: 1, high: 1, medium: 0.5, low: 0.25, info: 0 };

/** How grave a credential is where it stands; null when it is not reported. */
export function severityOfSecret({ role, kind, confidence, path }: SecretFact): Severity | null {
  const isGeneric = kind.startsWith('generic');
  if (role === 'production' || role === 'configuration' || role === 'data') {
    if (kind === 'private-key' && FAKE_KEY.test(baseName(path))) return null;
    if (SAMPLE.test(baseName(path))) return confidence >= SURE && !isGeneric ? 'medium' : null;
    if (confidence >= SURE && !isGeneric) return role === 'data' ? 'high' : 'critical';
    if (!isGeneric && confidence >= POSSIBLE) return 'high';
    return confidence >= LIKELY ? 'medium' : confidence >= POSSIBLE ? 'low' : null;
  }
  const isElsewhere = role === 'test' || role === 'fixture' || role === 'documentation' || role === 'generated';
  return isElsewhere && confidence >= SURE && !isGeneric ? 'low' : null;
}

const bank = ['ghp', 'q7Rk2VdX9mTz4LsW8nYb3HcJ6pFa1GeU5iQo'].join('_');
const cloud = ['AKIA', 'Q3ZT7WKJ2XNB5RVM'].join('');
/** Text in base64 without a digit or a name that would tell. */
const encoded = ['VGhlIHZhdWx0', 'IG9wZW5zIGF0IHNpeA=='].join('');
const key = (kind: string) =>
  `-----BEGIN ${kind} PRIVATE KEY-----\n${'MIIEowIBAAKCAQEAtq8fT0bZ9xR4uVn2kLs7HcWm3pYdJ6eQ\n'.repeat(6)}-----END ${kind} PRIVATE KEY-----\n`;

export const noSecret = defineRule({
  id: 'strict/no-secret',
  catalogue: 'STR-X1',
  group: 'security',
  severity: 'critical',
  confidence: 0.95,
  needs: ['secrets'],
  limits: { per: 'sites', good: 0, bad: 1 },
  references: [
    'https://cwe.mitre.org/data/definitions/798.html',
    'https://rules.sonarsource.com/java/RSPEC-2068/',
    'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
  ],
  tags: [
    'CWE-798',
    'CWE-259',
    'OWASP A07',
    'PCI DSS 8.6.2',
    'ISO27001 A.8.4',
    'SOC2 CC6.1',
    'HIPAA 164.312(a)(1)',
    'HIPAA 164.312(d)',
    'GDPR 32(1)(b)',
  ],
  terms: ['password', 'credential', 'api key', 'token', 'パスワード', '認証情報'],
  options: z.object({
    /** SHA-256 hashes, as shown with the finding, of values that are no secrets. */
    allow: z
      .array(z.string().regex(/^[0-9a-f]{8,64}$/))
      .max(500)
      .default([]),
  }),

  title: { en: 'No secret in the repository', ja: 'リポジトリに秘密情報を置かない' },
  why: {
    en: 'Whoever can read the repository, now or from any old clone, can use it. Deleting the line does not take it back.',
    ja: 'リポジトリを読める人は、古い複製からでもそれを使えます。行を消しても取り戻せません。',
  },
  fix: {
    en: 'Revoke and replace it first. Then read it from the environment or a secret store, and remove it from history.',
    ja: 'まず失効させて再発行してください。その後、環境変数や秘密管理の仕組みから読み、履歴からも取り除いてください。',
  },
  messages: {
    secret: {
      en: 'A credential ({kind}) is readable here: {masked}',
      ja: '認証情報（{kind}）が読める状態です：{masked}',
    },
    elsewhere: {
      en: 'Something that looks like a credential ({kind}) lies among tests or documents: {masked}',
      ja: 'テストや文書の中に、認証情報（{kind}）らしきものがあります：{masked}',
    },
  },
  examples: {
    bad: [
      { files: { 'src/client.ts': `export const token = '${bank}';\n` } },
      { files: { 'config/prod.yaml': `aws_access_key_id: ${cloud}\n` } },
      { files: { 'deploy/id_rsa': key('RSA') } },
      { files: { 'deploy/bank.yaml': `kind: Secret\ndata:\n  code: ${encoded}\n` } },
    ],
    good: [
      {
        files: {
          'compose.yml':
            'environment:\n  # Something like mongodb://sally:sallycard@ds099999.mongolab.com:99999/shop\n  DATABASE: mongodb://mongo:27017/shop\n',
        },
      },
      { files: { 'src/client.ts': 'export const token = env.BANK_TOKEN;\n' } },
      { files: { 'app.py': 'PASSWORD = "changeme"\nAPI_KEY = "<your key here>"\n' } },
      { files: { '.env.example': 'API_KEY=your-api-key\nDATABASE_URL=postgres://user:password@localhost/db\n' } },
      { files: { 'src/i18n.ts': "export const password = 'パスワードを入力してください';\n" } },
      {
        files: {
          'src/node.ts': `export const node = {\n  kind: 'Secret',\n  data: {\n    code: '${encoded}',\n  },\n};\n`,
        },
      },
      {
        files: {
          'deploy/map.yaml': `kind: ConfigMap\nmetadata:\n  ownerReferences:\n    - kind: Secret\ndata:\n  code: ${encoded}\n`,
          'deploy/list.yaml': `kind: List\nitems:\n  - kind: ConfigMap\n    data:\n      code: ${encoded}\n  - kind: Secret\n    data: {}\n`,
        },
      },
    ],
  },

  *check({ secrets }, { allow }) {
    let exposed = 0;
    for (const row of secrets) {
      const severity = severityOfSecret(row);
      if (!severity || allow.some((prefix) => row.hash.startsWith(prefix))) continue;
      const isExposed = row.role === 'production' || row.role === 'configuration' || row.role === 'data';
      const weight = isExposed ? WEIGHTS[severity] : 0;
      exposed += weight;
      yield {
        messageId: isExposed ? 'secret' : 'elsewhere',
        data: { kind: row.kind, masked: row.masked },
        location: { path: row.path, line: row.line },
        evidence: row.masked,
        severity,
        confidence: row.confidence,
        anchor: row.hash,
        weight,
      };
    }
    return { value: exposed };
  },
});
