/** Audits loaded at a time; server and browser must agree. */
export const PAGE_SIZE = 50;
