'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import { EXPORT_FORMATS } from '@/lib/schemas/export-formats';
import { exportAddress } from './export-address';

interface ExportMenuProps {
  auditId: string;
  number: number;
  /** Of the list of findings, as the API takes them. */
  filter?: Readonly<Record<string, string>>;
  /** What a reader must know of the files before they choose. */
  notes?: readonly string[];
  size?: 'small' | 'medium';
}

/** The formats an audit can be taken away in; each is a link that downloads. */
export function ExportMenu({ auditId, number, filter = {}, notes = [], size = 'medium' }: ExportMenuProps) {
  const t = useMessages();
  const { language } = useFormat();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        size={size}
        variant={size === 'small' ? 'text' : 'outlined'}
        aria-label={t.exports.menuOf(number)}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        endIcon={<Icon name="down" size={13} />}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {t.exports.menu}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {notes.map((note) => (
          <MenuItem key={note} disabled sx={NOTE}>
            {note}
          </MenuItem>
        ))}
        {EXPORT_FORMATS.map((format) => (
          <MenuItem
            key={format}
            component="a"
            href={exportAddress(auditId, format, language, filter)}
            download
            onClick={() => setAnchor(null)}
          >
            {t.exports.formats[format].name}
            <Box component="span" sx={{ ml: 'auto', pl: 6, typography: 'body2', color: 'elder.text3' }}>
              {t.exports.formats[format].about}
            </Box>
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

const NOTE = {
  '&.Mui-disabled': { opacity: 1 },
  typography: 'body2',
  color: 'elder.text3',
  maxWidth: 380,
  whiteSpace: 'normal',
} as const;
