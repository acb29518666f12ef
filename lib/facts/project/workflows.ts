import type { WorkflowFact } from '@/lib/magics/facts/project';
import type { ProjectText } from './project-text';
import { readAzurePipeline } from './workflows/azure';
import { readBitbucketPipeline } from './workflows/bitbucket';
import { readCircleConfig } from './workflows/circleci';
import { readGithubWorkflow } from './workflows/github';
import { readGitlabPipeline } from './workflows/gitlab';
import { readJenkinsfile } from './workflows/jenkins';
import { readOtherPipeline } from './workflows/other';
import { readTravisConfig } from './workflows/travis';
import { readYaml } from './yaml-tree';

type Provider = WorkflowFact['provider'];

/** First pattern that fits names the provider. */
const PATHS: readonly (readonly [RegExp, Provider, typeof readGithubWorkflow])[] = [
  [/^\.github\/workflows\/[^/]+\.ya?ml$/, 'github', readGithubWorkflow],
  [/^\.(?:gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/, 'other', readGithubWorkflow],
  [/^\.gitlab-ci\.ya?ml$|^\.gitlab\/ci\/.+\.ya?ml$|(?:^|\/)[^/]+\.gitlab-ci\.ya?ml$/, 'gitlab', readGitlabPipeline],
  [/^(?:\.?azure-pipelines|\.?pipelines|\.azuredevops|\.vsts)[^/]*(?:\/.+)?\.ya?ml$/, 'azure', readAzurePipeline],
  [/^\.circleci\/config\.ya?ml$/, 'circleci', readCircleConfig],
  [/^bitbucket-pipelines\.ya?ml$/, 'bitbucket', readBitbucketPipeline],
  [/^\.travis\.ya?ml$/, 'travis', readTravisConfig],
  [
    /^(?:\.?appveyor|\.drone|\.woodpecker|\.cirrus|cloudbuild|buildspec|\.semaphore\/semaphore|\.buildkite\/[^/]+|\.woodpecker\/[^/]+)\.ya?ml$/,
    'other',
    readOtherPipeline,
  ],
];

const JENKINSFILE = /^(?:[^/]+\/)?Jenkinsfile(?:\.[^/]+)?$/;

export function isWorkflowPath(path: string): boolean {
  return JENKINSFILE.test(path) || PATHS.some(([pattern]) => pattern.test(path));
}

/** A pipeline as data; null when it is broken or holds none. */
export function readWorkflow({ path, text }: ProjectText): WorkflowFact | null {
  if (JENKINSFILE.test(path)) return { path, provider: 'jenkins', ...readJenkinsfile(text) };
  for (const [pattern, provider, read] of PATHS) {
    if (!pattern.test(path)) continue;
    const root = readYaml(text);
    const pipeline = root && read(root);
    return pipeline ? { path, provider, ...pipeline } : null;
  }
  return null;
}
