import { isAppError } from '@/lib/errors';
import type { Cluster } from '../cluster';
import { at, type ClusterObject, groupOf, labelOf, type ObjectReference, referenceOf } from '../cluster/cluster-object';
import { clusterProblemOf } from '../cluster/cluster-problem';
import { conditionsOf } from './goal';

export interface FailingPod {
  name: string;
  container: string;
  /** As `CrashLoopBackOff` or `OOMKilled`. */
  reason: string;
  /** The last lines; empty where there is none. */
  log: readonly string[];
}

/** What a cluster itself says of an object that does not come to its goal. */
export interface FailureEvidence {
  /** Conditions that are not as they should be: `Available=False MinimumReplicasUnavailable: …`. */
  conditions: readonly string[];
  /** Warnings, the newest last: `Pod elder/web-0: FailedScheduling: …`. */
  events: readonly string[];
  pod: FailingPod | null;
  /** What could not be read, with the cause. */
  unread: readonly string[];
}

const EVENTS = 8;
/** Of each object. A server keeps its newest events for an hour, and adds up those that say the same. */
const READ_EVENTS = 100;
/** Pods of one workload fail alike. */
const READ_PODS = 5;
const LOG_LINES = 20;
const GOOD_WHEN_FALSE = /Failure|Failed|Pressure|Degraded/;

/** Best effort: what cannot be read is named, and hides nothing else. */
export async function explainFailure(
  cluster: Cluster,
  reference: ObjectReference,
  signal?: AbortSignal,
): Promise<FailureEvidence> {
  const unread: string[] = [];
  const attempt = async <T>(what: string, read: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      if (isAppError(error) && error.code === 'cancelled') throw error;
      unread.push(`${what}: ${clusterProblemOf(error)?.cause ?? 'error'}`);
      return otherwise;
    }
  };
  const object = await attempt(labelOf(reference), () => cluster.find(reference, signal), null);
  const { namespace } = reference;
  const pods = namespace && object ? await attempt('Pods', () => podsOf(cluster, object, signal), []) : [];
  const isFailing = (pod: ClusterObject): boolean => failingContainer(pod) !== null;
  const worst = [...pods.filter(isFailing), ...pods.filter((pod) => !isFailing(pod))].slice(0, READ_PODS);
  const involved = [reference, ...worst.map((pod) => referenceOf(pod))];
  const events = namespace ? await attempt('Events', () => warningsOf(cluster, namespace, involved, signal), []) : [];
  const failing = pods.flatMap((pod) => failingContainer(pod) ?? [])[0];
  const log = failing
    ? await attempt(`Log ${failing.name}`, () => readLog(cluster, namespace ?? '', failing, signal), [])
    : [];
  return {
    conditions: object ? conditionTexts(object) : [],
    events,
    pod: failing ? { name: failing.name, container: failing.container, reason: failing.reason, log } : null,
    unread,
  };
}

function conditionTexts(object: ClusterObject): string[] {
  return conditionsOf(object)
    .filter(({ type, status }) => (status === 'True') === GOOD_WHEN_FALSE.test(type))
    .map(({ type, status, reason = '', message = '' }) =>
      [`${type}=${status}`, [reason, message].filter(Boolean).join(': ')].filter(Boolean).join(' '),
    );
}

/** Pods that belong to a workload, by the labels it chooses them by. */
async function podsOf(cluster: Cluster, object: ClusterObject, signal?: AbortSignal): Promise<ClusterObject[]> {
  const { name, namespace } = object.metadata;
  const chosen = at(object, 'spec', 'selector', 'matchLabels') as Record<string, string> | undefined;
  const labels =
    groupOf(object.apiVersion) === 'batch' ? { 'batch.kubernetes.io/job-name': name } : (chosen ?? undefined);
  if (!labels || Object.keys(labels).length === 0) return [];
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const kind = { apiVersion: 'v1', kind: 'Pod', namespace };
  return cluster.list(kind, { labels: selector.join(',') }, signal);
}

async function warningsOf(
  cluster: Cluster,
  namespace: string,
  involved: readonly ObjectReference[],
  signal?: AbortSignal,
): Promise<string[]> {
  const ofNamespace = { apiVersion: 'v1', kind: 'Event', namespace };
  const events: ClusterObject[] = [];
  for (const { kind, name } of involved) {
    const fields = `type=Warning,involvedObject.kind=${kind},involvedObject.name=${name}`;
    events.push(...(await cluster.list(ofNamespace, { fields, most: READ_EVENTS }, signal)));
  }
  return events
    .map((event) => ({
      when: String(at(event, 'lastTimestamp') ?? at(event, 'eventTime') ?? ''),
      text: `${at(event, 'involvedObject', 'kind')} ${namespace}/${at(event, 'involvedObject', 'name')}: ${at(event, 'reason')}: ${at(event, 'message')}`,
    }))
    .sort((a, b) => (a.when < b.when ? -1 : 1))
    .slice(-EVENTS)
    .map(({ text }) => text);
}

interface Failing {
  name: string;
  container: string;
  reason: string;
  hasPrevious: boolean;
}

const STARTING = new Set(['ContainerCreating', 'PodInitializing']);

function failingContainer(pod: ClusterObject): Failing | null {
  const lists = [at(pod, 'status', 'initContainerStatuses'), at(pod, 'status', 'containerStatuses')];
  for (const status of lists.flatMap((list) => (Array.isArray(list) ? list : []))) {
    const waiting = at(status, 'state', 'waiting', 'reason');
    const ended = at(status, 'state', 'terminated');
    const last = at(status, 'lastState', 'terminated');
    const wrongEnd = [ended, last].find((each) => each !== undefined && at(each, 'exitCode') !== 0);
    const reason =
      typeof waiting === 'string' && !STARTING.has(waiting)
        ? waiting
        : wrongEnd
          ? String(at(wrongEnd, 'reason'))
          : null;
    if (reason === null) continue;
    const container = String(at(status, 'name'));
    return { name: pod.metadata.name, container, reason, hasPrevious: ended === undefined && last !== undefined };
  }
  return null;
}

async function readLog(
  cluster: Cluster,
  namespace: string,
  { name, container, hasPrevious }: Failing,
  signal?: AbortSignal,
): Promise<string[]> {
  const options = { container, lines: LOG_LINES, isPrevious: hasPrevious, signal };
  const text = await cluster.podLog({ namespace, name }, options);
  return text.split('\n').filter((line) => line.trim() !== '');
}
