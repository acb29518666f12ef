/** Findings a page; the server seeds the first. */
export const COMPARISON_PAGE = 50;
