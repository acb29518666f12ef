/** Dates from which hosts no longer serve something; a bundled list, last brought up to date on 2026-01-15. */

const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 1000;

export interface Retirement {
  /** Seconds; a commit before it is not blamed. */
  since: number;
  instead: string;
}

const RUNNERS: readonly (readonly [names: RegExp, since: string, instead: string])[] = [
  [/^ubuntu-16\.04$/, '2021-09-20', 'ubuntu-24.04'],
  [/^ubuntu-18\.04$/, '2023-04-03', 'ubuntu-24.04'],
  [/^ubuntu-20\.04$/, '2025-04-15', 'ubuntu-24.04'],
  [/^(?:windows-2016|vs2017-win2016)$/, '2022-04-01', 'windows-2022'],
  [/^windows-2019$/, '2025-06-30', 'windows-2022'],
  [/^macos-10(?:\.1[0-4])?$/, '2021-12-10', 'macos-15'],
  [/^macos-10\.15$/, '2023-03-31', 'macos-15'],
  [/^macos-11$/, '2024-06-28', 'macos-15'],
  [/^macos-12(?:-x?large)?$/, '2024-12-03', 'macos-15'],
  [/^macos-13(?:-x?large)?$/, '2025-12-08', 'macos-15'],
];

export function retiredRunner(label: string): Retirement | null {
  const row = RUNNERS.find(([names]) => names.test(label.toLowerCase()));
  return row ? { since: day(row[1]), instead: row[2] } : null;
}

/** Refused by the host, or left by their authors without a successor under the name. Up to and with this major version. */
const ACTIONS: readonly (readonly [name: RegExp, major: number, since: string, instead: string])[] = [
  [/^actions\/(?:upload|download)-artifact$/, 2, '2024-06-30', 'v4'],
  [/^actions\/(?:upload|download)-artifact$/, 3, '2025-01-30', 'v4'],
  [/^actions\/cache(?:\/(?:save|restore))?$/, 2, '2025-03-01', 'v4'],
  [/^actions\/upload-pages-artifact$/, 2, '2025-01-30', 'v3'],
  [/^actions\/deploy-pages$/, 3, '2025-01-30', 'v4'],
  [/^github\/codeql-action\/[\w-]+$/, 1, '2023-01-18', 'v3'],
  [/^github\/codeql-action\/[\w-]+$/, 2, '2025-01-10', 'v3'],
  [/^codecov\/codecov-action$/, 1, '2022-02-01', 'v5'],
  [/^actions\/(?:create-release|upload-release-asset)$/, 99, '2021-03-04', 'gh release create'],
  [/^actions\/setup-ruby$/, 99, '2021-02-10', 'ruby/setup-ruby'],
  [
    /^actions-rs\/(?:toolchain|cargo|clippy-check|audit-check|install|tarpaulin|grcov)$/,
    99,
    '2023-10-13',
    'cargo, rustup',
  ],
];

/** Newest major version that asks for a run-time older than Node.js 20, which the host replaces by another. */
const OLD_RUNTIMES: Readonly<Record<string, number>> = {
  '8398a7/action-slack': 2,
  'actions-cool/issues-helper': 2,
  'actions/cache': 3,
  'actions/checkout': 3,
  'actions/configure-pages': 3,
  'actions/delete-package-versions': 4,
  'actions/dependency-review-action': 3,
  'actions/github-script': 6,
  'actions/labeler': 4,
  'actions/setup-dotnet': 3,
  'actions/setup-go': 4,
  'actions/setup-java': 3,
  'actions/setup-node': 3,
  'actions/setup-python': 4,
  'actions/stale': 8,
  'aws-actions/configure-aws-credentials': 3,
  'azure/aks-set-context': 3,
  'azure/container-scan': 0,
  'azure/login': 1,
  'codecov/codecov-action': 3,
  'dawidd6/action-download-artifact': 2,
  'dawidd6/action-send-mail': 2,
  'dessant/lock-threads': 4,
  'docker/build-push-action': 4,
  'docker/login-action': 2,
  'docker/metadata-action': 4,
  'docker/setup-buildx-action': 2,
  'docker/setup-qemu-action': 2,
  'dorny/paths-filter': 2,
  'enriikke/gatsby-gh-pages-action': 2,
  'game-ci/unity-builder': 3,
  'githubocto/flat': 3,
  'golangci/golangci-lint-action': 3,
  'google-github-actions/auth': 1,
  'google-github-actions/get-secretmanager-secrets': 1,
  'google-github-actions/setup-gcloud': 1,
  'google-github-actions/upload-cloud-storage': 1,
  'goreleaser/goreleaser-action': 4,
  'gradle/wrapper-validation-action': 1,
  'haskell/actions/setup': 2,
  'jamesives/github-pages-deploy-action': 3,
  'mikepenz/release-changelog-builder-action': 3,
  'msys2/setup-msys2': 1,
  'nwtgck/actions-netlify': 2,
  'octokit/request-action': 1,
  'peaceiris/actions-gh-pages': 3,
  'peter-evans/create-or-update-comment': 3,
  'peter-evans/create-pull-request': 5,
  'preactjs/compressed-size-action': 1,
  'pulumi/actions': 4,
  'reactivecircus/android-emulator-runner': 1,
  'release-drafter/release-drafter': 5,
  'ridedott/merge-me-action': 1,
  'shivammathur/setup-php': 1,
  'softprops/action-gh-release': 1,
  'swatinem/rust-cache': 1,
  'treosh/lighthouse-ci-action': 10,
  'wearerequired/lint-action': 2,
};
const OLD_RUNTIME_SINCE = day('2024-11-12');

const USES =
  /^(?<name>[\w.-]{1,100}\/[\w./-]{1,200})@(?:releases\/)?(?<ref>v?(?<major>\d{1,4})(?:\.[\dx.]{1,20})?|\S{1,100})$/;

export function retiredAction(uses: string): (Retirement & { isBroken: boolean }) | null {
  const { name = '', major } = USES.exec(uses)?.groups ?? {};
  // A version without a number is told from its name alone.
  const number = major === undefined ? Number.NaN : Number(major);
  const row = ACTIONS.find(([names, last]) => names.test(name) && (last === 99 || number <= last));
  if (row) return { since: day(row[2]), instead: row[3], isBroken: true };
  const last = OLD_RUNTIMES[name.toLowerCase()];
  if (last === undefined || !(number <= last)) return null;
  return { since: OLD_RUNTIME_SINCE, instead: `v${last + 1}`, isBroken: false };
}

/** Refused since November 2020 for good reason; the other two still work. */
const COMMAND = /::(?<command>set-env|add-path|set-output|save-state)(?=[ :])/;

export function retiredCommand(run: string): { command: string; isBroken: boolean; instead: string } | null {
  const lines = run.split('\n').filter((line) => !/^\s*#/.test(line));
  const command = lines.map((line) => COMMAND.exec(line)?.groups?.command).find((found) => found !== undefined);
  if (command === undefined) return null;
  const files: Record<string, string> = {
    'set-env': 'GITHUB_ENV',
    'add-path': 'GITHUB_PATH',
    'set-output': 'GITHUB_OUTPUT',
    'save-state': 'GITHUB_STATE',
  };
  return { command, isBroken: command === 'set-env' || command === 'add-path', instead: files[command] ?? '' };
}
