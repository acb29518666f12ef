import type { ReactNode } from 'react';
import type { Token } from '@/components/theme/tokens';

export type MarkStatus =
  | 'passed'
  | 'warning'
  | 'failed'
  | 'not_applicable'
  | 'inconclusive'
  | 'error'
  | 'running'
  | 'waiting'
  | 'partial';

export const STATUS_COLOURS: Record<MarkStatus, Token> = {
  passed: 'mossMark',
  warning: 'ochreMark',
  failed: 'vermMark',
  not_applicable: 'naMark',
  inconclusive: 'text2',
  error: 'vermMark',
  running: 'accentMark',
  waiting: 'naMark',
  partial: 'text2',
};

export const STATUS_DRAWINGS: Record<MarkStatus, ReactNode> = {
  passed: (
    <>
      <circle cx="8" cy="8" r="5.7" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path
        d="m5.4 8.2 1.8 1.8 3.4-3.8"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  warning: (
    <>
      <path d="M8 1.7 14.8 13.6a.5.5 0 0 1-.4.7H1.6a.5.5 0 0 1-.4-.7z" fill="currentColor" />
      <path d="M8 6v3.8M8 11.9v.1" stroke="var(--elder-knockout)" strokeWidth="1.6" strokeLinecap="round" />
    </>
  ),
  failed: (
    <>
      <path d="M5.1 1.2h5.8l3.9 3.9v5.8l-3.9 3.9H5.1l-3.9-3.9V5.1z" fill="currentColor" />
      <path
        d="m5.6 5.6 4.8 4.8M10.4 5.6l-4.8 4.8"
        stroke="var(--elder-knockout)"
        strokeWidth="1.6"
        strokeLinecap="round"
      />
    </>
  ),
  not_applicable: (
    <>
      <circle cx="8" cy="8" r="5.7" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2.3 2.18" />
      <path d="M5.6 8h4.8" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  inconclusive: (
    <>
      <path
        d="M8 1.7 14.3 8 8 14.3 1.7 8z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <path
        d="M5.6 8.5c.7-1.1 1.5-1.1 2.4-.4s1.7.7 2.4-.4"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
      />
    </>
  ),
  error: (
    <>
      <path
        d="M8 1.6 13.6 4.8v6.4L8 14.4 2.4 11.2V4.8z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <path d="M8 5v3.6M8 10.9v.1" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" />
    </>
  ),
  running: (
    <>
      <circle cx="8" cy="8" r="5.7" fill="none" stroke="currentColor" strokeOpacity=".28" strokeWidth="1.7" />
      <path
        className="elder-spin"
        d="M8 2.3A5.7 5.7 0 0 1 13.7 8"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.9"
        strokeLinecap="round"
      />
    </>
  ),
  waiting: (
    <>
      <circle cx="8" cy="8" r="5.7" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M8 5.3V8l1.7 1" fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" />
    </>
  ),
  partial: (
    <>
      <circle cx="8" cy="8" r="5.7" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 2.3a5.7 5.7 0 0 1 0 11.4z" fill="currentColor" />
    </>
  ),
};
