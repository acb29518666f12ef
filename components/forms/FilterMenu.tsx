'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { type ReactNode, useState } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';

interface FilterMenuProps {
  label: string;
  chosen: readonly string[];
  options: readonly { value: string; name: string; mark?: ReactNode; count?: number }[];
  onChange: (chosen: string[]) => void;
  /** With as many chosen, the others wait; `full` says why. */
  most?: number;
  full?: string;
}

/** A filter with many choices; the button says which, or how many. */
export function FilterMenu({ label, chosen: given, options, onChange, most = options.length, full }: FilterMenuProps) {
  const t = useMessages();
  const format = useFormat();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  // What was chosen a moment ago may not have come back from the address yet; the next choice builds on it all the same.
  const [wanted, setWanted] = useState<readonly string[] | null>(null);
  if (wanted && isSameChoice(wanted, given)) setWanted(null);
  const chosen = wanted ?? given;
  const close = () => {
    setAnchor(null);
    setWanted(null);
  };
  const only = chosen.length === 1 ? options.find(({ value }) => value === chosen[0]) : undefined;
  const words = t.findings.filter;
  const text =
    chosen.length === 0
      ? label
      : chosen.length === 1
        ? words.one(label, only?.name ?? chosen[0] ?? '')
        : words.chosen(label, chosen.length);
  const toggle = (value: string) => {
    const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
    setWanted(next);
    onChange(next);
  };
  const isFull = chosen.length >= most && most < options.length;
  return (
    <>
      <Button
        size="small"
        variant={chosen.length > 0 ? 'outlined' : 'text'}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        endIcon={<Icon name="down" size={13} />}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ maxWidth: 240, '& > .text': { overflow: 'hidden', textOverflow: 'ellipsis' } }}
      >
        <span className="text">{text}</span>
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close}>
        {chosen.length > 0 && (
          <MenuItem
            onClick={() => {
              close();
              onChange([]);
            }}
          >
            {words.any}
          </MenuItem>
        )}
        {options.map(({ value, name, mark, count }) => (
          <MenuItem
            key={value}
            role="menuitemcheckbox"
            aria-checked={chosen.includes(value)}
            disabled={isFull && !chosen.includes(value)}
            onClick={() => toggle(value)}
            sx={{ pl: 1 }}
          >
            <Checkbox checked={chosen.includes(value)} tabIndex={-1} aria-hidden size="small" sx={{ p: '2px' }} />
            {mark}
            <span>{name}</span>
            {count !== undefined && <span style={{ marginLeft: 'auto', paddingLeft: 16 }}>{format.number(count)}</span>}
          </MenuItem>
        ))}
        {isFull && full && (
          <Box component="li" role="presentation" sx={{ px: 3, py: 2, typography: 'body2', color: 'elder.text3' }}>
            {full}
          </Box>
        )}
      </Menu>
    </>
  );
}

function isSameChoice(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value) => other.includes(value));
}
