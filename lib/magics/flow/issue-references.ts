import type { CommitFact } from '../facts/history';

type Message = Pick<CommitFact, 'subject' | 'body' | 'trailers'>;

const NUMBERED = /(?:^|[\s([{,:;&+])(?:[\w.-]{1,100}\/[\w.-]{1,100})?#\d{1,8}\b/;
/** `(#12)` at the end of a squashed request and the subject of its merge name the request, not an issue. */
const REQUEST_MARK =
  /\((?:[\w.-]{1,100}\/[\w.-]{1,100})?[#!]\d{1,8}\)\s*$|^Merge pull request #\d{1,8}|\(pull request #\d{1,8}\)\s*$|^Merged PR \d{1,8}/;
const WORDED =
  /\b(?:issues?|bugs?|tickets?|story|task|case|defect|work item|gh|bpo|bz|rhbz|pr|pull request|mr|merge request|close[sd]?|fix(?:e[sd])?|resolve[sd]?|refs?)[ :#!-]{1,3}\d{1,8}\b|(?:課題|チケット|タスク|要望)[ :#-]{0,3}\d{1,8}/i;
const LINKED =
  /https?:\/\/[^\s)>\]]{1,300}?(?:\/(?:issues?|pulls?|pull-requests|merge_requests|browse|bugs?|tickets?|tasks?|discussions|work_items|stories|cards?|c)\/|show_bug\.cgi|\/T\d|\/D\d|lore\.kernel\.org|linear\.app|trello\.com|asana\.com)/;
/** A vulnerability or a numbered decision. */
const RECORDED = /\b(?:CVE-\d{4}-\d{4,}|GHSA(?:-\w{4}){3}|(?:ADR|RFC|PEP|KEP|KIP|JEP|SEP|RIP)[ #-]?\d{1,5})\b/;
const DECISION_FILE = /(?:^|\/)(?:adrs?|decisions?|architecture-decisions|rfcs?)\/[^/]+\.(?:md|mdx|rst|adoc|txt)$/i;

const TRAILERS = new Set(
  'bug issue issues ticket jira task story closes close fixes resolves refs ref references see link related-to part-of reviewed-on pull-request pr-url differential-revision change-id piperorigin-revid gitorigin-revid buganizer'.split(
    ' ',
  ),
);
const NUMBER_IN_TRAILER = /^[#!]?\d{1,10}$|[#/!=-]\d|https?:\/\/|^I[0-9a-f]{8,}/;

const TICKET = /(?<![\w-])(?<project>[A-Z][A-Z0-9]{1,9})-(?<number>\d{1,6})(?![\w-])/g;
/** Standards and units that look like keys. */
const NOT_A_PROJECT = new Set(
  'UTF SHA ISO MD AES DES RSA HTTP TLS SSL UTC GMT IEEE ECMA ES IPV BASE ARM GPT COVID CWE HS RS PS EC ED H X MP UCS EUC WIN CP KOI ASCII GB BIG LF CR V RC'.split(
    ' ',
  ),
);
const TICKET_FIRST =
  /^(?:\w{1,20}(?:\([^()]{0,60}\))?!?: )?[[(]?[A-Z][A-Z0-9]{1,9}-\d{1,6}(?![\w-])|[[(][A-Z][A-Z0-9]{1,9}-\d{1,6}[\])]/;
const ENOUGH_TICKETS = 3;

/** What a message leads to: an issue, ticket or decision; only the request it came with; or nothing. */
export type Reference = 'issue' | 'request' | 'none';

/** Tells references apart for the messages of one repository, whose ticket keys it learns from them. */
export function referenceReader(
  commits: readonly Message[],
): (commit: Message & Pick<CommitFact, 'files'>) => Reference {
  const projects = ticketProjects(commits);
  return (commit) => {
    if (namesIssue(commit, projects) || commit.files.some(({ path }) => DECISION_FILE.test(path))) return 'issue';
    return REQUEST_MARK.test(commit.subject) || isRequestTrailer(commit) ? 'request' : 'none';
  };
}

function isRequestTrailer({ trailers, body }: Message): boolean {
  return (
    trailers.some(({ key, value }) => TRAILERS.has(key.toLowerCase()) && NUMBER_IN_TRAILER.test(value)) ||
    /^See merge request \S*!\d/m.test(body)
  );
}

function namesIssue({ subject, body }: Message, projects: ReadonlySet<string>): boolean {
  const title = subject.replace(REQUEST_MARK, '');
  return [title, body].some(
    (text) =>
      NUMBERED.test(text) ||
      WORDED.test(text) ||
      LINKED.test(text) ||
      RECORDED.test(text) ||
      [...text.matchAll(TICKET)].some(({ groups }) => projects.has(groups?.project ?? '')),
  );
}

/** Keys that lead a subject or stand in brackets, or that come with several numbers. */
function ticketProjects(commits: readonly Message[]): Set<string> {
  const numbers = new Map<string, Set<string>>();
  const projects = new Set<string>();
  for (const { subject, body } of commits) {
    const isFirst = TICKET_FIRST.test(subject);
    for (const { groups } of `${subject}\n${body}`.matchAll(TICKET)) {
      const { project = '', number = '' } = groups ?? {};
      if (NOT_A_PROJECT.has(project)) continue;
      const known = numbers.get(project) ?? new Set<string>();
      numbers.set(project, known.add(number));
      if (isFirst || known.size >= ENOUGH_TICKETS) projects.add(project);
    }
  }
  return projects;
}
