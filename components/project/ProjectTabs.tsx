'use client';

import { useMessages } from '@/components/i18n/LocaleProvider';
import { PageTabs } from '@/components/layout/PageTabs';
import type { ProjectOverview } from '@/lib/schemas/projects';

/** The pages of a project. */
export function ProjectTabs({ overview }: { overview: ProjectOverview }) {
  const { tabs } = useMessages().project;
  const base = `/projects/${overview.projectId}`;
  return (
    <PageTabs
      label={tabs.label}
      tabs={[
        { href: base, name: tabs.overview },
        { href: `${base}/findings`, name: tabs.findings, count: overview.current && overview.openFindings },
        { href: `${base}/hotspots`, name: tabs.hotspots },
        { href: `${base}/components`, name: tabs.components },
        { href: `${base}/dependencies`, name: tabs.dependencies },
        { href: `${base}/audits`, name: tabs.audits, count: overview.auditCount },
      ]}
    />
  );
}
