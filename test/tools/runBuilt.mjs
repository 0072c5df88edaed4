/** Installs, builds, and then runs a TypeScript file of the tests, such as the demo, until it ends. */
import { spawn } from 'node:child_process';

import { prepare, projectRoot } from './prepare.mjs';
import { step } from './step.mjs';

/** @param {string} file from the project's folder; the arguments of this process are its own */
export async function runBuilt(file) {
	let child;
	// Ctrl+C reaches the child as well, which ends what it started; this only waits for it.
	process.on('SIGINT', () => {
		if (!child) process.exit(130);
	});
	process.on('SIGTERM', () => (child ? child.kill('SIGTERM') : process.exit(143)));

	try {
		await prepare();
		console.log('Building the package');
		await step({
			title: 'npm run build, about 10 seconds',
			command: 'npm',
			args: ['run', '--silent', 'build'],
			cwd: projectRoot,
		});
		child = spawn(process.execPath, ['--import', 'tsx', file, ...process.argv.slice(2)], {
			cwd: projectRoot,
			stdio: 'inherit',
		});
		child.on('close', (code) => process.exit(code ?? 1));
	} catch (error) {
		console.error(`\n${error.message}`);
		console.log('0 passed, 1 failed');
		process.exitCode = 1;
	}
}
