'use client';

import { useEffect, useRef } from 'react';
import { useGo } from '@/components/forms/use-go';
import { isOverlayOpen, isPlainKey } from './key-guard';
import { instancePlaces, PLACES, teamPlaces } from './places';
import type { ShellTeam } from './shell-context';
import { hasSingleKeys } from './single-keys';

const SECOND_KEY_MS = 1_200;

interface Shortcuts {
  team: ShellTeam;
  ownsInstance: boolean;
  openPalette: () => void;
  openHelp: () => void;
}

/** The keys that work on every page. A page marks its filter field with `data-filter` and its rows with `data-row`. */
export function useShortcuts({ team, ownsInstance, openPalette, openHelp }: Shortcuts): void {
  const go = useGo();
  /** When `g` was pressed; event times begin with the page, so that zero would be a moment ago. */
  const leader = useRef(Number.NEGATIVE_INFINITY);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openPalette();
        return;
      }
      if (!isPlainKey(event) || !hasSingleKeys() || isOverlayOpen()) return;

      const isSecond = event.timeStamp - leader.current < SECOND_KEY_MS;
      leader.current = Number.NEGATIVE_INFINITY;
      const places = [...PLACES, ...teamPlaces(team), ...instancePlaces(ownsInstance)];
      const place = isSecond ? places.find(({ key }) => key === event.key) : undefined;
      if (place) go(place.href);
      else if (event.key === 'g') leader.current = event.timeStamp;
      else if (event.key === '/') focusFilter(openPalette);
      else if (event.key === '?') openHelp();
      else if (event.key === 'j' || event.key === 'k') moveRow(event.key === 'j' ? 1 : -1);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [go, team, ownsInstance, openPalette, openHelp]);
}

function focusFilter(otherwise: () => void): void {
  const field = document.querySelector<HTMLInputElement>('[data-filter]');
  if (!field) {
    otherwise();
    return;
  }
  field.focus();
  field.select();
}

/** Focus moves over the links named `data-row`; Enter then opens like on any link. */
function moveRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')].filter((row) => row.offsetParent !== null);
  const focused = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
  // The row whose detail is shown is where the reader is.
  const at = focused >= 0 ? focused : rows.findIndex((row) => row.getAttribute('aria-current') === 'true');
  const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
  rows[next]?.focus();
}
