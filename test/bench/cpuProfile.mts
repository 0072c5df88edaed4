import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Inspector } from '../e2e/stack/inspector.mts';
import { outputFolder } from '../e2e/stack/packPackage.mts';
import type { Tell } from './Measurement.mts';

/**
 * Does the work, and where `BENCH_PROFILE=1` is set writes what n8n's main thread did meanwhile to
 * test/output/<name>.cpuprofile, which Chrome's DevTools open. A profile costs time, so figures are without it.
 */
export async function profiled<Result>(
	name: string,
	inspector: Inspector,
	tell: Tell,
	work: () => Promise<Result>,
): Promise<Result> {
	if (process.env.BENCH_PROFILE !== '1') return await work();
	await inspector.startProfile();
	const result = await work();
	const file = join(outputFolder, `${name}.cpuprofile`);
	mkdirSync(outputFolder, { recursive: true });
	writeFileSync(file, JSON.stringify(await inspector.stopProfile()));
	tell(`profile in ${file}`);
	return result;
}
