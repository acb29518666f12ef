/** Settings of a policy that one entry tells; the version has them all. */
export const MOST_LOGGED_SETTINGS = 200;

/** Fields of `before`, `after` and `detail` that hold ids of things with a name. */
export const NAMING_FIELDS = ['assigneeId', 'holder', 'invitationId', 'projectId', 'projects'] as const;
