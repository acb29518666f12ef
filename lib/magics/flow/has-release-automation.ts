import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import type { TagFact } from '../facts/history';
import type { ManifestFact } from '../facts/project';
import type { CheckRunFact } from '../facts/provider';
import { changes, hostSays } from '../sketches';
import { hasBillOfMaterials, isSigned, publishingJobs } from './publishing';
import { failingJobs, publishingCheck } from './publishing-checks';
import { parseVersion } from './versions';

const YEAR = 365 * 86_400;
const ENOUGH_RELEASES = 3;
/** Their registries take what they publish from somebody's machine or from a job; others read tags. */
const UPLOADED = new Set<ManifestFact['ecosystem']>(['npm', 'python', 'cargo', 'maven', 'gradle', 'bundler', 'nuget']);
const PARTS = { automation: 0.6, signing: 0.3, bill: 0.1 };

function releasesOf(tags: readonly TagFact[], now: number): number {
  const released = tags.filter((tag) => {
    const version = parseVersion(tag.name);
    return version !== null && !version.isPrerelease && tag.isReachable && tag.at > now - YEAR;
  });
  return new Set(released.map(({ commitId }) => commitId)).size;
}

const job = (steps: string, top = '') =>
  `name: release\non:\n  push:\n    tags: ["v*"]\n${top}jobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;
const PACKAGE = '{ "name": "a", "version": "1.0.0", "exports": "./index.js", "files": ["index.js"] }';
const SIGNED = {
  'package.json': PACKAGE,
  '.github/workflows/release.yml': job(
    '      - uses: anchore/sbom-action@v0\n      - run: npm publish --provenance\n',
    'permissions:\n  id-token: write\n',
  ),
};
const ran = (commitId: string, conclusion: CheckRunFact['conclusion'], name = 'release'): CheckRunFact => ({
  ...{ commitId, conclusion, name },
  startedAt: 1_704_200_000,
  completedAt: 1_704_200_060,
});
const RELEASES = [0, 1, 2].map((commit) => ({ name: `v1.${commit}.0`, commit }));

export const hasReleaseAutomation = defineRule({
  id: 'flow/has-release-automation',
  catalogue: 'FLW-13',
  group: 'release',
  severity: 'medium',
  confidence: 0.8,
  needs: ['workflows', 'manifests', 'tags'],
  uses: ['provider'],
  limits: { per: 'measure', good: 0.9, bad: 0, range: [0, 1] },
  effort: 'moderate',
  references: [
    'https://slsa.dev/spec/v1.0/',
    'https://github.com/ossf/scorecard/blob/main/docs/checks.md#packaging',
    'https://github.com/ossf/scorecard/blob/main/docs/checks.md#signed-releases',
    'https://docs.github.com/actions/how-tos/secure-your-work/use-artifact-attestations/use-artifact-attestations',
  ],
  tags: ['SLSA', 'NIST SSDF PS.2', 'NIST SSDF PS.3', 'ISO27001 A.8.31', 'OSPS-BR-06', 'CICD-SEC-9'],
  options: z.object({}),

  title: { en: 'A pipeline publishes the releases', ja: 'リリースをパイプラインで公開する' },
  why: {
    en: 'What is published from somebody’s machine cannot be traced to its source, nor told from a forgery.',
    ja: '個人の端末から公開されたものは、元のソースをたどれず、偽物との区別も付きません。',
  },
  fix: {
    en: 'Publish from a job that a tag starts, with an attested provenance and a bill of materials.',
    ja: 'タグで始まるジョブから公開し、来歴の証明と部品表（SBOM）を付けてください。',
  },
  messages: {
    manual: {
      en: '{count} releases in a year, and no pipeline publishes any: they come from somebody’s machine.',
      ja: '1年に{count}回のリリースがありますが、公開するパイプラインがなく、手元の端末から公開しているようです。',
    },
    unsigned: {
      en: 'Job “{job}” publishes without a signature or a provenance.',
      ja: 'ジョブ「{job}」は、署名も来歴の証明もなしに公開しています。',
    },
    failing: {
      en: 'Job “{job}” publishes, and failed each of its last {count} times.',
      ja: '公開するジョブ「{job}」は、直近{count}回すべて失敗しています。',
    },
    elsewhere: {
      en: 'Check “{check}” at the host publishes; what it signs, the repository does not tell.',
      ja: 'ホストの検査「{check}」が公開を担っています。署名などの有無は、リポジトリからは分かりません。',
    },
    bill: {
      en: 'No bill of materials (SBOM) is made for what is published.',
      ja: '公開するものの部品表（SBOM）が作られていません。',
    },
  },
  examples: {
    bad: [
      {
        files: SIGNED,
        provider: hostSays({ checks: [ran('a', 'failure'), ran('b', 'timed-out'), ran('c', 'success', '単体テスト')] }),
      },
      {
        files: { 'package.json': PACKAGE },
        commits: changes('Start', 'a', 'b'),
        tags: RELEASES,
        provider: hostSays({ checks: [ran('a', 'success', 'unit tests'), ran('a', 'failure', 'publish')] }),
      },
      { files: { 'package.json': PACKAGE }, commits: changes('Start', 'a', 'b'), tags: RELEASES },
      { files: { '.github/workflows/release.yml': job('      - run: npm publish\n') } },
      {
        files: {
          '.gitlab-ci.yml': '公開:\n  only: [tags]\n  script:\n    - twine upload dist/*\n',
          'pyproject.toml': '[project]\nname = "a"\nversion = "1.0"\n',
        },
      },
    ],
    good: [
      {
        files: SIGNED,
        provider: hostSays({ checks: [ran('a', 'failure'), ran('b', 'success'), ran('c', 'failure')] }),
      },
      {
        files: {
          '.github/workflows/release.yml': job(
            '      - uses: anchore/sbom-action@v0\n      - run: npm publish --provenance\n',
            'permissions:\n  id-token: write\n',
          ),
        },
      },
      {
        files: {
          '.github/workflows/公開.yml': job('      - uses: goreleaser/goreleaser-action@v6\n'),
          'go.mod': 'module example.org/a\n\ngo 1.22\n',
        },
      },
      {
        files: {
          '.github/workflows/image.yml': job(
            '      - uses: docker/build-push-action@v6\n        with:\n          push: true\n          provenance: mode=max\n          sbom: true\n',
          ),
        },
      },
      {
        files: {
          '.github/workflows/image.yml': `${job('      - uses: depot/build-push-action@v1\n        with:\n          push: true\n          sbom: true\n')}  draft:\n    runs-on: ubuntu-latest\n    steps:\n      - run: node tools/create-draft-release.mjs\n`,
          'pyproject.toml': '[project]\nname = "a"\nversion = "1.0"\n',
        },
      },
    ],
  },

  *check({ workflows, manifests, tags, provider, now }): CheckOutput {
    const checks = provider?.checks ?? [];
    const publishing = publishingJobs(workflows);
    const releases = releasesOf(tags, now);
    const metrics = { publishing_jobs: publishing.length, releases_in_a_year: releases };
    if (publishing.length === 0) {
      const isUploaded = manifests.some(({ ecosystem, isLibrary }) => isLibrary && UPLOADED.has(ecosystem));
      if (!isUploaded || releases < ENOUGH_RELEASES) {
        return { outcome: 'not-applicable', reason: 'no-subjects', metrics };
      }
      const check = publishingCheck(checks);
      if (check !== null) return { outcome: 'not-available', reason: 'elsewhere', data: { check }, metrics };
      yield { messageId: 'manual', data: { count: releases }, anchor: 'manual' };
      return { value: 0, metrics };
    }
    const unsigned = publishing.filter((each) => !isSigned(each));
    const first = publishing[0];
    for (const each of unsigned) {
      yield {
        messageId: 'unsigned',
        data: { job: each.job.id },
        location: { path: each.workflow.path, line: each.job.line },
        severity: 'low',
        anchor: `unsigned ${each.job.id}`,
      };
    }
    const failing = failingJobs(publishing, workflows, checks);
    for (const { workflow, job, count } of failing) {
      yield {
        messageId: 'failing',
        data: { job: job.id, count },
        location: { path: workflow.path, line: job.line },
        severity: 'low',
        anchor: `failing ${job.id}`,
      };
    }
    const hasBill = publishing.some(hasBillOfMaterials);
    if (!hasBill && first) {
      const location = { path: first.workflow.path, line: first.job.line };
      yield { messageId: 'bill', location, severity: 'info', anchor: 'bill' };
    }
    const signed = unsigned.length === 0 ? PARTS.signing : 0;
    const working = 1 - failing.length / publishing.length;
    return { value: PARTS.automation * working + signed + (hasBill ? PARTS.bill : 0), metrics };
  },
});
