import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { n8nHost } from './n8nHost.mts';
import { outputFolder } from './packPackage.mts';
import { until } from './until.mts';

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 30_000;

/** The commands of n8n that run until they are ended. */
export type N8nCommand = 'start' | 'worker' | 'webhook';

export interface N8nProcessOptions {
	command: N8nCommand;
	/** After the command, e.g. --concurrency=5. */
	commandArguments?: string[];
	/** For Node itself, before the script, e.g. --inspect=127.0.0.1:9229. */
	nodeArguments?: string[];
	/** All of it: nothing of the caller's own environment gets in. */
	env: Record<string, string>;
	userFolder: string;
	/** Where it listens. */
	port: number;
	/** It is ready once it has printed this and its health check says so. */
	saysWhenReady: string;
}

/** One process of n8n that can be ended and started again. */
export interface N8nProcess {
	/** Of the process that runs now; undefined while there is none. */
	readonly processId: number | undefined;
	/** Everything that it printed, over restarts. */
	logFile: string;
	log(): string;
	/** Starts it and waits until it is ready. */
	start(): Promise<void>;
	/** Ends it; SIGKILL is a crash. */
	kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Nothing runs before `start`. */
export function n8nProcess(options: N8nProcessOptions): N8nProcess {
	const { command, env, port, userFolder } = options;
	const host = n8nHost();
	mkdirSync(outputFolder, { recursive: true });
	const logFile = join(outputFolder, `n8n-${command}-${process.pid}-${port}.log`);
	rmSync(logFile, { force: true });
	let running: ChildProcess | undefined;

	const log = () => readFileSync(logFile, 'utf8');
	const endOfLog = () => log().split('\n').slice(-25).join('\n');

	return {
		get processId() {
			return running?.pid;
		},
		logFile,
		log,

		async start() {
			const child = spawn(
				host.node,
				[
					`--import=${pathToFileURL(join(process.cwd(), 'test/e2e/stack/endWithParent.mjs'))}`,
					...(options.nodeArguments ?? []),
					host.n8nBin,
					command,
					...(options.commandArguments ?? []),
				],
				// A process group of its own: Ctrl+C reaches the demo, which then ends n8n in order.
				{
					env,
					cwd: userFolder,
					stdio: ['pipe', 'pipe', 'pipe'],
					detached: process.platform !== 'win32',
				},
			);
			running = child;
			const logBefore = existsSync(logFile) ? log().length : 0;
			const logStream = createWriteStream(logFile, { flags: 'a' });
			child.stdout?.pipe(logStream, { end: false });
			child.stderr?.pipe(logStream, { end: false });
			child.once('close', () => logStream.end());
			const isHealthy = async () => {
				if (child.exitCode !== null || child.signalCode !== null) return 'ended';
				// The port answers some seconds before n8n has read the published workflows.
				if (!log().slice(logBefore).includes(options.saysWhenReady)) return undefined;
				return (await fetch(`http://127.0.0.1:${port}/healthz/readiness`)).ok
					? 'healthy'
					: undefined;
			};
			const state = await until(isHealthy, {
				what: `n8n ${command} to be ready on port ${port}; its log is ${logFile}`,
				timeoutMs: START_TIMEOUT_MS,
			});
			if (state === 'ended') throw new Error(`n8n ${command} ended while starting:\n${endOfLog()}`);
		},

		async kill(signal = 'SIGTERM') {
			const child = running;
			running = undefined;
			if (!child || child.exitCode !== null || child.signalCode !== null) return;
			const closed = once(child, 'close');
			signalGroup(child, signal);
			const tooLong = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_TIMEOUT_MS);
			await closed;
			clearTimeout(tooLong);
			// n8n waits for ten seconds when it finds the journal of a crash.
			rmSync(join(userFolder, '.n8n', 'crash.journal'), { force: true });
		},
	};
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		// The Code node runs in a child of n8n: the whole group has to go.
		if (process.platform === 'win32') child.kill(signal);
		else process.kill(-child.pid, signal);
	} catch {
		child.kill(signal);
	}
}
