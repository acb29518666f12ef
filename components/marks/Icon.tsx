import type { ReactNode } from 'react';

const DRAWINGS = {
  projects: (
    <>
      <path d="M4.2 2.5h8.3v8.3H4.2a1.4 1.4 0 0 0-1.4 1.4V3.9a1.4 1.4 0 0 1 1.4-1.4z" />
      <path d="M2.8 12.2a1.4 1.4 0 0 0 1.4 1.4h8.3v-2.8M6.3 5.4h3.6" />
    </>
  ),
  inbox: (
    <>
      <path d="M2.5 9 4.2 3.4h7.6L13.5 9v3.6h-11z" />
      <path d="M2.5 9h3.3a2.2 2.2 0 0 0 4.4 0h3.3" />
    </>
  ),
  key: (
    <>
      <circle cx="5.2" cy="10.8" r="2.7" />
      <path d="m7.2 8.8 6-6M10.8 5.2l1.9 1.9" />
    </>
  ),
  history: (
    <>
      <path d="M3 5.2A5.4 5.4 0 1 1 2.6 8M2.6 2.6v2.8h2.8" />
      <path d="M8 5.2V8l1.9 1.3" />
    </>
  ),
  audits: (
    <>
      <path d="M2.2 8h2.6l1.9-4.6 2.9 9.2L11.4 8h2.4" />
    </>
  ),
  rules: (
    <>
      <path d="M3.2 2.6h7.6a2 2 0 0 1 2 2v8.8H5a1.8 1.8 0 0 1-1.8-1.8z" />
      <path d="M3.2 11.6A1.8 1.8 0 0 1 5 9.9h7.8" />
    </>
  ),
  overview: (
    <>
      <path d="M2.2 11.8a5.8 5.8 0 1 1 11.6 0" />
      <path d="m8 11.8 2.8-3.6" />
    </>
  ),
  people: (
    <>
      <circle cx="6" cy="5.4" r="2.3" />
      <path d="M1.9 13c.3-2.5 1.9-3.8 4.1-3.8s3.8 1.3 4.1 3.8" />
      <path d="M10.6 3.3a2.2 2.2 0 0 1 0 4.2M12 9.6c1.3.5 2 1.7 2.2 3.4" />
    </>
  ),
  sliders: (
    <>
      <path d="M2.5 4.5h6M12 4.5h1.5M2.5 11.5h1.5M7.5 11.5h6" />
      <circle cx="10.2" cy="4.5" r="1.7" />
      <circle cx="5.7" cy="11.5" r="1.7" />
    </>
  ),
  gate: (
    <>
      <path d="M1.8 3.2c2 .6 4 .8 6.2.8s4.2-.2 6.2-.8M3 6.9h10M4.6 4v9.6M11.4 4v9.6" />
    </>
  ),
  minus: (
    <>
      <path d="M3.2 8h9.6" />
    </>
  ),
  undo: (
    <>
      <path d="M5.6 3.2 2.8 6l2.8 2.8M2.8 6h6.4a3.6 3.6 0 0 1 0 7.2H6.4" />
    </>
  ),
  comment: (
    <>
      <path d="M2.6 3h10.8v7.8H7.2L4.4 13.4v-2.6H2.6z" />
    </>
  ),
  updown: (
    <>
      <path d="m5 6.2 3-3 3 3M5 9.8l3 3 3-3" />
    </>
  ),
  dots: (
    <>
      <path d="M3.6 8h.01M8 8h.01M12.4 8h.01" strokeWidth="2.2" />
    </>
  ),
  pencil: (
    <>
      <path d="m3 13 .7-3.2 6.8-6.8a1.3 1.3 0 0 1 1.9 0l.6.6a1.3 1.3 0 0 1 0 1.9l-6.8 6.8L3 13ZM9.3 4.2l2.5 2.5" />
    </>
  ),
  bin: (
    <>
      <path d="M2.8 4.5h10.4M6 4.5V3h4v1.5M4 4.5l.6 8.5h6.8l.6-8.5M6.7 7v3.8M9.3 7v3.8" />
    </>
  ),
  right: (
    <>
      <path d="m6.3 4.5 3.5 3.5-3.5 3.5" />
    </>
  ),
  left: (
    <>
      <path d="m9.7 4.5-3.5 3.5 3.5 3.5" />
    </>
  ),
  down: (
    <>
      <path d="m4.5 6.3 3.5 3.5 3.5-3.5" />
    </>
  ),
  up: (
    <>
      <path d="m4.5 9.7 3.5-3.5 3.5 3.5" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.3" />
      <path d="m10.3 10.3 3.4 3.4" />
    </>
  ),
  moon: (
    <>
      <path d="M13 9.6A5.4 5.4 0 0 1 6.4 3a5.4 5.4 0 1 0 6.6 6.6z" />
    </>
  ),
  sun: (
    <>
      <circle cx="8" cy="8" r="2.7" />
      <path d="M8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M3.6 12.4l1-1M11.4 4.6l1-1" />
    </>
  ),
  system: (
    <>
      <rect x="2.2" y="3" width="11.6" height="8" rx="1.2" />
      <path d="M6 13.4h4M8 11v2.4" />
    </>
  ),
  close: (
    <>
      <path d="m4 4 8 8M12 4l-8 8" />
    </>
  ),
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.3" />
      <path d="M10.5 5.5V3.8a1.3 1.3 0 0 0-1.3-1.3H3.8a1.3 1.3 0 0 0-1.3 1.3v5.4a1.3 1.3 0 0 0 1.3 1.3h1.7" />
    </>
  ),
  check: (
    <>
      <path d="m3.5 8.4 3 3 6-6.6" />
    </>
  ),
  wrench: (
    <>
      <path d="M13.3 4.6a3.3 3.3 0 0 1-4.5 3.8l-4.6 4.7a1.4 1.4 0 0 1-2-2L6.9 6.5a3.3 3.3 0 0 1 3.9-4.3L8.9 4.1l.4 2 2 .4z" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 4.9V8l2.1 1.4" />
    </>
  ),
  external: (
    <>
      <path d="M6.5 3.5H3.8a.8.8 0 0 0-.8.8v7.9c0 .4.4.8.8.8h7.9a.8.8 0 0 0 .8-.8V9.5M9.3 3h3.7v3.7M13 3 7.6 8.4" />
    </>
  ),
  branch: (
    <>
      <circle cx="4.5" cy="3.8" r="1.5" />
      <circle cx="4.5" cy="12.2" r="1.5" />
      <circle cx="11.5" cy="5.2" r="1.5" />
      <path d="M4.5 5.3v5.4M11.5 6.7c0 2.4-3 2.4-5 3" />
    </>
  ),
  commit: (
    <>
      <circle cx="8" cy="8" r="2.5" />
      <path d="M1.8 8h3.7M10.5 8h3.7" />
    </>
  ),
  play: (
    <>
      <path d="M5 3.3v9.4l7.4-4.7z" />
    </>
  ),
  stop: (
    <>
      <rect x="4" y="4" width="8" height="8" rx="1.2" />
    </>
  ),
  plus: (
    <>
      <path d="M8 3.2v9.6M3.2 8h9.6" />
    </>
  ),
  filter: (
    <>
      <path d="M2.5 4h11M4.7 8h6.6M6.7 12h2.6" />
    </>
  ),
  menu: (
    <>
      <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />
    </>
  ),
  keyboard: (
    <>
      <rect x="1.8" y="4" width="12.4" height="8" rx="1.3" />
      <path d="M4.3 6.6h.01M6.8 6.6h.01M9.3 6.6h.01M11.8 6.6h.01M5.2 9.4h5.6" />
    </>
  ),
  leave: (
    <>
      <path d="M6.2 2.8H3.8a1 1 0 0 0-1 1v8.4a1 1 0 0 0 1 1h2.4M10.2 5.2 13 8l-2.8 2.8M13 8H6.2" />
    </>
  ),
  globe: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M2.5 8h11M8 2.5c1.6 1.5 2.3 3.4 2.3 5.5S9.6 12 8 13.5C6.4 12 5.7 10.1 5.7 8S6.4 4 8 2.5z" />
    </>
  ),
  eye: (
    <>
      <path d="M1.8 8S4 3.9 8 3.9 14.2 8 14.2 8 12 12.1 8 12.1 1.8 8 1.8 8z" />
      <circle cx="8" cy="8" r="1.9" />
    </>
  ),
  bell: (
    <>
      <path d="M4 11V7.2a4 4 0 0 1 8 0V11l1.3 1.4H2.7z" />
      <path d="M6.7 14.2h2.6" />
    </>
  ),
  server: (
    <>
      <rect x="2.5" y="2.8" width="11" height="4.4" rx="1.2" />
      <rect x="2.5" y="8.8" width="11" height="4.4" rx="1.2" />
      <path d="M5 5h.1M5 11h.1M7.6 5h3.2M7.6 11h3.2" />
    </>
  ),
  help: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M6.4 6.4A1.7 1.7 0 1 1 8.6 8c-.4.2-.6.5-.6 1M8 11.1v.1" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof DRAWINGS;

/** A drawing for an action or a place. It never stands alone: the control around it has a name. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.35"
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none', display: 'block' }}
      aria-hidden
    >
      {DRAWINGS[name]}
    </svg>
  );
}
