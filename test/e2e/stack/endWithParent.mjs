// Loaded into n8n before it starts: when the test or demo that started it is gone, however it went, n8n ends too.
import { isMainThread } from 'node:worker_threads';

function end() {
	// At once and with its children: an orderly end hangs where nobody reads what n8n prints.
	if (process.platform === 'win32') process.exit(1);
	process.kill(-process.pid, 'SIGKILL');
}

// Node loads this into n8n's worker threads as well, and their standard input ends at once.
if (isMainThread) {
	process.stdin.on('end', end);
	process.stdin.on('error', end);
	process.stdin.resume();
}
