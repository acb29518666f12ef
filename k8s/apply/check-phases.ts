import { type ClusterObject, keyOf, labelOf, referenceOf } from '../cluster/cluster-object';
import type { Phase } from '../phase';
import { fieldProblems } from './field-problems';

export interface PlanProblem {
  object: string;
  problem: 'unknown-field' | 'wrong-type' | 'bad-name' | 'bad-label' | 'twice';
  /** The field, or the name or label that is wrong. */
  field: string;
  expected: string | null;
}

export interface PlanCheck {
  problems: readonly PlanProblem[];
  /** Kinds of operators: only their cluster knows their fields. */
  uncheckedKinds: readonly string[];
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const NAME = /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const RBAC_NAME = /^[^/%]{1,253}$/;
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?)?$/;
const LABEL_KEY = /^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/;

/** What can be known to be wrong without a cluster. */
export function checkPhases(phases: readonly Phase[]): PlanCheck {
  const problems: PlanProblem[] = [];
  const unchecked = new Set<string>();
  const seen = new Set<string>();
  for (const { object: given } of phases.flatMap(({ objects }) => objects)) {
    const object = given as ClusterObject;
    const reference = referenceOf(object);
    const add = (problem: PlanProblem['problem'], field: string, expected: string | null = null) =>
      problems.push({ object: labelOf(reference), problem, field, expected });
    const key = keyOf(reference);
    if (seen.has(key)) add('twice', reference.name);
    seen.add(key);
    const names = object.apiVersion.startsWith('rbac.authorization.k8s.io/') ? RBAC_NAME : NAME;
    if (!names.test(reference.name)) add('bad-name', reference.name);
    for (const [label, value] of Object.entries(object.metadata.labels ?? {})) {
      if (!LABEL_KEY.test(label) || !LABEL_VALUE.test(value)) add('bad-label', `${label}=${value}`);
    }
    const fields = fieldProblems(object);
    if (!fields) unchecked.add(`${object.apiVersion} ${object.kind}`);
    for (const { field, expected } of fields ?? [])
      add(expected === null ? 'unknown-field' : 'wrong-type', field, expected);
  }
  return { problems, uncheckedKinds: [...unchecked].sort() };
}
