/** No branch can be called so: `~` is not allowed in names. */
const MARK = '~';

/**
 * Audits of one line follow each other, one at a time. The line of a branch has its name; those below have lines of their own,
 * so that what asks for the newest audit of a branch never meets a commit of last year or of somebody's proposal.
 */
export function pastOf(branch: string): string {
  return `${branch}${MARK}past`;
}

/** The line of a pull request into a branch. */
export function pullRequestLine(baseBranch: string, number: number): string {
  return `${baseBranch}${MARK}pull-${number}`;
}

/** The line of the commit where a pull request left its base. */
export function baseLine(baseBranch: string, commitId: string): string {
  return `${baseBranch}${MARK}base-${commitId}`;
}

/** A regular expression of PostgreSQL: lines whose audits are of no use once they are old, the newest neither. */
export const PASSING_LINES = `${MARK}(pull|base)-`;

/** The branch in the repository that a line belongs to. */
export function branchOfAudit(line: string): string {
  return line.split(MARK, 1)[0] ?? line;
}
