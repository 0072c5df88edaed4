import { spawn, type ChildProcess } from 'node:child_process';
import {
	createWriteStream,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
} from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { freePort } from './freePort.mts';
import { putMigratedDatabase } from './migratedDatabase.mts';
import { n8nHost } from './n8nHost.mts';
import { outputFolder, unpackTarball } from './packPackage.mts';
import { until } from './until.mts';

const PACKAGE_NAME = 'n8n-nodes-callbridge';
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 30_000;

export interface N8nOptions {
	/** What `npm pack` made. Without it n8n starts with its own nodes only. */
	packageTarball?: string;
	/** 0 or nothing: any free one. */
	port?: number;
	/** Where n8n keeps its database; nothing: a temporary one, deleted by stop(). */
	userFolder?: string;
	/** More of n8n's environment variables, e.g. EXECUTIONS_DATA_SAVE_ON_SUCCESS. */
	env?: Record<string, string>;
	/** For Node itself, before the script, e.g. --inspect=127.0.0.1:9229. */
	nodeArguments?: string[];
}

/** Environment of an n8n that starts sooner because it runs no Code nodes. */
export const withoutTaskRunner = {
	N8N_RUNNERS_MODE: 'external',
	N8N_RUNNERS_AUTH_TOKEN: 'callbridge-test-token',
};

export interface RunningN8n {
	/** Without a slash at the end. */
	url: string;
	port: number;
	userFolder: string;
	/** Of the process that runs now; undefined while there is none. */
	readonly processId: number | undefined;
	/** Everything that n8n printed, over restarts. */
	logFile: string;
	log(): string;
	/** Ends the process and leaves database and port as they are; SIGKILL is a crash. */
	kill(signal?: NodeJS.Signals): Promise<void>;
	/** Ends it in an orderly way, if it still runs, and starts it again with the same database and port. */
	restart(): Promise<void>;
	/** Ends it for good and deletes its temporary database. */
	stop(): Promise<void>;
}

/** Starts a real n8n and waits until it is healthy. */
export async function startN8n(options: N8nOptions = {}): Promise<RunningN8n> {
	const host = n8nHost();
	const port = options.port || (await freePort());
	const brokerPort = await freePort();
	const userFolder = options.userFolder ?? mkdtempSync(join(tmpdir(), 'callbridge-n8n-'));
	if (!options.userFolder) putMigratedDatabase(host, userFolder);
	const url = `http://127.0.0.1:${port}`;

	mkdirSync(outputFolder, { recursive: true });
	const logFile = join(outputFolder, `n8n-${process.pid}-${port}.log`);
	rmSync(logFile, { force: true });

	if (options.packageTarball) {
		const nodes = join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE_NAME);
		unpackTarball(options.packageTarball, nodes);
	}

	const env = {
		...quietEnvironment(userFolder, port, brokerPort, dirname(host.node)),
		// Compiling the same modules again is a fifth of what a start takes.
		NODE_COMPILE_CACHE: join(host.folder, 'compile-cache'),
		...options.env,
	};
	let running: ChildProcess | undefined;

	const log = () => readFileSync(logFile, 'utf8');
	const endOfLog = () => log().split('\n').slice(-25).join('\n');

	const start = async () => {
		const child = spawn(
			host.node,
			[
				`--import=${pathToFileURL(join(process.cwd(), 'test/e2e/stack/endWithParent.mjs'))}`,
				...(options.nodeArguments ?? []),
				host.n8nBin,
				'start',
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
			if (!log().slice(logBefore).includes('Editor is now accessible')) return undefined;
			return (await fetch(`${url}/healthz/readiness`)).ok ? 'healthy' : undefined;
		};
		const state = await until(isHealthy, {
			what: `n8n to answer at ${url}; its log is ${logFile}`,
			timeoutMs: START_TIMEOUT_MS,
		});
		if (state === 'ended') throw new Error(`n8n ended while starting:\n${endOfLog()}`);
	};

	const kill = async (signal: NodeJS.Signals = 'SIGTERM') => {
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
	};

	const stop = async () => {
		await kill();
		if (!options.userFolder) rmSync(userFolder, { recursive: true, force: true });
	};

	try {
		await start();
	} catch (error) {
		await stop();
		throw error;
	}

	return {
		url,
		port,
		userFolder,
		get processId() {
			return running?.pid;
		},
		logFile,
		log,
		kill,
		stop,
		restart: async () => {
			await kill();
			await start();
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

/** Nothing of the caller's own n8n settings gets in, and nothing goes out to n8n's servers. */
function quietEnvironment(
	userFolder: string,
	port: number,
	brokerPort: number,
	nodeFolder: string,
): Record<string, string> {
	return {
		// n8n starts the runner of the Code node with `node` from the path: it must be Node 24 too.
		PATH: [nodeFolder, process.env.PATH].join(delimiter),
		HOME: userFolder,
		TMPDIR: tmpdir(),
		NODE_ENV: 'production',
		TZ: 'UTC',
		GENERIC_TIMEZONE: 'UTC',
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
		N8N_WEBHOOK_URL: `http://127.0.0.1:${port}`,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_ENCRYPTION_KEY: 'callbridge-test-key',
		N8N_SECURE_COOKIE: 'false',
		N8N_LOG_LEVEL: 'info',
		N8N_LOG_OUTPUT: 'console',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		// They ask api.n8n.io at the start.
		N8N_DISABLED_MODULES: 'mcp-registry',
	};
}
