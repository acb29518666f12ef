'use client';

import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { useId, useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { TeamRole } from '@/lib/schemas/teams';
import { TOKEN_SCOPES, type TokenScope } from '@/lib/schemas/tokens';
import { isAtLeast } from './roles';

/** As the services ask for it. */
const ROLE_OF_SCOPE: Record<TokenScope, TeamRole> = { read: 'viewer', write: 'member', admin: 'admin' };

interface ScopeFieldProps {
  /** Of the person or account whose token it is. */
  role: TeamRole;
  value: readonly TokenScope[];
  isChecked: boolean;
  onChange: (value: readonly TokenScope[]) => void;
}

export function ScopeField({ role, value, isChecked, onChange }: ScopeFieldProps) {
  const t = useMessages();
  const texts = t.access.tokens;
  const id = useId();
  const [wasChanged, setChanged] = useState(false);
  const isWrong = (isChecked || wasChanged) && value.length === 0;
  return (
    <Box
      component="fieldset"
      aria-describedby={isWrong ? `${id}-error` : undefined}
      sx={{ border: 0, p: 0, m: 0, minWidth: 0 }}
    >
      <Box component="legend" sx={{ mb: 1, p: 0, fontWeight: 500 }}>
        {texts.scopes}
      </Box>
      {TOKEN_SCOPES.map((scope) => {
        const least = ROLE_OF_SCOPE[scope];
        const isBeyond = !isAtLeast(role, least);
        const help = isBeyond ? texts.scopeBeyond(t.access.roles[least]) : texts.scopeHelp[scope];
        return (
          <FormControlLabel
            key={scope}
            disabled={isBeyond}
            sx={{ display: 'flex', mr: 0, ml: '-4px' }}
            control={
              <Checkbox
                size="small"
                sx={{ p: '4px', mr: 1 }}
                checked={value.includes(scope)}
                onChange={(_, isOn) => {
                  setChanged(true);
                  onChange(isOn ? [...value, scope] : value.filter((one) => one !== scope));
                }}
              />
            }
            label={
              <span>
                {texts.scopeNames[scope]}{' '}
                <Box component="span" sx={{ typography: 'body2', color: 'elder.text3' }}>
                  {help}
                </Box>
              </span>
            }
          />
        );
      })}
      {isWrong && (
        <Box id={`${id}-error`} role="alert" sx={{ typography: 'body2', color: 'error.main' }}>
          {texts.scopeMissing}
        </Box>
      )}
    </Box>
  );
}
