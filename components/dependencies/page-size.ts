export const DEPENDENCIES_PAGE = 100;
