/** What is wrong with a command line; told to the person who wrote it. */
export class WrongUsage extends Error {}
