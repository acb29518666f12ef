import { createHash } from 'node:crypto';
import type { FakeServer } from './fake-server';

export interface FakeHost extends FakeServer {
  held: Hosted;
  token: string;
  username?: string;
}

/** What each fake host holds: one repository, with more branches and pull requests than fit on a page. */
export interface Hosted {
  branches: { name: string; commitId: string }[];
  pullRequests: HostedPullRequest[];
  members: { login: string; email: string; canPush: boolean }[];
  base: string;
  head: string;
  mergeBase: string;
  /** That `head` changed since `mergeBase`. */
  files: string[];
  hooks: Map<string, unknown>;
  comments: Map<string, { text: string; number: number; version: number }>;
  /** By commit and key. */
  states: Map<string, unknown>;
  /** Of pull requests alone: by what the host calls them. */
  reports: Map<string, { report: Record<string, unknown>; annotations: Record<string, unknown>[] }>;
}

export interface HostedPullRequest {
  number: number;
  title: string;
  author: string;
  headBranch: string;
  headCommitId: string;
  isFork: boolean;
  isDraft: boolean;
  isOpen: boolean;
}

/** When pull requests were opened, merged where they were, and who said what about those. */
export const REVIEWED = {
  openedAt: '2026-10-01T00:00:00Z',
  mergedAt: '2026-10-02T00:00:00Z',
  approvedBy: 'grace',
  rejectedBy: 'lin',
  mergeCommitId: 'd'.repeat(40),
} as const;

export const TOKEN = 'fake-token-1';
export const LOGIN = 'guardian';
const BRANCHES = 230;
const PULL_REQUESTS = 130;

export function commitId(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

export function hosted(): Hosted {
  const more = Array.from({ length: BRANCHES - 2 }, (_, at) => `topic/${at} ünder+way`);
  const branches = ['main', 'feature/login', ...more].map((name) => ({ name, commitId: commitId(name) }));
  const pullRequests = Array.from({ length: PULL_REQUESTS }, (_, at): HostedPullRequest => {
    const branch = at === 0 ? 'feature/login' : `topic/${at} ünder+way`;
    return {
      number: at + 1,
      title: `Change ${at + 1}`,
      author: at % 2 ? 'mallory' : LOGIN,
      headBranch: branch,
      headCommitId: commitId(branch),
      isFork: at === 3,
      isDraft: at === 4,
      isOpen: at !== 5,
    };
  });
  return {
    branches,
    pullRequests,
    members: [
      { login: LOGIN, email: 'guardian@example.com', canPush: true },
      { login: 'mallory', email: 'mallory@example.com', canPush: true },
    ],
    base: commitId('main'),
    head: commitId('feature/login'),
    mergeBase: commitId('before main'),
    files: ['src/login.ts', 'src/ふ é.ts', 'README.md'],
    hooks: new Map(),
    comments: new Map(),
    states: new Map(),
    reports: new Map(),
  };
}
