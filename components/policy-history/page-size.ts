/** As many as an answer about a configuration brings along. */
export const VERSIONS_A_PAGE = 20;
