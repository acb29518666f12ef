/** No branch can be called so: `~` is not allowed in names. */
const SUFFIX = '~past';

/**
 * The branch under which audits of its past commits are kept. They have a line of their own: what asks for the newest audit
 * of a branch must not meet a commit of last year.
 */
export function pastOf(branch: string): string {
  return `${branch}${SUFFIX}`;
}

/** The branch in the repository. */
export function branchOfAudit(branch: string): string {
  return branch.endsWith(SUFFIX) ? branch.slice(0, -SUFFIX.length) : branch;
}
