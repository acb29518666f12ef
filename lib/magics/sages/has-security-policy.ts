import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import type { DocumentFact } from '../facts/project';

const POLICY = /^(?:\.github\/|\.gitlab\/|docs?\/)?security(?:[-_]policy)?(?:\.(?:md|markdown|rst|adoc|txt))?$/i;
const README = /^readme(?:\.\w+)?$/i;
const MAX_LINE = 500;
const GUIDE = /^(?:\.github\/|docs\/)?(?:readme|contributing)(?:\.\w+)?$/i;
const MAX_TEXT = 64_000;
/** The host shows it there, also when it is kept for the whole organisation. */
const LINK_TO_POLICY = /\/security\/policy\b|security-ov-file|\/security\.(?:md|rst|txt)\b/i;

const EMAIL =
  /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+|\b[\w.+-]+(?:\s*[[(]at[\])]\s*|\s+at\s+)[\w-]+(?:\s*[[(]dot[\])]\s*|\s+dot\s+|\.)\w+/iu;
const LINK = /https?:\/\/\S+/g;
const PRIVATE_REPORT =
  /private(?:ly)? (?:vulnerability )?report|security (?:tab|advisor)|report a vulnerability|非公開/i;
const PROCESS =
  /\b(?:\d+|one|two|three|five|seven|ten|fourteen|thirty|ninety)[ -](?:business |working )?(?:hours?|days?|weeks?|months?)\b|\b(?:a few|several|some) (?:business |working )?(?:hours|days|weeks)\b|timeline|disclos|embargo|acknowledg|respond within|supported versions|\d+\s*(?:日|営業日|時間|週間)|開示|公表|対応期限/i;

/** Points of the Scorecard check: where to report 6, how in own words 3, what happens then 1. */
const POINTS = { contact: 6, text: 3, process: 1 } as const;
type Part = keyof typeof POINTS;

/** The section under a heading about security, for projects that keep the policy in the README. */
function securitySection(readme: string): string | null {
  const match =
    /^(?<marks>#{1,4})\s*(?:[^\n]{0,40}\b(?:security|vulnerabilit(?:y|ies))\b[^\n]{0,40}|[^\n]{0,20}(?:セキュリティ|脆弱性)[^\n]{0,20})\n(?<body>[\s\S]{0,4000}?)(?=^#{1,4}\s|$(?![\s\S]))/im.exec(
      readme,
    );
  const body = match?.groups?.body ?? null;
  return body && /report|vulnerab|disclos|報告|脆弱/i.test(body) ? body : null;
}

function partsOf(text: string): Set<Part> {
  const parts = new Set<Part>();
  const links = text.match(LINK) ?? [];
  if (EMAIL.test(text) || links.length > 0 || PRIVATE_REPORT.test(text)) parts.add('contact');
  const prose = text.replace(LINK, '').replace(/^#.*$/gm, '').replace(/\s+/g, ' ').trim();
  if (prose.length >= 60 || /[\p{sc=Hiragana}\p{sc=Han}][^\n]{30}/u.test(prose)) parts.add('text');
  if (PROCESS.test(text)) parts.add('process');
  return parts;
}

/** One line in a guide that says where to report to. */
function reportingLine(text: string): string | null {
  const lines = text.slice(0, MAX_TEXT).split('\n');
  const at = lines.findIndex(
    (line) =>
      line.length <= MAX_LINE &&
      /\bsecurity (?:issues?|bugs?|problems?|vulnerabilit)|vulnerabilit/i.test(line) &&
      /\b(?:report|e-?mail|contact|disclos)/i.test(line) &&
      /\w@\w/.test(line),
  );
  return at < 0 ? null : `${lines[at]}\n${lines[at + 1]?.slice(0, MAX_LINE) ?? ''}`;
}

function findPolicy(documents: readonly DocumentFact[]): { path: string; text: string } | null {
  const own = documents.filter(({ path }) => POLICY.test(path)).sort((a, b) => a.path.length - b.path.length)[0];
  if (own) return { path: own.path, text: own.text.slice(0, MAX_TEXT) };
  const readme = documents.find(({ path }) => README.test(path));
  const section = readme ? securitySection(readme.text.slice(0, MAX_TEXT)) : null;
  if (readme && section) return { path: readme.path, text: section };
  const told = documents.flatMap(({ path, text }) => {
    const line = GUIDE.test(path) ? reportingLine(text) : null;
    return line === null ? [] : [{ path, text: line }];
  });
  return told[0] ?? null;
}

export const hasSecurityPolicy = defineRule({
  id: 'sages/has-security-policy',
  catalogue: 'SAG-I1',
  group: 'incident',
  severity: 'medium',
  confidence: 0.85,
  needs: ['documents'],
  limits: { per: 'measure', good: 10, bad: 0, range: [0, 10] },
  effort: 'trivial',
  references: ['https://github.com/ossf/scorecard/blob/main/docs/checks.md#security-policy'],
  tags: ['OSPS-VM-02', 'NIST SSDF RV.1', 'ISO27001 A.8.8', 'ISO29147'],
  options: z.object({}),

  title: { en: 'People know how to report a vulnerability', ja: '脆弱性の報告先を示す' },
  why: {
    en: 'Who finds a hole and no private way to report it tells everyone, or no one.',
    ja: '脆弱性を見つけても非公開の報告先がなければ、公に書かれるか、黙って放置されます。',
  },
  fix: {
    en: 'Add a SECURITY.md with a private contact, what to send, and when to expect an answer.',
    ja: '非公開の連絡先、送ってほしい情報、返答の時期を書いた SECURITY.md を置いてください。',
  },
  messages: {
    none: {
      en: 'There is no security policy in the repository.',
      ja: 'リポジトリにセキュリティポリシーがありません。',
    },
    contact: {
      en: 'The policy names no e-mail address or link to report to.',
      ja: 'ポリシーに、報告先のメールアドレスやリンクがありません。',
    },
    text: {
      en: 'The policy says too little: what to send, and how.',
      ja: 'ポリシーの説明が足りません。何をどう送ればよいかを書いてください。',
    },
    process: {
      en: 'The policy does not say what happens after a report, and when.',
      ja: '報告の後に何がいつ行われるかが、ポリシーに書かれていません。',
    },
  },
  examples: {
    bad: [
      { files: { 'README.md': '# dates\n\n## Security\n\nAll traffic is encrypted.\n' } },
      { files: { 'SECURITY.md': '# Security\n\nPlease be careful.\n' } },
      {
        files: {
          'SECURITY.md':
            '# セキュリティ\n\n脆弱性は公開の課題には書かずに報告してください。ご協力をお願いいたします。どうぞよろしくお願いします。\n',
        },
      },
    ],
    good: [
      {
        files: {
          'README.md':
            '# a\n\n### Vulnerability reporting\n\nFor reporting a security vulnerability, please write to https://example.org/key with the steps to reproduce it. We respond within five days.\n\n## Licence\n',
        },
      },
      {
        files: {
          'README.md':
            '# a\n\n## Security issues\n\nIf you discover a vulnerability, see [the policy](https://github.com/acme/a/security/policy).\n',
        },
      },
      {
        files: {
          'CONTRIBUTING.md':
            '# Contributing\n\n- For security issues, e-mail security@example.org with the steps to reproduce it instead of posting publicly. We answer within 3 days.\n',
        },
      },
      {
        files: {
          'SECURITY.md':
            '# Security\n\nReport what you found privately to security@example.org, with the steps to reproduce it. You should receive an answer within a few days.\n',
        },
      },
      {
        files: {
          'SECURITY.md':
            '# Security\n\nPlease do not open an issue. Write to security@example.org with the version and the steps to reproduce it.\nYou get an answer within 3 days; we disclose after 90 days.\n',
        },
      },
      {
        files: {
          '.github/SECURITY.md':
            '# セキュリティ\n\n脆弱性は公開の課題には書かず、窓口@example.org まで再現手順とバージョンを添えてご連絡ください。3 営業日以内に返答します。\n',
        },
      },
      {
        files: {
          'README.md':
            '# a\n\n## Reporting security issues\n\nTo report a vulnerability use https://example.org/report and describe the version, the platform and the steps to reproduce it. We respond within five days.\n\n## Licence\n',
        },
      },
    ],
  },

  *check({ documents }): CheckOutput {
    const policy = findPolicy(documents);
    if (!policy) {
      yield { messageId: 'none', anchor: 'none' };
      return { value: 0 };
    }
    if (README.test(policy.path) && LINK_TO_POLICY.test(policy.text))
      return { value: POINTS.contact + POINTS.text + POINTS.process };
    const parts = partsOf(policy.text);
    let points = 0;
    for (const part of Object.keys(POINTS) as Part[]) {
      if (parts.has(part)) points += POINTS[part];
      else {
        const severity = part === 'contact' ? 'medium' : 'low';
        yield { messageId: part, location: { path: policy.path, line: 1 }, severity, anchor: part };
      }
    }
    return { value: points };
  },
});
