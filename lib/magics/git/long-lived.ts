/** Branches that are meant to stay: what is developed on, released from, maintained or deployed. */
const LONG_LIVED =
  /^(?:main|master|trunk|develop(?:ment)?|dev|next|edge|canary|alpha|beta|rc|stable|unstable|latest|prod(?:uction)?|staging|stage|qa|uat|preview|live|gh-pages|pages|docs|site|website|default|lts|legacy|vnext|minor|major|head)$|^(?:releases?|support|maint(?:enance)?|stable|lts|hotfixes|env|deploy|version|backports?|archived?|attic)[/_.-]|(?:^|[/_-])v?\d+(?:[._-](?:\d+|x))+(?:[._-]?(?:x|dev|stable|lts|branch|release|maint(?:enance)?))?$|^v?\d+(?:\.x)?$|[-_.](?:stable|branch|lts|maint(?:enance)?|release)$|^gh-readonly-queue\//i;

export function isLongLived(name: string): boolean {
  return LONG_LIVED.test(name);
}

/** Made and removed by automation. */
export function isBotBranch(name: string): boolean {
  return /^(?:dependabot|renovate|greenkeeper|snyk-(?:fix|upgrade)|pre-commit-ci|all-contributors|imgbot|release-please|changeset-release|weblate|crowdin|l10n|copilot|mergify|backport|allstar)(?:[/-]|$)/i.test(
    name,
  );
}
