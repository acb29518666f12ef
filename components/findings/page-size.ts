export const FINDINGS_PAGE = 100;
