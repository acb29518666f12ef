// By bench/fit-change-risk.ts from 3232 changes of 9 projects.
import type { ChangeFactors } from './change-risk';

/** What a deviation of each factor adds to the log odds that a change brings a defect. */
export const CHANGE_WEIGHTS: Readonly<Record<keyof ChangeFactors, number>> = {
  subsystems: 0.008,
  directories: 0.021,
  files: -0.176,
  entropy: 0.185,
  added: 0.884,
  deleted: 0.314,
  isFix: 0.708,
  developersPerFile: -0.548,
  changesPerFile: 0.586,
  age: -0.149,
  experience: -0.041,
  recentExperience: 0.152,
  subsystemExperience: -0.127,
};
