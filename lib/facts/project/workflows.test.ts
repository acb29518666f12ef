import { describe, expect, test } from 'vitest';
import { isWorkflowPath, readWorkflow } from './workflows';

const read = (path: string, ...lines: string[]) => readWorkflow({ path, text: `${lines.join('\n')}\n` });

describe('isWorkflowPath', () => {
  test.each([
    '.github/workflows/ci.yml',
    '.gitlab-ci.yml',
    'azure-pipelines.yml',
    '.circleci/config.yml',
    'bitbucket-pipelines.yml',
    'Jenkinsfile',
    '.travis.yml',
    '.drone.yml',
  ])('knows %s', (path) => {
    expect(isWorkflowPath(path)).toBe(true);
  });

  test.each(['.github/dependabot.yml', '.github/workflows/old/ci.yml', 'docs/.travis.yml', 'config.yml'])(
    'leaves %s alone',
    (path) => {
      expect(isWorkflowPath(path)).toBe(false);
    },
  );
});

describe('readWorkflow', () => {
  test('places a step where it names its action', () => {
    const workflow = read(
      '.github/workflows/ci.yml',
      'on: push',
      'jobs:',
      '  lint:',
      '    steps:',
      '      - name: Lint',
      '        uses: shop/lint-action@v1',
    );

    expect(workflow?.jobs[0]?.steps[0]).toMatchObject({ name: 'Lint', line: 6 });
  });

  test('reads GitHub triggers, permissions, jobs and steps with their lines', () => {
    const workflow = read(
      '.github/workflows/ci.yml',
      'name: CI',
      'on:',
      '  push:',
      '    branches: [main, "release/**"]',
      '  pull_request_target:',
      'permissions: write-all',
      'jobs:',
      '  test:',
      "    if: github.event_name == 'push'",
      '    continue-on-error: true',
      '    permissions:',
      '      contents: read',
      '    steps:',
      '      - uses: actions/checkout@v4',
      '        with:',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the workflow language
      '          ref: ${{ github.event.pull_request.head.sha }}',
      '      - name: Test',
      '        run: |',
      '          npm ci',
      '          npm test || true',
      '        continue-on-error: true',
      '  reuse:',
      '    uses: ./.github/workflows/other.yml',
    );

    expect(workflow).toEqual({
      path: '.github/workflows/ci.yml',
      provider: 'github',
      name: 'CI',
      triggers: ['push', 'pull_request_target'],
      pushBranches: ['main', 'release/**'],
      permissions: ['write-all'],
      jobs: [
        {
          id: 'test',
          line: 8,
          condition: "github.event_name == 'push'",
          isErrorIgnored: true,
          permissions: ['contents: read'],
          runners: [],
          images: [],
          env: [],
          steps: [
            {
              name: null,
              line: 14,
              uses: 'actions/checkout@v4',
              run: null,
              condition: null,
              isErrorIgnored: false,
              // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the workflow language
              inputs: ['ref=${{ github.event.pull_request.head.sha }}'],
              env: [],
              workingDirectory: null,
            },
            {
              name: 'Test',
              line: 17,
              uses: null,
              run: 'npm ci\nnpm test || true\n',
              condition: null,
              isErrorIgnored: true,
              inputs: [],
              env: [],
              workingDirectory: null,
            },
          ],
        },
        {
          id: 'reuse',
          line: 22,
          condition: null,
          isErrorIgnored: false,
          permissions: null,
          runners: [],
          images: [],
          env: [],
          steps: [
            {
              name: null,
              line: 23,
              uses: './.github/workflows/other.yml',
              run: null,
              condition: null,
              isErrorIgnored: false,
              inputs: [],
              env: [],
              workingDirectory: null,
            },
          ],
        },
      ],
    });
  });

  test('tells a push of tags from a push of branches', () => {
    const tags = read('.github/workflows/a.yml', 'on: {push: {tags: ["v*"]}}', 'jobs: {a: {steps: [{run: x}]}}');
    const short = read('.github/workflows/a.yml', 'on: [push, pull_request]', 'jobs: {a: {steps: [{run: x}]}}');

    expect(tags?.triggers).toEqual(['tag']);
    expect(short?.triggers).toEqual(['push', 'pull_request']);
  });

  test('reads GitLab jobs with what they extend and include', () => {
    const workflow = read(
      '.gitlab-ci.yml',
      'include:',
      '  - template: Security/SAST.gitlab-ci.yml',
      '.base:',
      '  allow_failure: true',
      '  script: [make test]',
      'test:',
      '  extends: .base',
      '  rules:',
      '    - if: $CI_PIPELINE_SOURCE == "merge_request_event"',
      'build:',
      '  script:',
      '    - make',
    );

    expect(workflow?.triggers).toEqual(['push', 'merge_request']);
    expect(workflow?.jobs).toMatchObject([
      { id: 'include', steps: [{ uses: 'Security/SAST.gitlab-ci.yml' }] },
      { id: 'test', line: 6, isErrorIgnored: true, steps: [{ run: 'make test' }] },
      { id: 'build', line: 10, steps: [{ run: 'make', line: 12 }] },
    ]);
  });

  test('does not follow GitLab jobs that extend themselves for ever', () => {
    expect(read('.gitlab-ci.yml', 'a: {extends: b, stage: x}', 'b: {extends: a}')?.jobs).toHaveLength(2);
  });

  test('reads Azure stages, scripts and tasks', () => {
    const workflow = read(
      'azure-pipelines.yml',
      'trigger: [main]',
      'pr: none',
      'stages:',
      '  - stage: Build',
      '    jobs:',
      '      - job: unit',
      '        steps:',
      '          - script: npm test',
      '            displayName: Test',
      '            continueOnError: true',
      '          - task: NodeTool@0',
      '            inputs: {versionSpec: 20.x}',
    );

    expect(workflow).toMatchObject({
      triggers: ['push'],
      pushBranches: ['main'],
      jobs: [
        {
          id: 'unit',
          steps: [
            { name: 'Test', run: 'npm test', isErrorIgnored: true, line: 8 },
            { uses: 'NodeTool@0', inputs: ['versionSpec=20.x'] },
          ],
        },
      ],
    });
  });

  test('reads CircleCI commands and orbs', () => {
    const workflow = read(
      '.circleci/config.yml',
      'version: 2.1',
      'jobs:',
      '  test:',
      '    steps:',
      '      - checkout',
      '      - run: npm test',
      '      - run: {name: Lint, command: npm run lint}',
      '      - node/install: {version: "20"}',
    );

    expect(workflow?.jobs[0]?.steps).toMatchObject([
      { uses: 'checkout' },
      { run: 'npm test', line: 6 },
      { name: 'Lint', run: 'npm run lint' },
      { uses: 'node/install', inputs: ['version=20'] },
    ]);
  });

  test('reads CircleCI steps through own commands, and jobs of orbs', () => {
    const workflow = read(
      '.circleci/config.yml',
      'version: 2.1',
      'executors:',
      '  go: {docker: [{image: "cimg/go:1.22"}]}',
      'commands:',
      '  check:',
      '    steps:',
      '      - run: {command: go test ./..., working_directory: api}',
      'jobs:',
      '  test:',
      '    executor: go',
      '    steps: [checkout, check, {when: {condition: x, steps: [{run: make lint}]}}]',
      'workflows:',
      '  all:',
      '    jobs: [test, node/test, {node/deploy: {requires: [test]}}]',
    );

    expect(workflow?.jobs).toMatchObject([
      {
        id: 'test',
        images: ['cimg/go:1.22'],
        steps: [{ uses: 'checkout' }, { run: 'go test ./...', workingDirectory: 'api' }, { run: 'make lint' }],
      },
      { id: 'node/test', steps: [{ uses: 'node/test' }] },
      { id: 'node/deploy', steps: [{ uses: 'node/deploy' }] },
    ]);
  });

  test('does not follow CircleCI commands that call themselves for ever', () => {
    const workflow = read(
      '.circleci/config.yml',
      'commands: {a: {steps: [a]}}',
      'jobs: {test: {steps: [a, {run: make}]}}',
    );

    expect(workflow?.jobs[0]?.steps.at(-1)).toMatchObject({ run: 'make' });
  });

  test('reads where jobs run, in what and with which settings', () => {
    const github = read(
      '.github/workflows/a.yml',
      'on: push',
      'env: {A: "1"}',
      'defaults: {run: {working-directory: app}}',
      'jobs:',
      '  a:',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the workflow language
      "    runs-on: ${{ matrix.cfg.os || 'ubuntu-latest' }}",
      '    strategy: {matrix: {cfg: [{os: macos-12}], include: [{cfg: {os: windows-2019}}]}}',
      '    container: node:20',
      '    services: {db: {image: postgres:16}}',
      '    env: {B: x}',
      '    steps:',
      '      - {run: make, env: {C: y}, working-directory: docs}',
      '      - run: make',
      '  b:',
      '    runs-on: {group: big, labels: [self-hosted, linux]}',
      '    uses: ./.github/workflows/b.yml',
      '    secrets: inherit',
    );
    const azure = read(
      'azure-pipelines.yml',
      'pool: {vmImage: $(imageName)}',
      'strategy: {matrix: {linux: {imageName: ubuntu-20.04}, mac: {imageName: macOS-14}}}',
      'steps: [{script: make, workingDirectory: api}]',
    );
    const gitlab = read('.gitlab-ci.yml', 'image: node:20', 'a: {script: make, services: [{name: "redis:7"}]}');

    expect(github?.jobs).toMatchObject([
      {
        runners: ['macos-12', 'windows-2019', 'ubuntu-latest'],
        images: ['node:20', 'postgres:16'],
        env: ['A=1', 'B=x'],
        steps: [{ env: ['C=y'], workingDirectory: 'docs' }, { workingDirectory: 'app' }],
      },
      { runners: ['self-hosted', 'linux'], steps: [{ inputs: ['secrets=inherit'] }] },
    ]);
    expect(azure?.jobs).toMatchObject([
      { runners: ['ubuntu-20.04', 'macOS-14'], steps: [{ workingDirectory: 'api' }] },
    ]);
    expect(gitlab?.jobs).toMatchObject([{ images: ['node:20', 'redis:7'] }]);
  });

  test('reads Bitbucket steps of each start', () => {
    const workflow = read(
      'bitbucket-pipelines.yml',
      'pipelines:',
      '  default:',
      '    - step: {name: Test, script: [npm test, {pipe: atlassian/x:1}]}',
      '  pull-requests:',
      '    "**":',
      '      - parallel: [{step: {script: [npm run lint]}}]',
    );

    expect(workflow).toMatchObject({
      triggers: ['push', 'pull_request'],
      jobs: [
        { id: 'Test', steps: [{ run: 'npm test' }, { uses: 'atlassian/x:1' }] },
        { id: 'pull-requests/**', steps: [{ run: 'npm run lint' }] },
      ],
    });
  });

  test('reads Travis phases and other hosts by the usual names', () => {
    expect(read('.travis.yml', 'language: node_js', 'script:', '  - npm test')?.jobs[0]?.steps).toMatchObject([
      { name: 'script', run: 'npm test', line: 3 },
    ]);
    expect(read('.drone.yml', 'steps:', '  - name: a', '    commands: [make]')?.jobs[0]?.steps).toMatchObject([
      { run: 'make' },
    ]);
  });

  test('reads literal shell steps of a Jenkinsfile', () => {
    const workflow = read(
      'Jenkinsfile',
      'pipeline {',
      "  stage('Test') {",
      "    sh 'npm test'",
      '    sh """',
      'a',
      '"""',
      "    sh(label: 'Lint', returnStatus: true, script: 'npm run lint')",
      '}',
    );

    expect(workflow?.jobs[0]?.steps).toMatchObject([
      { name: 'Test', line: 3, run: 'npm test' },
      { name: 'Test', line: 4, run: 'a' },
      { name: 'Test', line: 7, run: 'npm run lint' },
    ]);
  });

  test('leaves out broken files and files without jobs', () => {
    expect(read('.github/workflows/a.yml', 'on: [push', 'jobs:')).toBeNull();
    expect(read('.github/workflows/a.yml', 'name: x')).toBeNull();
    expect(read('.github/workflows/a.yml', '- a')).toBeNull();
  });
});
