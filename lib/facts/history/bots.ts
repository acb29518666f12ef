const BOT_NAME =
  /\[bot\]|^(?:dependabot|renovate|greenkeeper|snyk|pre-commit-ci|github-actions|gitlab-bot|mergify|imgbot|allcontributors|semantic-release|codecov|weblate|pyup|scala-steward|release-please|autofix-ci|nx-cloud|changeset)(?:[-_ .]?(?:bot|ci|preview|app|io))?$|(?:^|[-_ ])(?:bot|robot)$/i;
/** An account of its own, `jekyllbot <jekyllbot@…>`, and not somebody called Talbot. */
const BOT_ACCOUNT = /^(?!talbot|abbot|cabot)[a-z0-9]{3,}bot$/;
const BOT_EMAIL = /\[bot\]@|^(?:[\w.+-]*[-_.])?bot@|^(?:renovate|dependabot|semantic-release-bot|action)@/i;

/** Automation by its own account; people helped by a tool are not bots. */
export function isBot(name: string, email: string): boolean {
  const own = name.trim();
  const isAccount = BOT_ACCOUNT.test(own) && email.toLowerCase().startsWith(`${own}@`);
  return BOT_NAME.test(own) || BOT_EMAIL.test(email) || isAccount;
}
