import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { N8nOptions } from './startN8n.mts';
import { until } from './until.mts';

/** One clock for PBX, CRM and n8n that a test puts forward, so that hours pass at once. */
export interface CompanyClock {
	/** Milliseconds since 1970, for the simulators. */
	now(): number;
	/** Starts n8n with this clock. */
	n8n: Pick<N8nOptions, 'env' | 'nodeArguments'>;
	/** Puts it forward; a running n8n has noticed when the promise resolves. */
	advance(milliseconds: number, isN8nRunning?: boolean): Promise<void>;
	close(): void;
}

/**
 * @param endsWaits whether a wait of this package, too, is over when the clock has been put forward so far; otherwise only
 * the time of day changes, and whoever waits for a minute waits for a minute
 */
export function companyClock({ endsWaits = false } = {}): CompanyClock {
	const folder = mkdtempSync(join(tmpdir(), 'callbridge-clock-'));
	const file = join(folder, 'ahead');
	let aheadMs = 0;
	const write = () => writeFileSync(file, String(aheadMs));
	write();
	return {
		now: () => Date.now() + aheadMs,
		n8n: {
			env: {
				CALLBRIDGE_CLOCK_FILE: file,
				...(endsWaits ? { CALLBRIDGE_CLOCK_ENDS_WAITS: 'true' } : {}),
			},
			nodeArguments: [
				`--import=${pathToFileURL(join(process.cwd(), 'test/e2e/stack/movedClock.mjs'))}`,
			],
		},
		async advance(milliseconds, isN8nRunning = true) {
			aheadMs += milliseconds;
			write();
			if (!isN8nRunning) return;
			await until(() => readFileSync(`${file}.taken`, 'utf8') === String(aheadMs), {
				what: "n8n's clock to be put forward",
			});
		},
		close: () => rmSync(folder, { recursive: true, force: true }),
	};
}
