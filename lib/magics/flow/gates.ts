import type { ManifestFact, WorkflowFact, WorkflowJobFact, WorkflowStepFact } from '../facts/project';

export const GATES = ['tests', 'lint', 'security', 'performance', 'docs'] as const;
export type Gate = (typeof GATES)[number];

const RUNNER = '(?:npm|pnpm|yarn|bun)(?: -{1,2}[\\w-]+(?:[= ][^\\s-]\\S*)?)*(?: run| run-script)?(?: -{1,2}[\\w-]+)*';
const MAKE = '(?:make|just|task|mage|mise run|invoke|inv|rake|bundle exec rake)(?: -\\S+)*(?: [\\w.-]+)*?';
const START = '(?:^|[\\s;&|(`"\'/=])';
const END = '(?=$|[\\s;&|)`"\':])';

const words = (...forms: string[]) => new RegExp(`${START}(?:${forms.join('|')})${END}`, 'm');

const COMMANDS: Record<Gate, RegExp> = {
  tests: words(
    `${RUNNER} (?:t|tests?|[\\w-]*[-:]tests?|tests?[-:][\\w:-]+|coverage|unit|e2e|spec)`,
    `${MAKE} (?:tests?|check|unit|spec|coverage|[\\w-]+[-_]tests?|tests?[-_][\\w-]+)`,
    'jest|vitest|mocha|ava|cypress run|playwright test|karma start|wtr|c8|nyc|node (?:--\\S+ )*--test|deno test|bun test',
    '(?:py\\.?)?pytest|py\\.test|python3? -m (?:pytest|unittest|nose2|tox|nox)|tox|nox|nose2|hatch (?:run )?(?:\\w+:)?test\\S*|manage\\.py test|trial',
    'go test|gotestsum|ginkgo|cargo (?:\\+\\S+ )?(?:nextest|test|hack (?:\\S+ )*test|llvm-cov|tarpaulin|miri)|cross test',
    '\\S*mvnw?(?: \\S+)*? (?:test|verify|install|package|deploy)|\\S*gradlew?(?: \\S+)*? \\S*(?:test|check|build)\\w*|sbt(?: \\S+)*? \\S*test\\S*|bazel(?:isk)?(?: \\S+)*? test',
    'dotnet test|rspec|rake(?: test| spec)?|bundle exec (?:rake|rspec|cucumber)|bin/rails test|phpunit|pest|paratest|composer(?: run)?(?: -\\S+)* tests?',
    'ctest|meson test|ninja test|mix test|swift test|xcodebuild(?: \\S+)*? test|flutter test|dart test|bats|zig build test|stack test|cabal test|lein test|prove',
  ),
  // Maven, Gradle and tox run checks that only their own configuration names.
  lint: words(
    '\\S*mvnw?(?: \\S+)*? (?:verify|install|deploy)|\\S*gradlew?(?: \\S+)*? \\S*(?:check|build)|tox|nox',
    `${RUNNER} (?:lint|format|fmt|style|prettier|eslint|check|types?|type-?check|tsc|[\\w-]*[-:](?:lint|check|types?)|(?:lint|check|format|types?|test)[-:](?:lint|check|ci|types?|dts|style|format)[\\w:-]*)`,
    `${MAKE} (?:lint\\S*|fmt\\S*|format\\S*|vet|style|type-?check|mypy|static\\S*|[\\w-]+[-_]lint)`,
    'eslint|prettier|biome|oxlint|oxfmt|stylelint|tsc|vue-tsc|svelte-check|dprint|standard|xo|tsd',
    'ruff|flake8|pylint|black|isort|mypy|pyright|basedpyright|pyrefly|pre-commit|prek|(?:tox|nox)(?: \\S+)* (?:-e ?|-s ?)\\S*(?:lint|style|typing|mypy|flake8|types?|pre-commit)\\S*',
    'golangci-lint|go vet|gofmt|gofumpt|staticcheck|revive|cargo (?:\\+\\S+ )?(?:clippy|fmt)|rustfmt',
    'rubocop|standardrb|phpstan|psalm|phpcs|php-cs-fixer|pint|checkstyle|spotbugs|spotless\\w*|ktlint\\w*|detekt|pmd',
    'shellcheck|shfmt|hadolint|actionlint|yamllint|markdownlint\\S*|clang-format|clang-tidy|cppcheck|dotnet format|buf lint|swiftlint|mix (?:format|credo|dialyzer)',
  ),
  security: words(
    '(?:npm|pnpm|yarn|bun)(?: npm)? audit|pip-audit|safety (?:check|scan)|bandit|gosec|govulncheck|nancy|cargo (?:audit|deny|vet|geiger)',
    'semgrep|opengrep|trivy|grype|snyk|gitleaks|trufflehog|osv-scanner|brakeman|bundle(?:r)?[ -]audit|composer audit|zizmor|checkov|tfsec|kics|codeql|detect-secrets|ggshield|scorecard|oss-fuzz|cifuzz|cargo fuzz',
    'dependency-?check\\S*|dependencyCheck\\w*|dotnet list (?:\\S+ )?package --vulnerable|sonar-scanner|sonar:sonar|lynis|retire|njsscan|clair',
    `${RUNNER} (?:security|audit|sast)[\\w:-]*`,
    `${MAKE} (?:security|audit|sast|govulncheck|vulncheck|sec)[\\w-]*`,
  ),
  performance: words(
    `${RUNNER} (?:bench(?:mark)?s?|perf|size|lighthouse|size-limit|bundlesize|check:size)(?:[-:][\\w:-]+)?`,
    `${MAKE} (?:bench\\S*|perf\\S*|load-?test\\S*)`,
    'hyperfine|k6|lhci|lighthouse|codspeed|size-limit|bundlesize|bundlewatch|asv|locust|gatling\\S*|jmeter|artillery|cargo (?:bench|criterion)|go test(?: \\S+)*? -(?:test\\.)?bench\\S*|pytest(?: \\S+)*? --benchmark\\S*|vitest bench|tinybench|jmh',
    '\\S*bench(?:mark)?s?\\.(?:sh|py|[cm]?js|ts|rb)|\\S*benchmarks?/\\S+',
  ),
  docs: words(
    `${RUNNER} (?:docs?(?:[-:][\\w:-]+)?|[\\w-]+:docs?|typedoc|build[-:](?:docs?|site|storybook))`,
    `${MAKE} (?:html|docs?\\S*|doc-?test|linkcheck|site)`,
    'cmake --build \\S+(?: \\S+)* (?:-t|--target) docs?|mkdocs|sphinx-build|docusaurus|vitepress|vuepress|typedoc|mdbook|cargo (?:\\+\\S+ )?(?:doc|rustdoc|docs-rs)|doxygen|jekyll|hugo|antora|javadoc\\S*|asciidoctor|lychee|markdown-link-check|linkcheck(?:er)?|(?:tox|nox)(?: \\S+)* (?:-e ?|-s ?)\\S*docs?\\S*|\\S*mvnw?(?: \\S+)*? (?:site|javadoc:\\S+)|\\S*gradlew?(?: \\S+)*? \\S*(?:dokka|javadoc|asciidoctor)\\S*',
  ),
};

const ACTIONS: Record<Gate, RegExp> = {
  tests:
    /pytest|cypress-io\/|playwright|codecov|coveralls|publish-unit-test|test-reporter|junit|tox-action|go-test|gradle\/gradle-build-action$/i,
  lint: /golangci|pre-commit|\bblack\b|ruff|super-linter|megalinter|reviewdog|clippy|rustfmt|eslint|prettier|biome|stylelint|flake8|shellcheck|hadolint|actionlint|yamllint|markdownlint|commitlint|typos|lint/i,
  security:
    /codeql|trivy|snyk|dependency-review|gosec|semgrep|gitleaks|trufflehog|scorecard|osv-scanner|anchore|audit|cargo-deny|sonar|zizmor|checkov|oss-fuzz|cifuzz|clusterfuzzlite|bandit|govulncheck|SAST|Secret-Detection|Dependency-Scanning|step-security|fossa|mend|veracode|checkmarx/i,
  performance: /bench|lighthouse|codspeed|size-limit|compressed-size|bundlewatch|perf\b/i,
  docs: /mkdocs|sphinx|mdbook|lychee|link-check|linkspector|docs|pages|vale-action|doxygen/i,
};

const NAMES: Record<Gate, RegExp> = {
  tests: /\b(?:unit|integration|e2e|end-to-end|functional|regression|smoke)?[ _-]?tests?\b|\btesting\b|テスト/i,
  lint: /lint|\bformat|\bstyle\b|type-?check|\btypes\b|static analysis|pre-commit|\bfmt\b|clippy/i,
  security: /security|codeql|\bsast\b|vulnerab|\baudit\b|fuzz|scorecard|secret[ _-]scan|dependency[ _-]review/i,
  performance: /bench|\bperf(?:ormance)?\b|load[ _-]test|bundle[ _-]size|size[ _-]data|lighthouse/i,
  docs: /\bdocs?\b|documentation|link[ _-]?check|javadoc/i,
};

/** `npm run x` leads to the script of that name. */
export function scriptsOf(manifests: readonly ManifestFact[]): ReadonlyMap<string, string> {
  const scripts = new Map<string, string>();
  const byDepth = [...manifests].sort((a, b) => a.path.split('/').length - b.path.split('/').length);
  for (const manifest of byDepth) {
    for (const [name, command] of Object.entries(manifest.scripts)) {
      if (!scripts.has(name)) scripts.set(name, command);
    }
  }
  return scripts;
}

const SCRIPT_CALL =
  /\b(?:npm|pnpm|yarn|bun)(?: (?!run\b)-{1,2}\S+)*(?: run(?:-script)?)?(?: -{1,2}[\w-]+)* (?<name>[\w:.-]+)/g;
const MAX_EXPANSIONS = 3;

function expand(command: string, scripts: ReadonlyMap<string, string>, depth = 0): string {
  if (depth >= MAX_EXPANSIONS) return command;
  const bodies = [...command.matchAll(SCRIPT_CALL)].flatMap((match) => scripts.get(match.groups?.name ?? '') ?? []);
  return [command, ...bodies.map((body) => expand(body, scripts, depth + 1))].join('\n');
}

const withoutComments = (run: string) => run.replace(/(?:^|\s)#.*$/gm, '');
/** Installing a tool does not run it. */
const withoutInstalls = (run: string) =>
  run.replace(
    /\b(?:pip3?|pipx|uv|poetry|conda|brew|apt(?:-get)?|apk|yum|dnf|choco|gem|go|cargo|npm|pnpm|yarn|rustup)\b[^\n;&|]*?\b(?:install|add|get|component|binstall)\b[^\n;&|]*/g,
    '',
  );

const MAX_LINES = 200;
const MAX_LINE = 1000;

/** Keeps the time of the expressions above bounded on scripts made to be slow. */
const clip = (text: string) =>
  text
    .split('\n', MAX_LINES)
    .map((line) => line.slice(0, MAX_LINE))
    .join('\n');

/** Gates that a shell command runs. */
export function gatesOfCommand(run: string, scripts: ReadonlyMap<string, string> = new Map()): Gate[] {
  const text = clip(withoutInstalls(clip(expand(clip(withoutComments(clip(run))), scripts))));
  return GATES.filter((gate) => COMMANDS[gate].test(text));
}

/** Gates that a step runs, by its command or action; names are not evidence. */
export function gatesOfStep(step: WorkflowStepFact, scripts: ReadonlyMap<string, string>): Gate[] {
  const byAction = step.uses ? GATES.filter((gate) => ACTIONS[gate].test(step.uses?.split('@')[0] ?? '')) : [];
  const byCommand = step.run ? gatesOfCommand(step.run, scripts) : [];
  return GATES.filter((gate) => byAction.includes(gate) || byCommand.includes(gate));
}

/** Gates a workflow seems to run, taking names of steps and jobs at their word: for finding what is missing. */
export function gatesOfWorkflow(workflow: WorkflowFact, scripts: ReadonlyMap<string, string>): Gate[] {
  const found = new Set<Gate>();
  for (const job of workflow.jobs) {
    for (const gate of gatesOfNames([job.id, ...job.steps.map((step) => step.name)])) found.add(gate);
    for (const step of job.steps) for (const gate of gatesOfStep(step, scripts)) found.add(gate);
  }
  return GATES.filter((gate) => found.has(gate));
}

function gatesOfNames(names: readonly (string | null)[]): Gate[] {
  return GATES.filter((gate) => names.some((name) => name !== null && NAMES[gate].test(name.replaceAll('_', ' '))));
}

/** Runs the project's own code or checks, unlike workflows that label issues or greet people. */
export function isPipeline(workflow: WorkflowFact, scripts: ReadonlyMap<string, string>): boolean {
  if (workflow.provider !== 'github') return true;
  if (gatesOfWorkflow(workflow, scripts).some((gate) => gate === 'tests' || gate === 'lint')) return true;
  return workflow.jobs.some((job) => job.steps.some((step) => isBuild(step) || isCodeScan(step) || isReusable(job)));
}

const isBuild = (step: WorkflowStepFact) => step.run !== null && /\b(?:build|compile|make|cmake)\b/.test(step.run);
const isCodeScan = ({ uses }: WorkflowStepFact) => /^github\/codeql-action\/analyze|semgrep|sonar/i.test(uses ?? '');
const isReusable = (job: WorkflowJobFact) =>
  job.steps.some((step) => /\.github\/workflows\/.*\.ya?ml/.test(step.uses ?? ''));
