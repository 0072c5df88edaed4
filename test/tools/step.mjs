// Plain Node 20 without dependencies: runs on a fresh clone, before anything is installed.
import { spawn } from 'node:child_process';
import { adviceFor } from './adviceFor.mjs';

const SECONDS_BETWEEN_SIGNS_OF_LIFE = 15;

/** @param {number} since epoch milliseconds */
export function elapsed(since) {
	const seconds = Math.round((Date.now() - since) / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Runs a long step quietly: says what it does, every 15 s that it is still at it, and shows the output only when it
 * fails.
 * @param {{ title: string, command: string, args: string[], cwd: string }} what the title says how long it may take
 */
export async function step({ title, command, args, cwd }) {
	const started = Date.now();
	console.log(`  ${title} …`);
	const child = spawn(command, args, {
		cwd,
		shell: process.platform === 'win32',
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const stopChild = () => child.kill();
	process.once('exit', stopChild);
	const signsOfLife = setInterval(
		() => console.log(`  … still at it after ${elapsed(started)}`),
		SECONDS_BETWEEN_SIGNS_OF_LIFE * 1000,
	);
	let output = '';
	const keepTail = (chunk) => {
		output = (output + chunk).slice(-100_000);
	};
	child.stdout.on('data', keepTail);
	child.stderr.on('data', keepTail);

	const problem = await new Promise((resolve) => {
		child.on('error', (error) => resolve(error.message));
		child.on('close', (code, signal) =>
			resolve(code === 0 ? null : `ended with ${signal ?? `exit code ${code}`}`),
		);
	});
	clearInterval(signsOfLife);
	process.removeListener('exit', stopChild);
	if (problem) {
		console.error(output.split('\n').slice(-30).join('\n'));
		throw new Error(`${title}: ${problem}. ${adviceFor(output)}`);
	}
	console.log(`  done in ${elapsed(started)}`);
}
