import { readFileSync } from 'node:fs';
import { DEFAULT_PRICE } from '@/lib/scaling/tiers';
import { type Constants, estimate, limitsOf } from './capacity/estimate';

// npm run bench:capacity   what 1 k, 100 k and 1 M repositories take, from bench/capacity/constants.json alone.
const SIZES = [1_000, 100_000, 1_000_000];
const constants: Constants = JSON.parse(readFileSync(new URL('capacity/constants.json', import.meta.url), 'utf8'));
const print = (line: string) => process.stdout.write(`${line}\n`);
const round = (value: number) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(2));

const estimates = SIZES.map((size) => estimate(size, constants));
const rows: [string, (one: (typeof estimates)[number]) => string][] = [
  ['audits a day', ({ auditsADay }) => round(auditsADay)],
  ['cores, mean and peak', ({ cores, peakCores }) => `${round(cores)}, ${round(peakCores)}`],
  ['workers at the peak', ({ workers }) => round(workers)],
  ['memory of workers', ({ memoryGb }) => `${round(memoryGb)} GB`],
  ['database', ({ databaseGb }) => `${round(databaseGb)} GB`],
  ['mirrors', ({ mirrorsGb }) => `${round(mirrorsGb)} GB`],
  ['jobs, queue operations a second', ({ jobs, queueOperations }) => `${round(jobs)}, ${round(queueOperations)}`],
  ['calls to hosts an hour', ({ providerCallsAnHour }) => round(providerCallsAnHour)],
  ['workers a month', ({ workersCost }) => `$${round(workersCost)}`],
  ['storage of the database a month', ({ storageCost }) => `$${round(storageCost)}`],
];
print(`| repositories | ${SIZES.map(round).join(' | ')} |`);
print(`| --- |${SIZES.map(() => ' --- |').join('')}`);
for (const [name, show] of rows) print(`| ${name} | ${estimates.map(show).join(' | ')} |`);
print(`\nPrices: ${DEFAULT_PRICE.source}; ${constants.storagePrice?.from}.`);
for (const one of estimates) {
  print(`\n${round(one.repositories)} repositories: limits, the nearest first`);
  for (const { name, share, lifts } of limitsOf(one, constants))
    print(`- ${share > 1 ? 'met' : 'not met'}, ${round(100 * share)} %: ${name}. Lifted by ${lifts}.`);
}
