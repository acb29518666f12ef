import { nameOf, parentPath } from './project-text';

export const MAX_DOCUMENT_CHARACTERS = 64_000;

const GOVERNANCE =
  /^(?:readme|contributing|code[_-]of[_-]conduct|security|support|licen[cs]e|copying|notice|changelog|changes|history|news|releases?|governance|maintainers|authors|owners|codeowners|roadmap|hacking|developing|development|runbook|incident|post-?mortem|on-?call)(?:[._-][^/]*)?$/i;

const CONFIGURATION =
  /^(?:(?:docker|container)file(?:\.[^/]+)?|[^/]+\.dockerfile|(?:docker-)?compose(?:\.[^/]+)?\.ya?ml|(?:gnu)?makefile|justfile|dependabot\.ya?ml|renovate(?:\.[^/]+)?\.json5?|renovate\.json5?|\.renovaterc(?:\.json5?)?|\.?commitlint(?:rc)?(?:\.[^/]+)*|\.mailmap|\.gitattributes|\.gitmodules|\.gitignore|\.pre-commit-config\.ya?ml|\.editorconfig|lefthook\.ya?ml|\.lintstagedrc[^/]*|\.npmrc|\.pyup\.ya?ml|\.snyk|\.depfu\.ya?ml|\.scala-steward\.conf|updatecli\.ya?ml|renovate-config\.json5?|\.czrc|\.cz\.(?:toml|json|ya?ml)|cog\.toml|\.gitlint|\.gitmessage|\.versionrc(?:\.[^/]+)?|\.releaserc(?:\.[^/]+)?|codecov\.ya?ml|\.codecov\.ya?ml|\.coveragerc|sonar-project\.properties|\.dependency-cruiser\.[cm]?js(?:on)?|\.importlinter|tsconfig(?:\.[^/]+)?\.json|jsconfig\.json|mypy\.ini|pyrightconfig\.json|tox\.ini|setup\.cfg|\.nvmrc|\.node-version|\.python-version|\.ruby-version|\.tool-versions|\.java-version|\.sdkmanrc|rust-toolchain(?:\.toml)?|global\.json|\.golangci\.ya?ml|procfile|skaffold\.ya?ml|chart\.ya?ml|kustomization\.ya?ml|lerna\.json|pnpm-workspace\.yaml|go\.work|settings\.gradle(?:\.kts)?)$/i;

const TEMPLATES =
  /(?:^|\/)(?:issue_template|pull_request_template|merge_request_templates?|issue_templates?)(?:\/|\.(?:md|ya?ml|txt)$|$)/i;

const KNOWLEDGE =
  /(?:^|\/)(?:adrs?|decisions?|decision[-_]records?|architecture[-_]decisions?|architecture[-_]decision[-_]records?|rfcs?|runbooks?|post-?mortems?|playbooks?|incidents?)\/[^/]+\.(?:md|mdx|rst|adoc|txt)$/i;

const HOOKS = /^(?:\.husky|\.githooks|\.hooks)\/[^/_][^/]*$/;

/** Files whose text rules read as it stands. Governance files count in the root, `docs` and the hosts' directories. */
export function isDocumentPath(path: string): boolean {
  const name = nameOf(path);
  if (TEMPLATES.test(path) || HOOKS.test(path)) return true;
  const directory = parentPath(path);
  if (CONFIGURATION.test(name)) return directory.split('/').length <= 4;
  if (
    GOVERNANCE.test(name) &&
    !/\.(?:[cm]?[jt]sx?|py|go|java|rs|rb|php|cs|kt|c|h|cpp|css|html|png|svg|json)$/i.test(name)
  ) {
    return directory.split('/').length <= 2;
  }
  return KNOWLEDGE.test(path);
}
