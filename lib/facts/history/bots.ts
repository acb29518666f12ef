const BOT_NAME =
  /\[bot\]|^(?:dependabot|renovate|greenkeeper|snyk|pre-commit-ci|github-actions|gitlab-bot|mergify|imgbot|allcontributors|semantic-release|codecov|weblate|pyup|scala-steward|release-please|autofix-ci|nx-cloud|changeset)(?:[-_ .]?(?:bot|ci|preview|app|io))?$|(?:^|[-_ ])(?:bot|robot)$/i;
const BOT_EMAIL = /\[bot\]@|^(?:[\w.+-]*[-_.])?bot@|^(?:renovate|dependabot|semantic-release-bot|action)@/i;

/** Automation by its own account; people helped by a tool are not bots. */
export function isBot(name: string, email: string): boolean {
  return BOT_NAME.test(name.trim()) || BOT_EMAIL.test(email);
}
