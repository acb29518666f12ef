import { describe, expect, test } from 'vitest';
import { ERROR_STATUS } from '@/lib/errors';
import { magics } from '@/lib/magics/registry';
import { LANGUAGES } from '@/lib/magics/types';
import { CLI_TEXTS } from './cli';
import { messagesIn } from './messages';
import { problemText } from './problem-text';
import { REASON_TEXTS } from './reasons';
import { REPORT_TEXTS } from './report';

function texts(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => texts(part, `${path}.${key}`));
}

describe.each(LANGUAGES)('the texts in %s', (language) => {
  const t = messagesIn(language);

  test.each(Object.keys(ERROR_STATUS))('say what the error %s means', (code) => {
    expect(Object.hasOwn(t.errors.codes, code)).toBe(true);
  });

  test('read an unknown or inherited code as an internal error', () => {
    expect(problemText(t, 'constructor')).toBe(t.errors.codes.internal);
  });

  test('name each magic as its definition does', () => {
    const names = magics.map(({ id, title }) => [id, title[language]]);

    expect(Object.entries(t.common.magics)).toEqual(names);
  });

  test('are never empty', () => {
    expect(texts(t, language).filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});

test('Japanese texts are Japanese, but for names and abbreviations', () => {
  const SAME =
    /^(API|EN|Ancient Elder|CSV|JSON|YAML|CloudNativePG|SeaweedFS|SARIF 2\.1\.0|JUnit XML|GitLab Code Quality|CycloneDX 1\.6|Slack|Discord|Microsoft Teams|checkout-api|Webhook|GitHub|GitLab|Bitbucket Cloud|Bitbucket Data Center|Azure DevOps|(?:Repository s|S)ettings → Webhooks → [\w →]+|[\W\d]*)$/;
  const english = new Map(texts(messagesIn('en'), ''));

  const untranslated = texts(messagesIn('ja'), '').filter(
    ([path, text]) => english.get(path) === text && !SAME.test(text),
  );

  expect(untranslated).toEqual([]);
});

/** Sentences of the same form that name no control. */
const NO_CONTROLS = ['magic.valueOf', 'operations.stores.connectionsOf'];

type NamedControl = [path: string, seen: string, name: string];

/** Controls that are seen as `remove` and named as `removeOf(what)`. */
function namedControls(value: object, path = ''): NamedControl[] {
  const parts = new Map<string, unknown>(Object.entries(value));
  return [...parts].flatMap(([key, part]): NamedControl[] => {
    const here = path === '' ? key : `${path}.${key}`;
    if (typeof part === 'object' && part !== null) return namedControls(part, here);
    const seen = key.endsWith('Of') && parts.get(key.slice(0, -'Of'.length));
    if (typeof part !== 'function' || typeof seen !== 'string' || NO_CONTROLS.includes(here)) return [];
    return [[here, seen, part('X', 'Y', 'Z')]];
  });
}

test.each(LANGUAGES)('the name of a control in %s holds what is seen on it, for those who speak to it', (language) => {
  const named = namedControls(messagesIn(language));

  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(([, seen, name]) => !name.toLowerCase().includes(seen.toLowerCase()))).toEqual([]);
});

test('Japanese texts keep to one word for one thing, and one way to write it', () => {
  const OTHERS =
    /判断保留|健全性スコア|リポジトリー|関門|構築|[一二三四五六七八九]つ|% (?=[\u3040-\u30ff\u4e00-\u9fff])/;
  const ofRules = magics.map(({ title, says, groups, rules }) => [
    says.ja,
    title.ja,
    ...groups.map((group) => group.title.ja),
    ...rules.map(({ title: asks, why, fix, messages }) => [
      asks.ja,
      why.ja,
      fix.ja,
      ...Object.values(messages).map(({ ja }) => ja),
    ]),
  ]);
  const all = texts([messagesIn('ja'), CLI_TEXTS.ja, REPORT_TEXTS.ja, REASON_TEXTS, ofRules], '');

  expect(all.filter(([, text]) => OTHERS.test(text))).toEqual([]);
  expect(magics.filter(({ says }) => !/(?:です|ます|せん)。$/.test(says.ja)).map(({ id }) => id)).toEqual([]);
});

test('a summary speaks of one and of many', () => {
  const { projects } = messagesIn('en');

  expect(projects.summary('81', projects.within['30_days']('up 2'), 1, 3)).toBe(
    'Portfolio health **81**, up 2 in 30 days. One gate fails; 3 new findings are critical.',
  );
  expect(projects.summary('81', projects.within.first_audit('down 1'), 0, 0)).toContain(
    '**81**, down 1 since the first audit.',
  );
  expect(projects.summary('81', null, 0, 1)).toBe('Portfolio health **81**. One new finding is critical.');
  expect(projects.summary(null, null, 0, 0)).toBe('No project has a score yet.');
});

test('components are said to depend on one person, not to be known by one', () => {
  const [english, japanese] = LANGUAGES.map((language) => messagesIn(language).components);

  expect(english?.lead(9, 0, 3)).toBe('9 components, as audit #3 saw them; none depends on one person alone.');
  expect(english?.lead(9, 1, 3)).toContain('; 1 depends on one person for more than half of the files.');
  expect(english?.lead(9, 2, 3)).toContain('; 2 depend on one person for more than half of the files.');
  expect(japanese?.lead(9, 2, 3)).toContain('うち2個は、半数を超えるファイルを1人に頼っています。');
});
