// Loaded into n8n before it starts: its clock is ahead by as many milliseconds as a file says, also when that changes.
import { readFileSync, watchFile, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.CALLBRIDGE_CLOCK_FILE;
const realNow = Date.now;
let aheadMs = 0;

function move() {
	aheadMs = Number(readFileSync(file, 'utf8'));
	writeFileSync(`${file}.taken`, String(aheadMs));
}

if (file && isMainThread) {
	move();
	watchFile(file, { interval: 50, persistent: false }, move);
	Date.now = () => realNow() + aheadMs;
}
