import type { FactTables } from '../facts';
import type { FileFact } from '../facts/code';
import type { WorkflowFact } from '../facts/project';

const PLATFORM_FILE =
  /^(?:[^/]+\/){0,3}(?:fly\.toml|render\.ya?ml|procfile|skaffold\.ya?ml|kustomization\.ya?ml|serverless\.ya?ml|samconfig\.toml|apprunner\.ya?ml|railway\.(?:json|toml)|nomad\.hcl|copilot\/\.workspace)$/i;
const CHART = /^(?:[^/]+\/){0,4}chart\.yaml$/i;
const NOT_SHIPPED =
  /(?:^|\/)(?:examples?|samples?|demos?|templates?|playgrounds?|fixtures?|testdata|tests?|docs?|e2e|third_party|vendor|benchmarks?|quickstarts?|tutorials?)\//i;

const DEPLOY_ACTION =
  /^(?:aws-actions\/amazon-ecs-deploy-task-definition|google-github-actions\/deploy-(?:cloudrun|appengine|cloud-functions)|azure\/(?:webapps-deploy|functions-action|k8s-deploy|container-apps-deploy-action|aks-set-context)|superfly\/flyctl-actions[^@]*|akhileshns\/heroku-deploy|amondnet\/vercel-action|digitalocean\/app_action[^@]*|deliverybot\/helm|appleboy\/ssh-action)(?:@|$)/i;
const DEPLOY_COMMAND =
  /^[ \t]{0,40}(?:sudo\s+)?(?:kubectl\s+(?:[^\n]{0,80}\s)?(?:apply|rollout|set image)\b|helm\s+(?:[^\n]{0,80}\s)?upgrade\b|helmfile\s+(?:[^\n]{0,80}\s)?(?:apply|sync)\b|(?:flyctl|fly)\s+deploy\b|gcloud\s+(?:run|app|functions)\s+deploy\b|aws\s+(?:ecs\s+update-service|lambda\s+update-function-code|deploy\s+create-deployment)\b|az\s+(?:webapp|containerapp|functionapp)\s+(?:[^\n]{0,40}\s)?(?:deploy|up|update)\b|cap\s+production\s+deploy\b|kamal\s+deploy\b|(?:npx\s+)?(?:serverless|sls)\s+deploy\b|cdk\s+deploy\b|git\s+push\s+heroku\b|argocd\s+app\s+sync\b|docker\s+stack\s+deploy\b)/im;
/** A cluster that lives as long as the job is there to test. */
const THROW_AWAY = /\b(?:kind|minikube|k3d|k3s|microk8s)\b/i;

/** Where the repository says that it runs something for others; null when it does not. */
export function deploymentOf(
  files: readonly Pick<FileFact, 'path' | 'role'>[],
  workflows: FactTables['workflows'],
): { path: string; line: number } | null {
  for (const workflow of workflows) {
    const line = deployLine(workflow);
    if (line !== null) return { path: workflow.path, line };
  }
  const found = files.find(
    ({ path, role }) =>
      (PLATFORM_FILE.test(path) || CHART.test(path)) &&
      !NOT_SHIPPED.test(path) &&
      role !== 'fixture' &&
      role !== 'vendored',
  );
  return found ? { path: found.path, line: 1 } : null;
}

function deployLine({ jobs }: WorkflowFact): number | null {
  for (const { id, steps } of jobs) {
    if (
      /test|e2e|lint|smoke|check/i.test(id) ||
      steps.some(({ uses, run }) => THROW_AWAY.test(`${uses ?? ''} ${run ?? ''}`))
    ) {
      continue;
    }
    const step = steps.find(
      ({ uses, run }) => (uses !== null && DEPLOY_ACTION.test(uses)) || (run !== null && DEPLOY_COMMAND.test(run)),
    );
    if (step) return step.line;
  }
  return null;
}
