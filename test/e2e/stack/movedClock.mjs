// Loaded into n8n before it starts: its clock is ahead by as many milliseconds as a file says, also when that changes.
import { readFileSync, watchFile, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const file = process.env.CALLBRIDGE_CLOCK_FILE;
const realNow = Date.now;
let aheadMs = 0;

function move() {
	aheadMs = Number(readFileSync(file, 'utf8'));
	writeFileSync(`${file}.taken`, String(aheadMs));
}

/** n8n evaluates expressions in isolates, which have a clock of their own. */
function moveClockOfExpressions() {
	const require = createRequire(process.argv[1]);
	const { IsolatedVmBridge } = require('@n8n/expression-runtime');
	const { Callback } = require('isolated-vm');
	const { loadVendorLibraries } = IsolatedVmBridge.prototype;
	IsolatedVmBridge.prototype.loadVendorLibraries = async function () {
		await this.context.evalClosure('const now = Date.now; Date.now = () => now() + $0();', [
			new Callback(() => aheadMs),
		]);
		await loadVendorLibraries.call(this);
	};
}

if (file && isMainThread) {
	move();
	watchFile(file, { interval: 50, persistent: false }, move);
	Date.now = () => realNow() + aheadMs;
	moveClockOfExpressions();
}
