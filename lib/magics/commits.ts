import type { CommitFact } from './facts/history';

/** Newest commits that a rule lists one by one; its value counts all of them. */
export const MAX_LISTED_COMMITS = 20;

type Message = Pick<CommitFact, 'subject' | 'body'>;

export interface ConventionalSubject {
  type: string;
  scope: string | null;
  isBreaking: boolean;
  description: string;
}

const CONVENTIONAL = /^(?<type>[A-Za-z][\w-]*)(?:\((?<scope>[^()]*)\))?(?<bang>!)?: (?<description>\S.*)$/u;

/** Reads `type(scope)!: description`; null for any other subject. */
export function parseConventional(subject: string): ConventionalSubject | null {
  const groups = CONVENTIONAL.exec(subject)?.groups;
  if (!groups?.type || !groups.description) return null;
  return {
    type: groups.type.toLowerCase(),
    scope: groups.scope ?? null,
    isBreaking: groups.bang === '!',
    description: groups.description,
  };
}

/** A breaking change as Conventional Commits marks it: `!` or a footer. */
export function isBreaking(commit: Message): boolean {
  return parseConventional(commit.subject)?.isBreaking === true || /^BREAKING[ -]CHANGE: \S/m.test(commit.body);
}

const FIX_TYPES = new Set(['fix', 'bugfix', 'hotfix', 'bug']);
/** Work that a conventional type already tells apart from a fix. */
const OTHER_TYPES = new Set(
  'feat feature docs doc style refactor perf test tests build ci chore revert release types typo dx wip deps merge'.split(
    ' ',
  ),
);
const NOT_CODE_SCOPE = /^(?:deps?|deps-dev|docs?|readme|ci|build|lint|tests?|typos?|types|changelog|release|website)$/i;
const FIX_WORDS =
  /\b(?:fix(?:e[sd]|ing)?|bug[ -]?fix(?:es)?|hot[ -]?fix|regressions?|crash(?:e[sd]|ing)?|deadlocks?|segfaults?|memory leaks?|npe|nullpointerexception)\b|修正|不具合|バグ|障害対応/i;
const NOT_A_BUG =
  /\b(?:typos?|spelling|capitali[sz](?:ation|e[sd]?|ing)|grammar|lint(?:er|ing|s)?|clippy|eslint|format(?:ting)?|docs?|documentation|javadocs?|docstrings?|comments?|readme|changelog|tests?|ci|workflows?|build|compil(?:e|ation|er) warnings?|warnings?|whitespaces?|indent(?:ation)?|style|imports?|licen[cs]e|links?|badges?|examples?|naming|fixtures?|fixed[- ](?:size|length|width|point)|mypy|pyright)\b|誤字|誤植|タイポ|文言|コメント/i;

/** Does the message say that the commit mends a defect of the product (not a typo, the docs, the build)? */
export function isBugFix(commit: Message): boolean {
  const conventional = parseConventional(commit.subject);
  if (conventional && FIX_TYPES.has(conventional.type)) {
    return !NOT_CODE_SCOPE.test(conventional.scope ?? '') && !/^typos?\b|誤字/i.test(conventional.description);
  }
  if (conventional && OTHER_TYPES.has(conventional.type)) return false;
  if (isRevert(commit)) return false;
  return FIX_WORDS.test(commit.subject) && !NOT_A_BUG.test(commit.subject);
}

const REVERTED_ID = /This reverts commit (?<id>[0-9a-f]{7,64})/i;
/** A squashed request lists the subjects of its commits: what one of them took back was never on the branch. */
const SQUASHED_SUBJECT = /^[*-] \S/m;

function revertNamedInBody({ body }: Message): string | null {
  const match = REVERTED_ID.exec(body);
  if (!match || SQUASHED_SUBJECT.test(body.slice(0, match.index))) return null;
  return match.groups?.id?.toLowerCase() ?? null;
}

export function isRevert(commit: Message): boolean {
  return (
    /^Revert(?:ed|s)?\b/i.test(commit.subject) ||
    /^revert(?:\([^()]*\))?!?: /i.test(commit.subject) ||
    revertNamedInBody(commit) !== null
  );
}

/** Id, possibly shortened, of the commit that this one takes back; null when it does not say. */
export function revertedId(commit: Message): string | null {
  return revertNamedInBody(commit);
}

export function isMerge(commit: Pick<CommitFact, 'parents'>): boolean {
  return commit.parents.length > 1;
}

const RELEASE_SUBJECT =
  /^(?:(?:chore|build|ci)\(release\)!?: .*|release(?:[:(]| v?\d| version\b).*|(?:prepar(?:e|ing)(?: for)?|cut|publish|start(?:ing)?) (?:the )?(?:release|version|next) .*|(?:[\w/.-]{1,40}: )?(?:bump(?:ed|s)? (?:the )?versions?\b|prepare (?:the )?(?:repository|branch|tree) for v?\d+\.\d).*|updated? (?:the )?version (?:number )?to v?\d.*|updated? to v?\d+\.\d+(?:\.\d+)*|brew (?:cask|formula) update for .*|bump(?:ed)? (?:to )?v?\d+\.\d.*|version (?:bump|packages|v?\d).*|\[maven-release-plugin\].*|(?:[\w@/.-]+[@ -])?v?\d+\.\d+(?:\.\d+)*(?:[-.+]?[\w.]+)?)$/i;

/** Commits of the release routine: version bumps, `v1.2.3`, release tooling. */
export function isRelease(commit: Pick<CommitFact, 'subject'>): boolean {
  return RELEASE_SUBJECT.test(commit.subject.replace(/^(?::[a-z_]+:|\p{Extended_Pictographic}\uFE0F?)\s*/u, '').trim());
}

const SUBJECT_MARKS = [
  /\((?:[\w.-]+\/[\w.-]+)?[#!]\d+\)\s*$/,
  /^Merge pull request #\d+/,
  /^Merged in .+ \(pull request #\d+\)/,
  /^Merged PR \d+/,
  /^(?:Auto|Rollup) merge of #\d+/,
  /\((?:pull request|PR|MR) [#!]?\d+\)\s*$/i,
  /^(?:PR|MR)[ -]?[#!]?\d+[: ]/,
];
const BODY_MARKS = [
  /^See merge request \S*!\d+/m,
  /^(?:PR-URL|Pull[ -]Request(?: resolved)?|Pull-Request|Differential Revision|Reviewed-on|Change-Id|Part-of|PiperOrigin-RevId|GitOrigin-RevId|Copybara-Id): \S/im,
  /^(?:Reviewed|Approved|Acked)-by: \S/im,
];

/** Evidence in the message that the change passed a pull or merge request or a review. */
export function hasReviewMark(commit: Message): boolean {
  return SUBJECT_MARKS.some((mark) => mark.test(commit.subject)) || BODY_MARKS.some((mark) => mark.test(commit.body));
}

const PULLED =
  /^Merge (?:remote-tracking branch '(?:origin|upstream)\/(?<tracked>[^']{1,200})'|branch '(?<branch>[^']{1,200})' of (?:https?:|ssh:|git@|git:|[\w.-]+:|\/)\S{0,300})(?: into '?(?<into>[^'\s]{1,200}))?/;
const SHARED_BRANCH = /^(?:main|master|trunk|dev|develop|development|next)$/i;

/** A merge that only brings the shared branch up to date locally (`git pull`), unlike one that takes over the work of others. */
export function isPullMerge(commit: Pick<CommitFact, 'subject' | 'parents'>): boolean {
  const { tracked, branch, into } = (isMerge(commit) && PULLED.exec(commit.subject)?.groups) || {};
  const pulled = tracked ?? branch;
  if (pulled === undefined) return false;
  return into === undefined ? SHARED_BRANCH.test(pulled) : into === pulled;
}

/** Forges commit under their own name when a person presses a button. */
const FORGE_COMMITTERS = new Set([
  'noreply@github.com',
  'noreply@gitlab.com',
  'noreply@gitea.com',
  'noreply@codeberg.org',
]);

/** Made with a button on the page of the forge, which squashes requests and edits files alike. */
export function isMadeByForge({ committer }: Pick<CommitFact, 'committer'>): boolean {
  return FORGE_COMMITTERS.has(committer);
}

const REWRITTEN_SECONDS = 60;

/** Put on the branch some time after it was written: a rebased request, or a rebase at home. */
export function isRewritten({ authoredAt, committedAt }: Pick<CommitFact, 'authoredAt' | 'committedAt'>): boolean {
  return committedAt - authoredAt > REWRITTEN_SECONDS;
}

/** Someone other than the author applied the change: it passed a second pair of hands. */
export function isAppliedByAnother(commit: Pick<CommitFact, 'author' | 'committer'>): boolean {
  return commit.author !== commit.committer && !FORGE_COMMITTERS.has(commit.committer);
}

/** Whole names only: people are called Claude, Devin and Gemini too. */
const AGENT_IDENTITY =
  /^(?:github copilot|copilot(?:-swe-agent)?(?:\[bot\])?|claude(?: code| (?:opus|sonnet|haiku|fable)\b[^<]*)?|chatgpt|(?:openai )?codex|devin ai|devin-ai-integration(?:\[bot\])?|cursor(?: ?agent)?|gemini(?:[ -](?:cli|code assist))|google-labs-jules(?:\[bot\])?|aider(?: \([^)]*\))?|openhands|amazon q(?: developer)?|cline|roo code)\s*(?:<|$)|<(?:noreply@anthropic\.com|cursoragent@cursor\.com|noreply@openai\.com|[^>]*\+copilot@users\.noreply\.github\.com|[^>]*@aider\.chat)>/i;
const AGENT_TRAILERS = new Set(['co-authored-by', 'generated-by', 'assisted-by', 'generated-with', 'ai-assisted-by']);
const AGENT_BODY = /^\W*Generated (?:with|by) \[?(?:Claude|Copilot|Codex|Cursor|Devin|Gemini|Aider)\b/im;

/** `bot`: an automated account; `agent`: written with an AI agent, as trailers or the author say; null: people. */
export function automationOf(
  commit: Pick<CommitFact, 'isBot' | 'author' | 'authorName' | 'trailers' | 'body'>,
): 'bot' | 'agent' | null {
  const isAgentAuthor =
    /^(?:copilot|claude|codex|devin-ai-integration|cursor agent|google-labs-jules|openhands)(?:\[bot\])?$/i.test(
      commit.authorName.trim(),
    ) || /\(aider\)$/.test(commit.authorName);
  const isAgentTrailer = commit.trailers.some(
    ({ key, value }) => AGENT_TRAILERS.has(key.toLowerCase()) && AGENT_IDENTITY.test(value),
  );
  if (isAgentAuthor || isAgentTrailer || AGENT_BODY.test(commit.body)) return 'agent';
  return commit.isBot ? 'bot' : null;
}

/** Commits by people that carry a message of their own: no merges, no bots. */
export function isOwnWork(commit: Pick<CommitFact, 'parents' | 'isBot'>): boolean {
  return !isMerge(commit) && !commit.isBot;
}

/** Share of a in b in percent, whole numbers, for messages. */
export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 100);
}
