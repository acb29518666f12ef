'use client';

import { useMessages } from '@/components/i18n/LocaleProvider';
import { PageTabs } from '@/components/layout/PageTabs';

/** The pages about the installation. */
export function OperationsTabs() {
  const { tabs } = useMessages().scaling;
  return (
    <PageTabs
      label={tabs.label}
      tabs={[
        { href: '/operations', name: tabs.overview },
        { href: '/operations/scaling', name: tabs.scaling, hasPages: true },
        { href: '/operations/cluster', name: tabs.cluster, hasPages: true },
      ]}
    />
  );
}
