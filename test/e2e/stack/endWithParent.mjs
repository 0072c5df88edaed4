// Loaded into n8n before it starts: when the test or demo that started it is gone, however it went, n8n ends too.
import { isMainThread } from 'node:worker_threads';

// Node loads this into n8n's worker threads as well, and their standard input ends at once.
if (isMainThread) {
	const end = () => process.kill(process.pid, 'SIGTERM');
	process.stdin.on('end', end);
	process.stdin.on('error', end);
	process.stdin.resume();
}
