'use client';

import IconButton from '@mui/material/IconButton';
import { type ComponentProps, useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import { Field } from './Field';

export function PasswordField(props: Omit<ComponentProps<typeof Field>, 'type' | 'endAdornment'>) {
  const t = useMessages();
  const [isShown, setShown] = useState(false);
  return (
    <Field
      {...props}
      type={isShown ? 'text' : 'password'}
      endAdornment={
        <IconButton
          aria-label={isShown ? t.auth.signIn.hidePassword : t.auth.signIn.showPassword}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
          sx={{ mr: '-10px', color: isShown ? 'text.primary' : 'elder.text3' }}
        >
          <Icon name="eye" />
        </IconButton>
      }
    />
  );
}
