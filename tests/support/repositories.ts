import { randomUUID } from 'node:crypto';
import type { Sketch } from '@/lib/magics/define';
import type { AuditDetail, AuditTriggerResponse } from '@/lib/schemas/audits';
import type { ProjectCreated, ProjectOverview } from '@/lib/schemas/projects';
import { auditEnd } from './audits';
import type { ElderApi } from './elder-api';
import { type LocalRepository, localRepository } from './local-repository';

const HASTY = 'Hasty Author <hasty@example.com>';

/** A small application with a few faults of several severities, each on a known line. */
export function smallApplication(): Sketch {
  return {
    commits: [
      {
        message: 'feat: sell plants',
        files: {
          'README.md': '# Nursery\n\nSells plants.\n\n## Usage\n\nRun `npm start`.\n',
          'package.json': JSON.stringify({ name: 'nursery', version: '1.0.0', scripts: { test: 'vitest run' } }),
          'src/basket.ts': BASKET,
          'src/basket.test.ts': BASKET_TEST,
        },
      },
      { message: 'wip', author: HASTY, files: { 'src/payment.ts': PAYMENT } },
      {
        message: 'fix: round prices',
        files: { 'src/price.ts': 'export const round = (price: number) => Math.round(price);\n' },
      },
    ],
    tags: [{ name: 'v1.0.0', commit: 0 }],
  };
}

/** The same, built from packages of two ecosystems, one with a known vulnerability, and a manifest without a lock file. */
export function applicationWithDependencies(): Sketch {
  const { commits = [] } = smallApplication();
  const dependencies = { lodash: '^4.17.0' };
  const lock = {
    name: 'nursery',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: {
      '': { name: 'nursery', version: '1.0.0', dependencies, devDependencies: { vitest: '^4.0.0' } },
      'node_modules/lodash': { version: '4.17.20', license: 'MIT' },
      'node_modules/vitest': { version: '4.0.1', license: 'MIT', dev: true },
      'node_modules/@vitest/a-rather-long-name-of-a-package-that-nobody-would-type': { version: '4.0.1', dev: true },
    },
  };
  const manifest = { name: 'nursery', version: '1.0.0', dependencies, devDependencies: { vitest: '^4.0.0' } };
  return {
    commits: [
      ...commits,
      {
        message: 'build: lock the versions',
        files: {
          'package.json': JSON.stringify(manifest),
          'package-lock.json': JSON.stringify(lock, null, 2),
          'requirements.txt': 'django==5.2.1\n',
          'tools/Gemfile': "source 'https://rubygems.org'\ngem 'rake'\n",
        },
      },
    ],
  };
}

/** The same, told in Japanese, so that what is English on screen is ours. */
export function japaneseApplication(): Sketch {
  const { commits = [] } = smallApplication();
  const subjects = ['feat: 植物を売る', 'wip', 'fix: 価格を丸める'];
  return {
    commits: commits.map(({ files, ...commit }, index) => ({
      ...commit,
      message: subjects[index] ?? commit.message,
      files: {
        ...files,
        ...(index === 0 && { 'README.md': '# 苗木店\n\n植物を売ります。\n\n## 使い方\n\n`npm start`\n' }),
      },
    })),
  };
}

const BASKET = `export interface Plant {
  name: string;
  price: number;
}

export function total(basket: readonly Plant[]): number {
  return basket.reduce((sum, { price }) => sum + price, 0);
}
`;

const BASKET_TEST = `import { expect, test } from 'vitest';
import { total } from './basket';

test('adds up prices', () => {
  expect(total([{ name: 'Fern', price: 5 }])).toBe(5);
});
`;

const PAYMENT = `export async function pay(amount: number): Promise<boolean> {
  // TODO: talk to the bank
  try {
    await fetch('https://bank.example/pay', { method: 'POST', body: String(amount) });
  } catch (error) {
  }
  return true;
}

export function evaluate(expression: string): unknown {
  return eval(expression);
}
`;

/** Enough source files, found in no cache, to keep an audit busy for seconds. */
export function largeApplication(files = 1500): Sketch {
  const salt = randomUUID();
  const modules = Array.from({ length: files }, (_, index) => [
    `src/area${index % 40}/module${index}.ts`,
    moduleText(index, salt),
  ]);
  return { ...smallApplication(), files: Object.fromEntries(modules) as Record<string, string> };
}

function moduleText(index: number, salt: string): string {
  const functions = Array.from(
    { length: 12 },
    (_, part) => `
export function step${index}x${part}(value: number): number {
  if (value > ${part}) {
    for (let turn = 0; turn < value; turn += 1) {
      if (turn % ${part + 2} === ${index % (part + 2)}) return turn * ${index + part};
    }
  }
  return value + ${part};
}
`,
  );
  return `// ${salt} ${index}\n${functions.join('')}`;
}

export interface RegisteredProject extends LocalRepository {
  teamId: string;
  projectId: string;
  /** Its first audit. */
  auditId: string;
}

/** Registers a repository of a sketch through the API; its first audit is under way. */
export async function registerProject(
  api: ElderApi,
  sketch: Sketch = smallApplication(),
  projectName = 'Nursery',
): Promise<RegisteredProject> {
  const repository = await localRepository(sketch);
  const created = await api.post<ProjectCreated>('/projects', { repositoryUrl: repository.path, projectName });
  const { teamId } = await api.get<ProjectOverview>(`/projects/${created.projectId}/overview`);
  return { ...repository, teamId, projectId: created.projectId, auditId: created.auditId };
}

/** A registered project whose first audit has ended. */
export async function auditedProject(api: ElderApi, sketch = smallApplication()): Promise<RegisteredProject> {
  const project = await registerProject(api, sketch);
  await auditEnd(project.auditId);
  return project;
}

export async function runAudit(api: ElderApi, projectId: string): Promise<string> {
  return (await api.post<AuditTriggerResponse>(`/projects/${projectId}/audit/trigger`)).taskId;
}

export function readAudit(api: ElderApi, auditId: string): Promise<AuditDetail> {
  return api.get<AuditDetail>(`/audits/${auditId}`);
}
