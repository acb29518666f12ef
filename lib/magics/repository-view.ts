import { isDayBeyond, isDayOver } from './expiry';
import type { Facts } from './facts';
import type { IgnoreCommentFact } from './facts/code';
import type { RepositorySettingsFact } from './facts/project';
import { compileNameGlob } from './path-globs';
import { withoutTeamPaths } from './path-policy';
import type { Policy } from './policy';
import { type AskedSuppression, NO_VERDICTS, type TeamVerdicts } from './suppress';
import type { IgnoredPaths } from './types';

/** What a repository says about one rule, as far as the team's policy lets it, and what the team said of findings. */
export interface RuleExceptions {
  /** Words it wants added to the rule's options, by option. */
  words: Readonly<Record<string, readonly string[]>>;
  suppressions: readonly AskedSuppression[];
  verdicts: TeamVerdicts;
  /** Paths that files had in an earlier audit, by their path now. */
  formerPaths: ReadonlyMap<string, string>;
  /** The team's verdicts say that the rule is wrong too often: its findings count one severity less. */
  isDemoted: boolean;
}

/** What a server knows of earlier audits and adds to what the repository says. */
export interface TeamView {
  verdicts: TeamVerdicts;
  formerPaths: ReadonlyMap<string, string>;
  demotedRules: readonly string[];
}

export const NO_TEAM: TeamView = { verdicts: NO_VERDICTS, formerPaths: new Map(), demotedRules: [] };

/** What of a repository's own word counts under a policy. */
export interface RepositoryView {
  /** null: nothing is left out. */
  isIgnored: ((path: string) => boolean) | null;
  ignored: IgnoredPaths | null;
  exceptionsFor(ruleId: string): RuleExceptions;
}

export const NO_EXCEPTIONS: RuleExceptions = {
  words: {},
  suppressions: [],
  verdicts: NO_VERDICTS,
  formerPaths: new Map(),
  isDemoted: false,
};

export function viewRepository(allFacts: Facts, policy: Policy, team: TeamView = NO_TEAM): RepositoryView {
  const facts = withoutTeamPaths(allFacts, policy);
  const settings = facts.repositorySettings;
  const ignoring = settings && readIgnored(facts, settings, policy.repository);
  const ignored = ignoring?.ignored ?? null;
  const isIgnored = ignoring && !ignoring.ignored.isRefused ? ignoring.isIgnored : null;
  const comments = (facts.ignoreComments ?? []).filter(({ path }) => !isIgnored?.(path));
  const exceptions = new Map<string, { words: Record<string, string[]>; suppressions: AskedSuppression[] }>();
  const askedFor = (ruleId: string) => {
    const known = exceptions.get(ruleId) ?? { words: {}, suppressions: [] };
    exceptions.set(ruleId, known);
    return known;
  };
  const { suppressions: mode, maxSuppressionDays } = policy.repository;
  for (const asked of askedIn(comments, settings, { now: facts.now, maxSuppressionDays })) {
    const isRefused = mode === 'listed' || isEnforced(policy, asked.ruleId);
    askedFor(asked.ruleId).suppressions.push(isRefused ? { ...asked, standing: 'refused' } : asked);
  }
  for (const { ruleId, name, values } of settings?.options ?? []) {
    askedFor(ruleId).words[name] = values;
  }
  const { verdicts, formerPaths, demotedRules } = team;
  const exceptionsFor = (ruleId: string): RuleExceptions => ({
    ...(exceptions.get(ruleId) ?? NO_EXCEPTIONS),
    verdicts,
    formerPaths,
    isDemoted: demotedRules.includes(ruleId) && !isEnforced(policy, ruleId),
  });
  return { isIgnored, ignored, exceptionsFor };
}

export function isEnforced(policy: Policy, ruleId: string): boolean {
  return policy.repository.enforcedRules.includes(ruleId);
}

function readIgnored(
  { files }: Facts,
  { ignorePaths }: RepositorySettingsFact,
  { ignorePaths: mode, maxIgnoredShare }: Policy['repository'],
): { ignored: IgnoredPaths; isIgnored: (path: string) => boolean } | null {
  if (ignorePaths.length === 0) return null;
  const globs = ignorePaths.map(({ glob }) => ({ glob, isMatch: compileNameGlob(glob), files: 0 }));
  const known = new Map<string, boolean>();
  let count = 0;
  let lines = 0;
  let allLines = 0;
  for (const { path, role, codeLines } of files ?? []) {
    const own = role === 'production' || role === 'test' ? codeLines : 0;
    allLines += own;
    const names = path.split('/');
    const matching = globs.filter(({ isMatch }) => isMatch(names));
    known.set(path, matching.length > 0);
    for (const one of matching) one.files += 1;
    if (matching.length === 0) continue;
    count += 1;
    lines += own;
  }
  const ask = (path: string) => {
    const names = path.split('/');
    return globs.some(({ isMatch }) => isMatch(names));
  };
  return {
    ignored: {
      isRefused: mode === 'listed' || lines > allLines * maxIgnoredShare,
      files: count,
      codeLines: lines,
      globs: globs.map(({ glob, files: matched }) => ({ glob, files: matched })),
    },
    // History also knows paths that are gone.
    isIgnored: (path) => known.get(path) ?? ask(path),
  };
}

/** The most precise first: it gives a finding its reason. */
function* askedIn(
  comments: readonly IgnoreCommentFact[],
  settings: RepositorySettingsFact | null,
  { now, maxSuppressionDays }: { now: number; maxSuppressionDays: number },
): Generator<AskedSuppression> {
  const valid = comments.filter(({ problem }) => problem === null);
  const nextOf = nextLines(comments);
  for (const scope of ['line', 'file'] as const) {
    for (const row of valid) {
      if (row.scope !== scope) continue;
      const { ruleId, path, line, endLine, reason } = row;
      const lines = scope === 'line' ? nextOf(row) : [];
      yield {
        source: scope,
        ruleId,
        path,
        line,
        endLine,
        nextLines: lines,
        reason,
        target: path,
        expires: null,
        standing: 'open',
      };
    }
  }
  for (const { ruleId, glob, reason, expires, line } of settings?.suppressions ?? []) {
    const isTooFar = isDayBeyond(expires, now, maxSuppressionDays);
    yield {
      source: 'settings',
      ruleId,
      path: settings?.path ?? '',
      line,
      endLine: line,
      nextLines: [],
      reason,
      target: glob,
      expires,
      standing: isTooFar ? 'refused' : isDayOver(expires, now) ? 'expired' : 'open',
    };
  }
}

/** Several such comments may stand above one line of code: each reaches past the others. */
function nextLines(comments: readonly IgnoreCommentFact[]): (row: IgnoreCommentFact) => number[] {
  const endAt = new Map(comments.map(({ path, line, endLine }) => [`${line} ${path}`, endLine]));
  return ({ path, endLine }) => {
    const lines = [endLine + 1];
    for (;;) {
      const end = endAt.get(`${lines.at(-1)} ${path}`);
      if (end === undefined || lines.length === MAX_STACKED) return lines;
      lines.push(end + 1);
    }
  };
}

const MAX_STACKED = 10;
