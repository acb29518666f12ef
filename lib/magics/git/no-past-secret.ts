import * as z from 'zod';
import { classifyPath } from '../classify-path';
import { type CheckOutput, defineRule } from '../define';
import type { PastSecretFact } from '../facts/history';
import { baseName } from '../paths';
import type { Severity } from '../types';

/** Templates of settings hold names and placeholders. */
const SAMPLE =
  /(?:^|[._-])(?:example|sample|template|dist|defaults?|dummy|placeholder|mock|fake|demo|local|dev(?:elopment)?|test(?:ing)?)(?=[._-]|$)/i;
const SURE = 0.9;
const LIKELY = 0.7;
const POSSIBLE = 0.5;

function severityOf({ path, kind, confidence }: PastSecretFact): Severity | null {
  const role = classifyPath(path);
  const isOfProduct = role === 'production' || role === 'configuration' || role === 'data';
  if (!isOfProduct || SAMPLE.test(baseName(path))) return null;
  if (kind === 'generic') return confidence >= LIKELY ? 'low' : null;
  if (confidence >= SURE) return 'high';
  return confidence >= POSSIBLE ? 'medium' : null;
}

// Put together here so that scanners of this repository do not take them for leaks.
const bank = ['ghp', 'q7Rk2VdX9mTz4LsW8nYb3HcJ6pFa1GeU5iQo'].join('_');
const paid = ['sk', 'live', '4eC39HqLyjWDarjtT1zdp7dc'].join('_');
const key = `-----BEGIN ${'RSA PRIVATE KEY'}-----\n${'MIIEowIBAAKCAQEAtq8fT0bZ9xR4uVn2kLs7HcWm3pYdJ6eQ\n'.repeat(6)}-----END ${'RSA PRIVATE KEY'}-----\n`;
const client = (value: string) => ({ 'src/client.ts': `export const token = ${value};\n` });

export const noPastSecret = defineRule({
  id: 'git/no-past-secret',
  catalogue: 'GIT-19',
  group: 'hygiene',
  severity: 'high',
  confidence: 0.9,
  needs: ['pastSecrets', 'secrets'],
  limits: { per: 'sites', good: 0, bad: 1 },
  effort: 'large',
  references: [
    'https://cwe.mitre.org/data/definitions/798.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
    'https://docs.github.com/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository',
  ],
  tags: [
    'CWE-798',
    'OWASP A07',
    'PCI DSS 8.6.2',
    'ISO27001 A.8.4',
    'SOC2 CC6.1',
    'HIPAA 164.312(a)(1)',
    'HIPAA 164.312(d)',
    'GDPR 32(1)(b)',
  ],
  options: z.object({
    /** SHA-256 hashes, as shown with the finding, of values that are no secrets or were revoked. */
    allow: z
      .array(z.string().regex(/^[0-9a-f]{8,64}$/))
      .max(500)
      .default([]),
  }),

  title: { en: 'No secret left in the history', ja: '履歴に秘密情報を残さない' },
  why: {
    en: 'A deleted line stays in every clone and fork. Whoever reads the history can use the credential until it is revoked.',
    ja: '行を消しても、すべての複製とフォークに残ります。失効させるまで、履歴を読める人は誰でも使えます。',
  },
  fix: {
    en: 'Revoke the credential first. Then allow its hash here, or rewrite history if the team agrees.',
    ja: 'まず失効させてください。その後、ここでハッシュを許可するか、チームで合意したうえで履歴を書き換えます。',
  },
  messages: {
    past: {
      en: 'A credential ({kind}) that is gone from the tree is still in history, in “{path}”: {masked}',
      ja: '現在のツリーからは消えた認証情報（{kind}）が、履歴の「{path}」に残っています：{masked}',
    },
    bounded: {
      en: 'Nothing was found in the newest {read} of {commits} commits; older ones are beyond what is read.',
      ja: '新しいほうから{commits}件中{read}件のコミットには見つかりませんでした。それより古いコミットは読み取りの上限を超えています。',
    },
  },
  examples: {
    bad: [
      {
        commits: [
          { message: 'Start', files: { '.env': `BANK_TOKEN=${bank}\n`, 'src/client.ts': 'export {};\n' } },
          { message: 'Read the token from the environment', files: { '.env': null } },
        ],
      },
      {
        commits: [
          { message: 'はじめる', files: { 'deploy/id_rsa': key, 'main.go': 'package main\n' } },
          { message: '鍵を削除', files: { 'deploy/id_rsa': null } },
        ],
      },
      {
        commits: [
          { message: 'Start', files: { 'config/pay.yml': `key: ${paid}\n`, 'app/pay.py': 'pay()\n' } },
          { message: 'Move', files: { 'config/pay.yml': 'key: from the vault\n' } },
        ],
      },
    ],
    good: [
      { files: client(`'${bank}'`) },
      {
        commits: [
          { message: 'Start', files: client("'changeme'") },
          { message: 'Read the token', files: client('process.env.TOKEN') },
        ],
      },
      {
        commits: [
          { message: 'Start', files: { 'tests/fixtures/key.ts': client(`'${bank}'`)['src/client.ts'] } },
          { message: 'Drop', files: { 'tests/fixtures/key.ts': null, 'src/a.ts': 'export {};\n' } },
        ],
      },
      {
        commits: [
          { message: 'Start', files: client(`'${bank}'`) },
          { message: 'Move', files: { 'src/client.ts': null, 'src/api.ts': client(`'${bank}'`)['src/client.ts'] } },
        ],
      },
      {
        commits: [
          { message: 'Start', files: { '.env.example': `TOKEN=${bank}\n`, 'main.rs': 'fn main() {}\n' } },
          { message: 'Drop', files: { '.env.example': null } },
        ],
      },
    ],
  },

  *check({ pastSecrets, secrets }, { allow }): CheckOutput {
    const atHead = new Set(secrets.map(({ hash }) => hash));
    let found = 0;
    let listed = 0;
    for (const row of pastSecrets.secrets) {
      const severity = severityOf(row);
      // What is still in the tree is reported by strict/no-secret, at the line where it stands.
      if (!severity || atHead.has(row.hash) || allow.some((prefix) => row.hash.startsWith(prefix))) continue;
      listed += 1;
      const weight = severity === 'low' ? 0 : 1;
      found += weight;
      yield {
        messageId: 'past',
        data: { kind: row.kind, path: row.path.slice(0, 200), masked: row.masked },
        commits: [row.commitId],
        evidence: row.masked,
        severity,
        confidence: row.confidence,
        anchor: row.hash,
        weight,
      };
    }
    const { commits, readCommits, isWhole } = pastSecrets;
    const metrics = { past_commits_unread: commits - readCommits };
    if (listed === 0 && !isWhole) {
      return { outcome: 'inconclusive', reason: 'bounded', data: { commits, read: readCommits }, metrics };
    }
    return { value: found, metrics };
  },
});
