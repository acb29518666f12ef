import { stringify } from 'yaml';
import { z } from 'zod';
import type { ClusterObject } from '../cluster/cluster-object';
import { buildUnnumbered } from '../manifests/build-phases';
import { type Job, renamed } from '../manifests/jobs';
import { ChartValues, configurationOf, DEFAULT_VALUES } from './chart-values';
import { toYaml } from './yaml';

/** The engines that its values ask for: the templates do not look at what a cluster shows. */
function enginesOf({ monitoring, network }: ChartValues): Set<string> {
  const gateway = network.expose === 'gateway' ? ['gateway.networking.k8s.io'] : [];
  return new Set([...gateway, ...(monitoring.operator ? ['monitoring.coreos.com'] : [])]);
}

/** What decides which objects there are. Each choice is a condition in the templates. */
interface Choice {
  values: ChartValues;
  conditions: Readonly<Record<string, string>>;
}

/** Numbers and names that stand for values while a template is made; nothing else in an object looks like them. */
const STAND_INS: readonly [text: string, template: string][] = [
  ['zz-repository:zz-tag', '{{ include "elder.image" . }}'],
  ['https://zz-host.example.com', '{{ include "elder.url" . }}'],
  ['http://localhost:3000', '{{ include "elder.url" . }}'],
  ['zz-host.example.com', '{{ .Values.network.host }}'],
  ['zz-tls', '{{ .Values.network.tlsSecret }}'],
  ['zz-database-owner', '{{ .Values.external.databaseOwnerSecret }}'],
  ['zz-database', '{{ .Values.external.databaseSecret }}'],
  ['zz-redis', '{{ .Values.external.redisSecret }}'],
  ['zz-objects', '{{ .Values.external.objectsSecret }}'],
  ['zz-keys', '{{ .Values.keysSecret }}'],
  ['zz-settings', '{{ .Values.settingsSecret }}'],
  ['990001Gi', '{{ .Values.sizes.postgres }}'],
  ['990002Gi', '{{ .Values.sizes.redis }}'],
  ['990003Gi', '{{ .Values.sizes.objects }}'],
  ['990004Gi', '{{ .Values.sizes.backup }}'],
  ['901', '{{ .Values.web.minReplicas }}'],
  ['902', '{{ .Values.web.maxReplicas }}'],
  ['911', '{{ .Values.workers.git.minReplicas }}'],
  ['912', '{{ .Values.workers.git.maxReplicas }}'],
  ['921', '{{ .Values.workers.collect.minReplicas }}'],
  ['922', '{{ .Values.workers.collect.maxReplicas }}'],
  ['931', '{{ .Values.workers.judge.minReplicas }}'],
  ['932', '{{ .Values.workers.judge.maxReplicas }}'],
  ['941', '{{ .Values.workers.deliver.replicas }}'],
  ['951', '{{ .Values.workers.maintain.replicas }}'],
  ['zz-namespace', '{{ .Release.Namespace }}'],
  ['zz-revision', '{{ .Release.Revision }}'],
  ['zz-name', '{{ .Release.Name }}'],
];

const STANDING: ChartValues = {
  image: { repository: 'zz-repository', tag: 'zz-tag', digest: '' },
  network: { host: 'zz-host.example.com', expose: 'ingress', tlsSecret: '' },
  stores: 'internal',
  external: {
    databaseSecret: 'zz-database',
    databaseOwnerSecret: 'zz-database-owner',
    redisSecret: 'zz-redis',
    objectsSecret: 'zz-objects',
  },
  keysSecret: 'zz-keys',
  settingsSecret: 'zz-settings',
  sizes: { postgres: '990001Gi', redis: '990002Gi', objects: '990003Gi', backup: '990004Gi' },
  web: { minReplicas: 901, maxReplicas: 902 },
  workers: {
    git: { minReplicas: 911, maxReplicas: 912 },
    collect: { minReplicas: 921, maxReplicas: 922 },
    judge: { minReplicas: 931, maxReplicas: 932 },
    deliver: { replicas: 941 },
    maintain: { replicas: 951 },
  },
  monitoring: { operator: false },
};

const HELPERS = `{{- define "elder.image" -}}
{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag }}{{ end }}
{{- end -}}
{{- define "elder.url" -}}
{{ if eq .Values.network.expose "none" }}http://localhost:3000{{ else }}https://{{ .Values.network.host }}{{ end }}
{{- end -}}
`;

const GUARD = `{{- if gt (len .Release.Name) 30 }}
{{- fail "the name of the release has more than 30 characters, and names of objects begin with it" }}
{{- end }}
`;

/** A chart made of the builders, for what can be said by its values: texts by path. */
export function chartFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const version = DEFAULT_VALUES.image.tag;
  files.set(
    'Chart.yaml',
    stringify({
      apiVersion: 'v2',
      name: 'ancient-elder',
      description: 'Self-hosted guardian of Git repositories',
      type: 'application',
      version,
      appVersion: version,
      kubeVersion: '>=1.30.0-0',
    }),
  );
  files.set('values.yaml', stringify(DEFAULT_VALUES));
  files.set('values.schema.json', `${JSON.stringify(z.toJSONSchema(ChartValues, { target: 'draft-7' }), null, 2)}\n`);
  files.set('templates/_helpers.tpl', HELPERS);
  files.set('templates/guard.yaml', GUARD);
  for (const [phase, text] of templates()) files.set(`templates/${phase}.yaml`, text);
  return files;
}

/** What a chart with these values renders to, by the builders themselves. The namespace is Helm's to make. */
export function chartObjects(
  values: ChartValues,
  release: { name: string; namespace: string; revision: number | string },
) {
  const phases = buildUnnumbered(configurationOf(values, release), enginesOf(values));
  return phases.map(({ name, objects }) => ({
    name,
    objects: objects
      .map(
        ({ object }): ClusterObject =>
          object.kind === 'Job' ? renamed(object as Job, String(release.revision)) : object,
      )
      .filter(({ kind }) => kind !== 'Namespace'),
  }));
}

function templates(): Map<string, string> {
  const choices = allChoices();
  const built = choices.map(({ values, conditions }) => ({
    conditions,
    phases: chartObjects(values, { name: 'zz-name', namespace: 'zz-namespace', revision: 'zz-revision' }),
  }));
  const texts = new Map<string, string>();
  const yamlOf = rememberingYaml();
  for (const { name: phase } of built[0]?.phases ?? []) {
    const variants = new Map<string, Variant[]>();
    for (const { conditions, phases } of built) {
      for (const object of phases.find(({ name }) => name === phase)?.objects ?? []) {
        const id = `${object.kind}/${object.metadata?.name}`;
        variants.set(id, [...(variants.get(id) ?? []), { conditions, text: yamlOf(object) }]);
      }
    }
    const parts = [...variants.values()].flatMap((list) => blocksOf(list, choices));
    texts.set(phase, `{{- /* Made by npm run k8s:generate from k8s/manifests. */}}\n${parts.join('')}`);
  }
  return texts;
}

/** Most choices leave most objects as they are. */
function rememberingYaml(): (object: ClusterObject) => string {
  const known = new Map<string, string>();
  return (object) => {
    const key = JSON.stringify(object);
    const text = known.get(key) ?? templated(toYaml(object));
    known.set(key, text);
    return text;
  };
}

interface Variant {
  conditions: Choice['conditions'];
  text: string;
}

/** Each text of an object under the conditions that decide on it, and under no others. */
function blocksOf(variants: readonly Variant[], choices: readonly Choice[]): string[] {
  const textOf = new Map(variants.map(({ conditions, text }) => [keyOf(conditions, Object.keys(conditions)), text]));
  const all = choices.map(({ conditions }) => ({
    conditions,
    text: textOf.get(keyOf(conditions, Object.keys(conditions))) ?? '',
  }));
  const axes = Object.keys(all[0]?.conditions ?? {});
  const deciding = axes.reduce((kept, axis) => {
    const fewer = kept.filter((one) => one !== axis);
    return isDecidedBy(all, fewer) ? fewer : kept;
  }, axes);
  const cases = new Map<string, Set<string>>();
  for (const { conditions, text } of all) {
    if (text === '') continue;
    const own = deciding.map((axis) => conditions[axis] ?? '');
    const condition = own.length > 1 ? `(and ${own.join(' ')})` : (own[0] ?? '');
    cases.set(text, (cases.get(text) ?? new Set()).add(condition));
  }
  return [...cases].map(([text, conditions]) => {
    const [first = ''] = conditions;
    const condition = conditions.size > 1 ? `or ${[...conditions].join(' ')}` : first.replace(/^\((.*)\)$/, '$1');
    return condition === '' ? `---\n${text}` : `{{- if ${condition} }}\n---\n${text}{{- end }}\n`;
  });
}

function isDecidedBy(all: readonly Variant[], axes: readonly string[]): boolean {
  const texts = new Map<string, string>();
  return all.every(({ conditions, text }) => {
    const key = keyOf(conditions, axes);
    const before = texts.get(key) ?? text;
    texts.set(key, before);
    return before === text;
  });
}

function keyOf(conditions: Choice['conditions'], axes: readonly string[]): string {
  return axes.map((axis) => conditions[axis]).join('\n');
}

function allChoices(): Choice[] {
  const choices: Choice[] = [];
  for (const stores of ['internal', 'external'] as const) {
    for (const expose of ['ingress', 'gateway', 'none'] as const) {
      for (const tlsSecret of ['', 'zz-tls']) {
        for (const operator of [false, true]) {
          choices.push({
            values: {
              ...STANDING,
              stores,
              network: { ...STANDING.network, expose, tlsSecret },
              monitoring: { operator },
            },
            conditions: {
              stores: `(eq .Values.stores "${stores}")`,
              expose: `(eq .Values.network.expose "${expose}")`,
              tls: tlsSecret === '' ? '(not .Values.network.tlsSecret)' : '(.Values.network.tlsSecret)',
              operator: operator ? '(.Values.monitoring.operator)' : '(not .Values.monitoring.operator)',
            },
          });
        }
      }
    }
  }
  return choices;
}

/** Alert rules and dashboards have templates of their own, which Helm has to leave alone. */
const LITERAL_BRACES = '{{ "{{" }}';

function templated(text: string): string {
  const pieces = text
    .split('{{')
    .map((piece) => STAND_INS.reduce((done, [standIn, template]) => done.replaceAll(standIn, template), piece));
  return pieces.join(LITERAL_BRACES);
}
