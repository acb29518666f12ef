'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import { useCopyPatch } from './use-copy-patch';

/** Copies a patch, or saves it: a clipboard may turn line ends into others. */
export function PatchActions({ patch, fileName }: { patch: string; fileName: string }) {
  const t = useMessages();
  const copyPatch = useCopyPatch();
  return (
    <Box sx={{ ml: 'auto', display: 'flex', gap: 2 }}>
      <Button
        size="small"
        variant="outlined"
        startIcon={<Icon name="copy" size={13} />}
        onClick={() => copyPatch(patch)}
      >
        {t.findings.copyPatch}
      </Button>
      <Button
        size="small"
        variant="outlined"
        component="a"
        startIcon={<Icon name="down" size={13} />}
        href={`data:text/x-patch;charset=utf-8,${encodeURIComponent(patch)}`}
        download={fileName}
      >
        {t.findings.downloadPatch}
      </Button>
    </Box>
  );
}
