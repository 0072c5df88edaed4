/** `npm start`: the whole product on this machine, from a fresh clone. `--once` ends after the sample calls. */
import { spawn } from 'node:child_process';

import { prepare, projectRoot } from './prepare.mjs';
import { step } from './step.mjs';

let demo;
// Ctrl+C reaches the demo as well, which ends what it started; this only waits for it.
process.on('SIGINT', () => {
	if (!demo) process.exit(130);
});
process.on('SIGTERM', () => (demo ? demo.kill('SIGTERM') : process.exit(143)));

try {
	await prepare();
	console.log('Building the package');
	await step({
		title: 'npm run build, about 10 seconds',
		command: 'npm',
		args: ['run', '--silent', 'build'],
		cwd: projectRoot,
	});
	demo = spawn(
		process.execPath,
		['--import', 'tsx', 'test/demo/main.mts', ...process.argv.slice(2)],
		{
			cwd: projectRoot,
			stdio: 'inherit',
		},
	);
	demo.on('close', (code) => process.exit(code ?? 1));
} catch (error) {
	console.error(`\n${error.message}`);
	console.log('0 passed, 1 failed');
	process.exitCode = 1;
}
