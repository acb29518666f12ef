import Box from '@mui/material/Box';
import type { MouseEvent } from 'react';
import { Icon } from '@/components/marks/Icon';
import { AppLink } from '@/components/theme/AppLink';

interface PhoneBackProps {
  href: string;
  children: string;
  onClick?: (event: MouseEvent) => void;
}

/** The way to the page above, by its name, where the crumbs have no room. */
export function PhoneBack({ href, children, onClick }: PhoneBackProps) {
  return (
    <Box component={AppLink} href={href} onClick={onClick} sx={BACK}>
      <Icon name="left" size={14} />
      {children}
    </Box>
  );
}

const BACK = {
  display: { xs: 'flex', md: 'none' },
  alignItems: 'center',
  gap: 1,
  width: 'fit-content',
  maxWidth: '100%',
  minHeight: 44,
  mt: '-10px',
  color: 'info.main',
  fontWeight: 500,
  overflowWrap: 'anywhere',
} as const;
