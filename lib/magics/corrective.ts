import { CORRECTIVE_BIAS, CORRECTIVE_WEIGHTS } from './corrective-weights';
import type { CommitFact } from './facts/history';

type Message = Pick<CommitFact, 'subject' | 'body'>;

/** Words that tell whether a change mends something, looked for in the subject and in the body. */
const WORDS: Readonly<Record<string, RegExp>> = {
  fix: /\b(?:re-?)?fix(?:e[sd]|ing|up|ups|ed-up)?\b|修正|直す|直した/i,
  bug: /\b(?:bugs?|buggy|bug-?fix(?:es|ed)?|hot-?fix|buglets?)\b|バグ|不具合|障害/i,
  error: /\b(?:errors?|problems?|issues?)\b|問題/i,
  wrong: /\b(?:wrong(?:ly)?|incorrect(?:ly)?|broken|erroneous(?:ly)?|bogus|mistakes?n?|faulty|invalid)\b|誤り|誤った/i,
  crash:
    /\b(?:crash(?:e[sd]|ing)?|leak(?:s|ed|ing|age)?|races?|deadlocks?|oops(?:es)?|panics?|segfaults?|hangs?|overflows?|overruns?|underflow|out[- ]of[- ]bounds|use[- ]after[- ]free|dangling|corruption|dereference|npe|regress(?:ions?|ed))\b|クラッシュ/i,
  fail: /\bfail(?:s|ed|ing|ures?)?\b|失敗/i,
  missing: /\b(?:missing|missed|forgot(?:ten)?|lost)\b|漏れ/i,
  revert: /\brevert(?:s|ed|ing)?\b|\bundo\b|\b(?:roll(?:ed|ing)?|back(?:ed|ing)?) (?:back|out)\b/i,
  breaks: /\b(?:br[eo]aks?|breakage|breaking)\b/i,
  works:
    /\b(?:not work(?:ing)?|work(?:s|ing)? (?:correctly|properly|again)|properly|proper|right)\b|動かない|動作しない/i,
  exception: /\b\w{0,40}(?:exceptions?|error)\b/i,
  problem: /\b(?:problems?|conflicts?|collisions?|clash(?:es)?|noise|instability)\b/i,
  again: /\b(?:again|instead of|still|no longer|accidentally|unnecessar(?:y|ily)|redundant)\b/i,
  prevent: /\b(?:prevents?|avoids?|ensure|make sure)\b|防ぐ|防止/i,
  correct: /\bcorrect(?:ed|s|ing|ly)?\b/i,
  not: /\b(?:do not|don't|doesn't|does not|shouldn't|should not|can't|cannot|couldn't|must not|won't|didn't|never|unable|not)\b/i,
  workaround: /\bwork-?arounds?\b|回避/i,
  null: /\b(?:null|nil|undefined|uninitiali[sz]ed|nan)\b/i,
  handle: /\b(?:handle|check|guard|validate)s?\b/i,
  when: /\b(?:when|after|if)\b/i,
  because: /\b(?:due to|because|caus(?:e[sd]?|ing))\b|原因/i,
  unused: /\b(?:unexpected|unhandled|undeclared|unused|unneeded|bad)\b/i,
  build: /\bbuild\b|\bcompil|ビルド/i,
  test: /\btests?\b|テスト/i,
  add: /\b(?:add|added|adds|support|implement|update|new|remove|move|rename|refactor|clean|use)\b|追加|更新|削除/i,
  closes: /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?) (?:[\w/-]{0,60})#\d|\bgh-\d/i,
  text: /\b(?:typos?|spelling|grammar|lint\w*|\w{0,20}lint|pep8|pyflakes|flake8|rubocop|checkstyle|checkpatch|styl(?:e|es|ing)|formatting|whitespaces?|indent(?:ation|s)?|line endings?|over 80|80 (?:chars|columns?)|camelcase|docs?|documentation|docstrings?|javadocs?|comments?|readme\S{0,8}|changelog|translations?|license|copyright|urls?|links?|warnings?|merge conflicts?|CR|PR|review)\b|誤字|誤植|文言|コメント|整形/i,
};
const FIX_TYPE = /^(?:bug|hot)?fix(?:\([^)]*\))?!?: /i;
const OTHER_TYPE = /^(?:feat|docs?|style|refactor|perf|tests?|build|ci|chore)(?:\([^)]*\))?!?: /i;
const MERGE = /^Merge\b/;
const BRANCH = /'[^']{1,200}'|\bfrom \S+/g;
const NAMED_FIX = /(?:^|[/_-])(?:bug|hot)?fix(?:es)?(?=[/_\s'-]|$)/i;
/** First words that make something new or tidy what there is. */
const MAKES =
  /^(?:\[[^\]]{0,60}\]\s*|[\w/.-]{1,60}: )?(?:(?:add|implement|introduc|support)(?!\w* (?:a |the |some )?missing)|updat|bump|upgrad|release|version|clean|refactor|renam|mov|document|merg|initial|first|remov|delet|improv|creat|convert|simplif|enabl|allow|use|switch|split|extract|optimi)/i;
/** Trailers and what tools append say nothing about the change. */
const TRAILER =
  /^[ \t]*(?:[a-z-]{1,30}-by|cc|change-id|git-svn-id|link|bug|issue|review-url|conflicts|props|refs?):.*$/gim;
const MAX_BODY = 3_000;

/** Features that are no words. */
const FORMS = [
  ...(['defect in code', 'defect in text', 'makes something', 'type fix', 'type other'] as const),
  ...(['merge', 'merge of fixes', 'merge of branch fix', 'no body'] as const),
];
export type CorrectiveFeature = (typeof FORMS)[number] | `${'subject' | 'body'} ${string}`;

/** Each word with the names of its features, in the order of the weights. */
const WORD_FEATURES = Object.entries(WORDS).map(([word, pattern]) => ({
  word,
  pattern,
  inSubject: `subject ${word}` as const,
  inBody: `body ${word}` as const,
}));
/** Every feature a message may have. */
export const CORRECTIVE_FEATURES: readonly CorrectiveFeature[] = [
  ...WORD_FEATURES.flatMap(({ inSubject, inBody }) => [inSubject, inBody]),
  ...FORMS,
];
const DEFECT = new Set(['fix', 'bug', 'error', 'wrong']);
const BODY_DEFECT = new Set(['fix', 'bug', 'wrong']);

/** What a message holds of the words and forms that the weights are for: some of `CORRECTIVE_FEATURES`, in their order. */
export function correctiveFeatures(message: Message): CorrectiveFeature[] {
  const isMerge = MERGE.test(message.subject);
  const text = message.body === '' ? '' : message.body.slice(0, MAX_BODY).replace(TRAILER, '').trim();
  // The subject of a merged request stands below the names of the branches.
  const [title = ''] = isMerge ? text.split('\n', 1) : [];
  const subject = isMerge ? `${message.subject.replace(BRANCH, ' ')} ${title}` : message.subject;
  const body = text.slice(title.length);
  const features: CorrectiveFeature[] = [];
  let isAboutDefect = false;
  let isBodyAboutDefect = false;
  let isAboutText = false;
  for (const { word, pattern, inSubject, inBody } of WORD_FEATURES) {
    if (pattern.test(subject)) {
      features.push(inSubject);
      isAboutDefect ||= DEFECT.has(word);
      isAboutText ||= word === 'text';
    }
    if (body !== '' && pattern.test(body)) {
      features.push(inBody);
      isBodyAboutDefect ||= BODY_DEFECT.has(word);
    }
  }
  if (isAboutDefect) features.push(isAboutText ? 'defect in text' : 'defect in code');
  if (MAKES.test(title === '' ? subject : title)) features.push('makes something');
  if (FIX_TYPE.test(subject)) features.push('type fix');
  if (OTHER_TYPE.test(subject)) features.push('type other');
  if (isMerge) {
    features.push('merge');
    if (isBodyAboutDefect) features.push('merge of fixes');
    if (NAMED_FIX.test(message.subject)) features.push('merge of branch fix');
  }
  if (body.trim() === '') features.push('no body');
  return features;
}

/** Log odds that the change mends something: code, tests or the build. */
export function correctiveScore(message: Message): number {
  return correctiveFeatures(message).reduce(
    (sum, feature) => sum + (CORRECTIVE_WEIGHTS[feature] ?? 0),
    CORRECTIVE_BIAS,
  );
}

/** Several rules ask it of every commit. */
const answers = new WeakMap<Message, boolean>();

/**
 * Does the message say that the change mends something? Wider than `isBugFix`: tests, the build and what was taken back
 * count too. For counting fixes, not for telling an author that a commit is one.
 */
export function isCorrective(message: Message): boolean {
  const known = answers.get(message);
  if (known !== undefined) return known;
  const answer = correctiveScore(message) >= 0;
  answers.set(message, answer);
  return answer;
}
