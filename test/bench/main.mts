/**
 * The benchmark behind `npm run bench`: all measurements, or those named on the command line. Started by
 * test/tools/bench.mjs once everything is installed and built. A whole run writes RESULTS.md.
 */
import { writeFileSync } from 'node:fs';

import { allMeasurements } from './measurements/allMeasurements.mts';
import { asText, RESULTS_FILE, resultsPage, type FinishedMeasurement } from './resultsPage.mts';
import { secondsSince } from './statistics.mts';

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => allMeasurements.every((known) => known.name !== name));
if (unknown.length > 0) {
	const names = allMeasurements.map(({ name }) => name).join(', ');
	console.error(`There is no measurement ${unknown.join(', ')}. There are: ${names}`);
	process.exit(2);
}

const startedAt = new Date();
const finished: FinishedMeasurement[] = [];
for (const measurement of allMeasurements) {
	if (wanted.length > 0 && !wanted.includes(measurement.name)) continue;
	const start = performance.now();
	const tell = (progress: string) => console.log(`  ${measurement.name}: ${progress} …`);
	const measured = await measurement.run(tell);
	finished.push({ measurement, measured, seconds: secondsSince(start) });
	console.log(asText(finished.at(-1)!));
}

if (wanted.length === 0) {
	writeFileSync(RESULTS_FILE, await resultsPage(finished, startedAt));
	console.log('\nThe same in test/bench/RESULTS.md.');
}
const targets = finished.flatMap(({ measured }) => measured.targets ?? []);
const met = targets.filter(({ isMet }) => isMet).length;
// Figures depend on the machine: a missed target is told, and is no failure of the benchmark.
console.log(`\n${met} of ${targets.length} targets met`);
process.exit(0);
