import type { ClusterObject } from '@/k8s/cluster/cluster-object';
import { at } from '@/k8s/cluster/cluster-object';
import { Refusal, reasons } from './refusal';

export const isSelected = (object: ClusterObject, query: URLSearchParams): boolean =>
  matchesLabels(object, query.get('labelSelector')) && matchesFields(object, query.get('fieldSelector'));

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
function matchesLabels(object: ClusterObject, selector: string | null): boolean {
  if (!selector) return true;
  const labels = object.metadata.labels ?? {};
  return selector.split(/,(?![^(]*\))/).every((term) => {
    const inSet = /^\s*(?<key>\S+)\s+(?<not>not)?in\s*\((?<values>[^)]*)\)\s*$/.exec(term)?.groups;
    if (inSet) {
      const values = inSet.values?.split(',').map((value) => value.trim()) ?? [];
      const has = values.includes(labels[inSet.key ?? ''] ?? '\0');
      return inSet.not ? !has : has;
    }
    const equal = /^\s*(?<key>[^=!\s]+)\s*(?<operator>==?|!=)\s*(?<value>\S*)\s*$/.exec(term)?.groups;
    if (equal) return (labels[equal.key ?? ''] === equal.value) === (equal.operator !== '!=');
    const name = term.trim();
    return name.startsWith('!') ? !(name.slice(1) in labels) : name in labels;
  });
}

const EVENT_FIELDS = [
  'involvedObject.kind',
  'involvedObject.name',
  'involvedObject.namespace',
  'involvedObject.uid',
  'reason',
  'type',
];

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/: few fields, more of Events. */
function matchesFields(object: ClusterObject, selector: string | null): boolean {
  if (!selector) return true;
  return selector.split(',').every((term) => {
    const [field = '', value = ''] = term.split(/==?|!=/);
    const isKnown =
      ['metadata.name', 'metadata.namespace'].includes(field) ||
      (object.kind === 'Event' && EVENT_FIELDS.includes(field)) ||
      (object.kind === 'Pod' && ['status.phase', 'spec.nodeName'].includes(field));
    if (!isKnown) throw new Refusal(400, reasons.badRequest, `field label not supported: ${field}`);
    return (String(at(object, ...field.split('.')) ?? '') === value) === !term.includes('!=');
  });
}
