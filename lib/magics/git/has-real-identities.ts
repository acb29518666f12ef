import * as z from 'zod';
import { percent } from '../commits';
import { type CheckOutput, defineRule, type Examples } from '../define';
import type { CommitFact } from '../facts/history';
import { compareText } from '../hash';
import { changes } from '../sketches';

const MAX_LISTED = 20;

/** Host names that Git makes up, that are reserved, or that tell a machine and not a person. */
const NO_HOST =
  /@(?:localhost|.*\.(?:local|localdomain|lan|home|internal|invalid|test|example|\(none\))|\(none\)|example\.(?:com|org|net)|(?:desktop|laptop|win)-[a-z0-9]{6,}|(?:email|domain|yourdomain|mydomain|company|yourcompany)\.com|none|unknown)$/;
const NO_USER =
  /^(?:(?:you|your[._-]?(?:e?mail|name)|user|username|none|null|unknown|nobody|anonymous|test|root|foo|changeme)@.*\.(?:com|org|net|local)|root@.*)$/;

export function isPlaceholderAddress(address: string): boolean {
  return !/^[^@\s]+@[^@\s]+$/.test(address) || NO_HOST.test(address) || NO_USER.test(address);
}

/** The forge stands in for the address of those who hide theirs: that is one person with one identity. */
const HIDDEN = /@(?:users\.noreply\.[\w.-]+|noreply\.[\w.-]+|users\.noreply\.github\.com)$/;
const FULL_NAME = /^\p{L}[\p{L}.'’-]*(?:\s+\p{L}[\p{L}.'’-]*)+$|^\p{Script=Han}{3,}$/u;

function byAuthor(commits: readonly CommitFact[]): Map<string, CommitFact[]> {
  const grouped = new Map<string, CommitFact[]>();
  for (const commit of commits) grouped.set(commit.author, [...(grouped.get(commit.author) ?? []), commit]);
  return grouped;
}

/** Full names with several open addresses each, sorted. */
function manyAddresses(commits: readonly CommitFact[]): [name: string, addresses: string[]][] {
  const named = new Map<string, Set<string>>();
  for (const { author, authorName } of commits) {
    if (!FULL_NAME.test(authorName) || HIDDEN.test(author) || isPlaceholderAddress(author)) continue;
    const name = authorName.toLowerCase().replace(/\s+/g, ' ');
    named.set(name, (named.get(name) ?? new Set()).add(author));
  }
  return [...named]
    .filter(([, addresses]) => addresses.size > 1)
    .map(([name, addresses]): [string, string[]] => [name, [...addresses].sort(compareText)])
    .sort(([a], [b]) => compareText(a, b));
}

const by = (author: string, message = 'Add a parser') =>
  changes(message).map((commit) => ({ ...commit, author, files: { [`src/${message.length}.ts`]: `// ${author}\n` } }));

export const hasRealIdentities = defineRule({
  id: 'git/has-real-identities',
  catalogue: 'GIT-17',
  group: 'identity',
  severity: 'low',
  confidence: 0.9,
  needs: ['commits'],
  limits: { per: 'measure', good: 0, bad: 0.05, range: [0, 1] },
  effort: 'trivial',
  references: ['https://git-scm.com/docs/gitmailmap', 'https://developercertificate.org'],
  tags: ['ISO27001 A.8.4', 'SOC2 CC8.1', 'OSPS AC'],
  options: z.object({}),

  title: { en: 'Authors can be told apart and reached', ja: '作者を特定できる' },
  why: {
    en: 'Who to ask, who knows a part and who approved a change are answered by identities. A made-up one answers nothing.',
    ja: '誰に聞くべきか、誰が詳しいか、誰が承認したかは、作者の情報から分かります。仮のアドレスでは何も分かりません。',
  },
  fix: {
    en: 'Set user.name and user.email where the commits are made, and join old addresses of one person in .mailmap.',
    ja: 'コミットする環境で user.name と user.email を設定し、同じ人の古いアドレスは .mailmap でまとめてください。',
  },
  messages: {
    placeholder: {
      en: '{count} {count|commit carries|commits carry} the address “{address}”, which belongs to nobody.',
      ja: '{count}件のコミットに、誰のものでもないアドレス「{address}」が使われています。',
    },
    addresses: {
      en: 'One author commits under {count} addresses that .mailmap does not join.',
      ja: '1人の作者が、.mailmap でまとめられていない{count}個のアドレスでコミットしています。',
    },
  },
  examples: (): Examples => ({
    bad: [
      { commits: by('root <root@3f2a9c1b7d4e>') },
      { commits: by('花子 <hanako@HANAKO-no-MacBook.local>') },
      { commits: by('Your Name <you@example.com>') },
      { commits: [...by('Bo Lind <bo@acme.io>'), ...by('Bo Lind <bo.lind@home.se>', 'Read dates')] },
    ],
    good: [
      { commits: by('Bo Lind <bo@acme.io>') },
      { commits: [...by('Bo Lind <bo@acme.io>'), ...by('Bo Lind <17+bo@users.noreply.github.com>', 'Read dates')] },
      {
        commits: [
          {
            message: 'Join',
            files: { '.mailmap': 'Bo Lind <bo@acme.io> <bo.lind@home.se>\n' },
            author: 'B <b@acme.io>',
          },
          ...by('Bo Lind <bo@acme.io>'),
          ...by('Bo Lind <bo.lind@home.se>', 'Read dates'),
        ],
      },
      { commits: [...by('bo <bo@acme.io>'), ...by('bo <bo@other.jp>', 'Read dates')] },
      { commits: by('Test Engineering <testing@acme.io>') },
      { commits: by('Bo Lind <mail@bolind.org>') },
      { commits: by('dependabot[bot] <support@github.com>').concat(by('山田 花子 <hanako@acme.co.jp>')) },
    ],
  }),

  *check({ commits }): CheckOutput {
    const judged = commits.filter(({ isBot }) => !isBot);
    const authors = byAuthor(judged);
    const placeholders = [...authors].filter(([address]) => isPlaceholderAddress(address));
    const people = manyAddresses(judged);
    const surplus = people.reduce((sum, [, addresses]) => sum + addresses.length - 1, 0);
    for (const [address, made] of placeholders.sort(([a], [b]) => compareText(a, b)).slice(0, MAX_LISTED)) {
      yield {
        messageId: 'placeholder',
        data: { address: address.slice(0, 100), count: made.length },
        commits: made.slice(0, MAX_LISTED).map(({ id }) => id),
        anchor: `placeholder ${address}`,
      };
    }
    for (const [name, addresses] of people.slice(0, MAX_LISTED)) {
      yield {
        messageId: 'addresses',
        data: { count: addresses.length },
        commits: addresses.flatMap((address) => authors.get(address)?.[0]?.id ?? []),
        evidence: addresses.join(', '),
        anchor: `addresses ${name}`,
      };
    }
    const signedOff = judged.filter(({ trailers }) =>
      trailers.some(({ key }) => key.toLowerCase() === 'signed-off-by'),
    );
    return {
      value: (placeholders.length + surplus) / authors.size,
      population: judged.length,
      metrics: { signed_off_percent: percent(signedOff.length, judged.length) },
    };
  },
});
