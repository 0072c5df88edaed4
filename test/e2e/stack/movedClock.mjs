// Loaded into n8n before it starts: its clock is ahead by as many milliseconds as a file says, also when that changes.
import { readFileSync, watchFile, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const file = process.env.CALLBRIDGE_CLOCK_FILE;
const realNow = Date.now;
/** Shorter ones are not worth a look at who waits. */
const SHORTEST_WAIT_MS = 5_000;
let aheadMs = 0;
/** By timer: when it is due by the moved clock, and what to do then. */
const waits = new Map();

function move() {
	aheadMs = Number(readFileSync(file, 'utf8'));
	for (const [timer, { dueAt, end }] of waits) {
		if (dueAt > Date.now()) continue;
		clearTimeout(timer);
		end();
	}
	writeFileSync(`${file}.taken`, String(aheadMs));
}

/** What the package waits for ends when the clock is put forward so far; all else in n8n waits by the real clock. */
function endWaitsOfPackageInTime() {
	const { setTimeout: begin, clearTimeout: cancel } = globalThis;
	const beginAndKeep = (callback, milliseconds, ...rest) => {
		const isOfPackage =
			milliseconds >= SHORTEST_WAIT_MS && new Error().stack.includes('n8n-nodes-callbridge');
		if (!isOfPackage) return begin(callback, milliseconds, ...rest);
		const end = () => {
			waits.delete(timer);
			callback(...rest);
		};
		const timer = begin(end, milliseconds);
		waits.set(timer, { dueAt: Date.now() + milliseconds, end });
		return timer;
	};
	// util.promisify finds its own form of the function by a symbol.
	for (const symbol of Object.getOwnPropertySymbols(begin)) beginAndKeep[symbol] = begin[symbol];
	globalThis.setTimeout = beginAndKeep;
	globalThis.clearTimeout = (timer) => {
		waits.delete(timer);
		cancel(timer);
	};
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
	if (process.env.CALLBRIDGE_CLOCK_ENDS_WAITS) endWaitsOfPackageInTime();
}
