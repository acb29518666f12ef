import { judgeForecasts } from './scaling/forecasts';
import { CALENDAR, makeTraces } from './scaling/made-traces';
import { forecastMonth, makeMonth, playMonth } from './scaling/month';
import { readPublicTraces } from './scaling/public-traces';

// npm run bench:scaling [-- <part> [<days>]]   forecasts against seasonal-naive (part `forecasts`) and days of pods by each
// strategy (part `pods`). The same numbers on every machine; without arguments both parts, and 30 days.
const [part = 'all', given = '30'] = process.argv.slice(2);
const days = Number(given);
if (!['all', 'forecasts', 'pods'].includes(part) || !Number.isInteger(days) || days < 1 || days > 60) {
  process.stderr.write('Usage: npm run bench:scaling -- [all|forecasts|pods [<days, 1 to 60>]]\n');
  process.exit(2);
}
const print = (line: string) => process.stdout.write(`${line}\n`);
const seconds = (value: number | null) => (value === null ? '–' : `${value.toFixed(1)} s`);
const percent = (value: number) => `${(100 * value).toFixed(1)} %`;

if (part !== 'pods') showForecasts();
if (part !== 'forecasts') showPods();

function showForecasts(): void {
  print('| load | days | error / seasonal-naive | in 90 % bounds | models |\n| --- | --- | --- | --- | --- |');
  const traces = [
    ...makeTraces().map((trace) => ({ ...trace, calendar: CALENDAR })),
    ...readPublicTraces().map((trace) => ({ ...trace, calendar: { timeZone: 'UTC', holidays: 'none' as const } })),
  ];
  for (const { name, series, calendar } of traces) {
    const result = judgeForecasts(series, calendar);
    if (!result) print(`| ${name} | – | – | – | too short |`);
    else {
      const { againstNaive, coverage, models } = result;
      print(`| ${name} | ${result.days} | ${againstNaive.toFixed(3)} | ${percent(coverage)} | ${models.join(', ')} |`);
    }
  }
}

function showPods(): void {
  const { history, load } = makeMonth(days);
  const forecastAt = forecastMonth(history, load.startMs, days);
  print(`${days} days\n`);
  print('| strategy | wait p50 | p95 | p99 | most pods | pod-hours | cost | utilisation | efficiency |');
  print('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const { name, result } of playMonth(load, forecastAt)) {
    const { wait, mostPods, podMinutes, cost, utilisation, efficiency } = result;
    const waits = [wait.p50, wait.p95, wait.p99].map(seconds).join(' | ');
    const hours = Math.round(podMinutes / 60);
    const shares = `${percent(utilisation)} | ${percent(efficiency)}`;
    print(`| ${name} | ${waits} | ${mostPods} | ${hours} | $${Math.round(cost)} | ${shares} |`);
  }
}
