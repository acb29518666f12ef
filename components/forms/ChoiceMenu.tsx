'use client';

import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { type ReactNode, useState } from 'react';
import { Icon } from '@/components/marks/Icon';

interface ChoiceMenuProps<Value extends string> {
  /** What is chosen here: "Magic", "Severity". */
  label: string;
  value: Value | null;
  /** The choice of everything. */
  all: string;
  options: readonly { value: Value; name: string; mark?: ReactNode }[];
  onChange: (value: Value | null) => void;
}

/** A filter with one choice; the button says what is chosen. */
export function ChoiceMenu<Value extends string>({ label, value, all, options, onChange }: ChoiceMenuProps<Value>) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const chosen = options.find((option) => option.value === value);
  const choose = (next: Value | null) => {
    setAnchor(null);
    onChange(next);
  };
  return (
    <>
      <Button
        size="small"
        variant={chosen ? 'outlined' : 'text'}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        startIcon={chosen?.mark}
        endIcon={<Icon name="down" size={13} />}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {chosen ? `${label}: ${chosen.name}` : label}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem role="menuitemradio" aria-checked={!chosen} selected={!chosen} onClick={() => choose(null)}>
          {all}
        </MenuItem>
        {options.map((option) => (
          <MenuItem
            key={option.value}
            role="menuitemradio"
            aria-checked={option.value === value}
            selected={option.value === value}
            onClick={() => choose(option.value)}
          >
            {option.mark}
            {option.name}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
