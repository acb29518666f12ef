import { describe, expect, test } from 'vitest';
import { messagesIn } from '@/lib/i18n/messages';
import { type Finding, LANGUAGES } from '@/lib/magics/types';
import { type AnsweredAudit, buildComment, buildSettledComment, buildSummary, listedOf } from './answer';

const OURS = { language: 'en', template: null } as const;
const LONGEST_COMMENT = 30_000;

function finding(name: string, more: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'integrity/no-unfinished-code',
    magic: 'integrity',
    severity: 'medium',
    confidence: 1,
    path: `src/${name}.ts`,
    startLine: 2,
    endLine: 2,
    related: [],
    commits: [],
    messageId: 'marker',
    data: { marker: 'TODO' },
    evidence: null,
    fingerprint: name,
    ...more,
  };
}

const addressOf = ({ fingerprint }: Finding) => `https://elder.example/compare?from=a&to=b#${fingerprint}`;

function audit(changes: Partial<NonNullable<AnsweredAudit['changes']>>, more: Partial<AnsweredAudit> = {}) {
  const all = { new: [], reopened: [], fixed: [], ...changes };
  const { new: added, reopened, fixed } = listedOf(all);
  return {
    ...{ number: 3, gate: 'failed' as const, gateReason: null, changes: all, url: 'https://elder.example/audits/3' },
    addresses: new Map([...added, ...reopened, ...fixed].map((one) => [one.fingerprint, addressOf(one)])),
    ...more,
  };
}

const linesOf = (text: string | null) => (text ?? '').split('\n').filter((line) => line.startsWith('- '));
const linksIn = (text: string | null) =>
  [...(text ?? '').matchAll(/(?<!\\)\]\((?<url>[^)]*)\)/g)].map(([, url]) => url);
const many = (count: number, more: Partial<Finding> = {}) =>
  Array.from({ length: count }, (_, at) => finding(`f${at}`, more));

describe('the comment on a pull request', () => {
  test('links each finding that is new, open again or fixed to its place', () => {
    const [one, again, gone] = [finding('new'), finding('again'), finding('gone')];
    const told = audit({ new: [one], reopened: [again], fixed: [gone] });

    for (const text of [buildComment(told, OURS), buildSettledComment(told, OURS), buildSummary(told, 'en')]) {
      expect(linesOf(text).map((line) => linksIn(line))).toEqual([one, again, gone].map((its) => [addressOf(its)]));
    }
    expect(linesOf(buildComment(told, OURS))[0]).toMatch(/^- 🟨 Medium: \[.*TODO.*\]\(https:.*#new\) `src\/new.ts:2`$/);
  });

  test('lets no text of the repository out of its link', () => {
    const hostile = finding('x', {
      ...{ path: 'src/](https://evil.example)`.ts', data: { marker: '](https://evil.example) [' } },
    });
    const told = audit({ new: [hostile] }, { addresses: new Map([['x', 'https://elder.example/a) (b']]) });

    const [line = ''] = linesOf(buildComment(told, OURS));
    const [beforeCode = ''] = line.split('``');

    expect(linksIn(beforeCode)).toEqual(['https://elder.example/a%29%20%28b']);
    expect(beforeCode.match(/(?<!\\)\[/g)).toHaveLength(1);
    expect(beforeCode).not.toContain('https://evil');
  });

  test('says what a finding is where there is no page on it', () => {
    const [line] = linesOf(buildComment(audit({ new: [finding('x')] }, { addresses: new Map() }), OURS));

    expect(line).toContain('TODO');
    expect(linksIn(line ?? '')).toEqual([]);
  });

  test('names the first, links them and counts the rest', () => {
    const told = audit({ new: many(18), reopened: many(7), fixed: many(13) });
    const { more } = messagesIn('en').pullRequests;
    const lines = linesOf(buildComment(told, OURS));

    expect(lines.filter((line) => line.includes('#f'))).toHaveLength(30);
    expect(lines.filter((line) => !line.includes('#f'))).toEqual([`- ${more(5)}`, `- ${more(3)}`]);
  });

  test('that is too long loses its links first, then what it lists, and never its verdict', () => {
    const long = (path: string) => audit({ new: many(20, { path }), fixed: many(10, { path }) });
    const wordy = new Map(many(20).map((one) => [one.fingerprint, `${addressOf(one)}${'x'.repeat(1_000)}`]));

    const short = buildComment(long('a.ts'), OURS) ?? '';
    const unlinked = buildComment({ ...long('a'.repeat(500)), addresses: wordy }, OURS) ?? '';
    const bare = buildComment(long('a'.repeat(2_000)), OURS) ?? '';

    expect(linksIn(short)).toHaveLength(31);
    expect(linesOf(unlinked)).toHaveLength(30);
    for (const text of [unlinked, bare]) expect(linksIn(text)).toEqual(['https://elder.example/audits/3']);
    expect(linesOf(bare)).toEqual([]);
    expect(bare).toContain('Gate failed');
    for (const text of [short, unlinked, bare]) expect(text.length).toBeLessThanOrEqual(LONGEST_COMMENT);
  });

  test('is none while the gate passed and nothing is new or fixed', () => {
    expect(buildComment(audit({}, { gate: 'passed' }), OURS)).toBeNull();
    expect(buildComment(audit({ fixed: [finding('x')] }, { gate: 'passed' }), OURS)).not.toBeNull();
  });
});

describe('the comment in the words of a team', () => {
  test.each(LANGUAGES)('has what the template names, where it names it (%s)', (language) => {
    const told = audit({ new: [finding('new')], fixed: [finding('gone')] });
    const words = messagesIn(language).pullRequests;
    const template = '## House rules\n\n{link}\n\n{fixed}\n\n> {gate}\n\n{unknown} $& [wiki](https://wiki.example)';

    const text = buildComment(told, { language, template }) ?? '';

    expect(text).toMatch(/^## House rules\n\n\[/);
    expect(text).toContain(`> ❌ ${words.gates.failed}`);
    expect(text.indexOf('/audits/3')).toBeLessThan(text.indexOf('#gone'));
    expect(text).not.toContain('#new');
    expect(text).toContain('{unknown} $& [wiki](https://wiki.example)');
  });

  test('fills nothing that a finding says', () => {
    const told = audit({ new: [finding('x', { path: null, data: { marker: '{link} {gate} $1' } })] });

    const text = buildComment(told, { language: 'en', template: '{gate}\n\n{new}' }) ?? '';

    expect(text).not.toContain('/audits/3');
    expect(text.split('Gate failed')).toHaveLength(2);
  });

  test('leaves no gap where there is nothing to say', () => {
    const told = audit({ new: [finding('x')] });

    expect(buildComment(told, { language: 'en', template: '{fixed}\n\n{gate}\n\n{fixed}\n\n{link}' })).toMatch(
      /^❌ Gate failed\n\n\[.*\)$/,
    );
  });
});
