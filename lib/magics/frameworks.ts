import type { Text } from './types';

interface Framework {
  title: Text;
  /** How the tags of its controls begin in `Rule.tags`. */
  tags: readonly string[];
}

/** Catalogues of controls that rules are tagged with. A report that is filtered by one supports evidence; it certifies nothing. */
export const FRAMEWORKS = {
  iso27001: { title: { en: 'ISO/IEC 27001:2022', ja: 'ISO/IEC 27001:2022' }, tags: ['ISO27001 '] },
  soc2: { title: { en: 'SOC 2', ja: 'SOC 2' }, tags: ['SOC2 '] },
  pci_dss: { title: { en: 'PCI DSS 4.0', ja: 'PCI DSS 4.0' }, tags: ['PCI '] },
  nist_ssdf: { title: { en: 'NIST SSDF', ja: 'NIST SSDF' }, tags: ['SSDF ', 'NIST SSDF '] },
  owasp: { title: { en: 'OWASP Top 10', ja: 'OWASP Top 10' }, tags: ['OWASP '] },
  hipaa: { title: { en: 'HIPAA Security Rule', ja: 'HIPAA セキュリティ規則' }, tags: ['HIPAA '] },
  gdpr: { title: { en: 'GDPR', ja: 'GDPR（EU一般データ保護規則）' }, tags: ['GDPR '] },
  osps: { title: { en: 'OSPS Baseline', ja: 'OSPS Baseline' }, tags: ['OSPS-'] },
} as const satisfies Record<string, Framework>;

export type FrameworkId = keyof typeof FRAMEWORKS;
export const FRAMEWORK_IDS = Object.keys(FRAMEWORKS) as [FrameworkId, ...FrameworkId[]];

/** Whether a rule with these tags says something about a control of the framework. */
export function isOfFramework(id: FrameworkId, tags: readonly string[]): boolean {
  const starts: readonly string[] = FRAMEWORKS[id].tags;
  return tags.some((tag) => starts.some((start) => tag.startsWith(start)));
}
