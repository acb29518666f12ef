import { createTurns } from './turns';

/** For requests that start processes of Git, several one after the other. Once in a turn, nobody takes another. */
export const takeGitTurn = createTurns({ atOnce: 4, waiting: 50 });
