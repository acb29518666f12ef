'use client';

import Chip from '@mui/material/Chip';
import { useMessages } from '@/components/i18n/LocaleProvider';

/** Nobody can push to the repository any more; why that matters is its title. */
export function ArchivedChip() {
  const t = useMessages();
  return <Chip component="span" size="small" label={t.projects.archived} title={t.projects.archivedMeans} />;
}
