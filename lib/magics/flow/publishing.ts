import type { WorkflowFact, WorkflowJobFact, WorkflowStepFact } from '../facts/project';

const COMMAND =
  /(?:^|[\s;&|(`"'/=])(?:(?:npm|pnpm|yarn npm|yarn|bun|lerna|changeset|pnpm changeset|vsce|ovsx|wrangler|cargo|poetry|uv|flit|hatch|pdm|dart pub|flutter pub|clojure -T:build|conda) (?:-\S{1,80} ){0,10}(?:run )?(?:publish|release|deploy)|semantic-release|release-it|np|(?:python3? -m )?twine upload|maturin (?:publish|upload)|gem push|gem release|(?:bundle exec )?rake release\S{0,40}|dotnet nuget push|nuget push|docker(?: image)? push|docker buildx build(?: \S{1,200}){0,30} --push|buildah push|skopeo copy|crane push|ko (?:build|publish|apply)|goreleaser|gh release (?:create|upload)|hub release create|glab release create|release-cli create|jreleaser|helm (?:push|upgrade)|cr upload|kubectl (?:apply|set image|rollout)|terraform apply|(?:serverless|sls|sam|cdk|firebase|netlify|vercel|flyctl|fly|eb|gcloud (?:run|app|functions)|copilot|amplify) deploy|aws (?:s3 sync|cloudformation deploy|ecs update-service|lambda update-function-code)|ansible-playbook|cap \w+ deploy|fastlane|eas submit|mix hex\.publish|luarocks upload|conan upload|snapcraft upload|cargo dist|sbt(?: \S{1,200}){0,30} (?:ci-release|publish\w*|release)|\S{0,80}mvnw?(?: \S{1,200}){0,30} (?:deploy|release:perform|jib:build)|\S{0,80}gradlew?(?: \S{1,200}){0,30} \S{0,80}(?:publish|[Rr]elease|upload)\w*)(?=$|[\s;&|)`"':])/m;
/** What a project calls its own way out. */
const OWN_COMMAND =
  /(?:^|[\s;&|])(?:(?:npm|pnpm|yarn|bun) (?:run )?(?:release|publish|deploy)[\w:-]*|make (?:-\S{1,80} ){0,10}(?:release|publish|deploy)[\w-]*|\S{0,80}(?:release|publish|deploy)[\w-]*\.(?:sh|py|rb|[cm]?js|ts|ps1))(?=$|[\s;&|])/m;
const ACTION =
  /^(?:pypa\/gh-action-pypi-publish|JS-DevTools\/npm-publish|softprops\/action-gh-release|ncipollo\/release-action|goreleaser\/|actions\/create-release|actions\/upload-release-asset|changesets\/action|[\w-]+\/release-please-action|cycjimmy\/semantic-release|codfish\/semantic-release|python-semantic-release\/|relekang\/python-semantic-release|rubygems\/(?:release-gem|configure-rubygems-credentials)|katyo\/publish-crates|svenstaro\/upload-release|taiki-e\/(?:create-gh-release|upload-rust-binary)|jreleaser\/|marvinpinto\/action-automatic-releases|slsa-framework\/slsa-github-generator|azure\/(?:webapps-deploy|functions-action|k8s-deploy)|aws-actions\/(?:amazon-ecs-deploy|aws-cloudformation)|google-github-actions\/deploy|superfly\/|cloudflare\/(?:wrangler|pages)-action|amondnet\/vercel|nwtgck\/actions-netlify|appleboy\/ssh-action|helm\/chart-releaser|erlangpack\/github-action|olegtarasov\/|yyx990803\/release-tag|elgohr\/Publish-Docker|firebaseextended\/action-hosting-deploy|r0adkll\/upload-google-play|brandedoutcast\/publish-nuget|atlassian\/(?:aws|azure|npm-publish|pypi-publish|kubectl|heroku|firebase|google)|node\/publish|aws-(?:ecr|ecs|s3|cli)\/|gcp-gcr\/|kubernetes\/|(?:AzureWebApp|AzureFunctionApp|KubernetesManifest|HelmDeploy|AzureRmWebAppDeployment|GitHubRelease|TwineAuthenticate)@)/i;
/** Actions that publish only when told to. */
const PUSHING_ACTION = /^(?:docker|depot)\/(?:build-push-action|bake-action)@/i;
const TASK_THAT_PUSHES = /^(?:NuGetCommand|DotNetCoreCLI|Npm|Docker)@/i;

function publishes(step: WorkflowStepFact): boolean {
  const uses = step.uses ?? '';
  if (ACTION.test(uses)) return true;
  if (PUSHING_ACTION.test(uses))
    return step.inputs.some((input) => /^push=(?!false)|type=(?:registry|image,push)/.test(input));
  if (TASK_THAT_PUSHES.test(uses))
    return step.inputs.some((input) => /^command=(?:push|publish|buildAndPush|custom)/i.test(input));
  const run = step.run ?? '';
  return !isRehearsal(run) && (COMMAND.test(run) || OWN_COMMAND.test(run));
}

const isRehearsal = (run: string) =>
  /--dry-run|\bdraft-release\b|--snapshot\b|publishToMavenLocal|publish --help/.test(run);

export interface PublishingJob {
  workflow: WorkflowFact;
  job: WorkflowJobFact;
}

/** Jobs that bring the product to those who use it. */
export function publishingJobs(workflows: readonly WorkflowFact[]): PublishingJob[] {
  return workflows.flatMap((workflow) =>
    workflow.jobs.filter((job) => job.steps.some(publishes)).map((job) => ({ workflow, job })),
  );
}

const SIGNING =
  /attest|slsa|sigstore|cosign|\bgpg\b|gpg-|minisign|signtool|signify|--sign\b|provenance(?:[=: ](?!false)|$)|NPM_CONFIG_PROVENANCE|signing|rubygems\/(?:release-gem|configure-rubygems-credentials)|goreleaser|jreleaser/im;
/** Registries that sign what they take, or know no signature. */
const SIGNED_BY_REGISTRY =
  /\b(?:mvnw?|gradlew?|sbt)\b|nuget|cargo|katyo\/publish-crates|mix hex|pub publish|luarocks|conan|kubectl|helm upgrade|terraform|deploy/i;
const BILL = /\bsbom\b|syft|cyclonedx|spdx|cargo[ -]auditable|dependency-submission/i;

function textsOf({ workflow, job }: PublishingJob): string {
  return workflow.jobs
    .flatMap((each) => [
      ...each.env,
      ...(each.permissions ?? []),
      ...each.steps.flatMap((step) => [step.uses ?? '', step.run ?? '', ...step.inputs, ...step.env]),
    ])
    .concat(workflow.permissions ?? [], job.id)
    .join('\n');
}

/** Says the workflow where what is published comes from? Publishing with the identity of the job leaves a provenance. */
export function isSigned(publishing: PublishingJob): boolean {
  const text = textsOf(publishing);
  if (publishing.job.steps.some(isAttestedImage)) return true;
  return SIGNING.test(text) || /id-token: write|write-all/.test(text) || SIGNED_BY_REGISTRY.test(text);
}

/** Attests where an image comes from unless told not to. */
function isAttestedImage({ uses, inputs }: WorkflowStepFact): boolean {
  return PUSHING_ACTION.test(uses ?? '') && !inputs.includes('provenance=false');
}

export function hasBillOfMaterials(publishing: PublishingJob): boolean {
  return BILL.test(textsOf(publishing)) || /goreleaser/i.test(textsOf(publishing));
}
