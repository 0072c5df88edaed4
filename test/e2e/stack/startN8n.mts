import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from './freePort.mts';
import { quietEnvironment } from './n8nEnvironment.mts';
import { putMigratedDatabase } from './migratedDatabase.mts';
import { n8nHost } from './n8nHost.mts';
import { n8nProcess, type N8nProcess } from './n8nProcess.mts';
import { unpackTarball } from './packPackage.mts';

const PACKAGE_NAME = 'n8n-nodes-callbridge';

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

export interface RunningN8n extends Omit<N8nProcess, 'start'> {
	/** Without a slash at the end. */
	url: string;
	port: number;
	userFolder: string;
	/** Ends it in an orderly way, if it still runs, and starts it again with the same database and port. */
	restart(): Promise<void>;
	/** Ends it for good and deletes its temporary database. */
	stop(): Promise<void>;
}

/** Starts a real n8n and waits until it is healthy. */
export async function startN8n(options: N8nOptions = {}): Promise<RunningN8n> {
	const port = options.port || (await freePort());
	const brokerPort = await freePort();
	const userFolder = options.userFolder ?? mkdtempSync(join(tmpdir(), 'callbridge-n8n-'));
	if (!options.userFolder) putMigratedDatabase(n8nHost(), userFolder);
	if (options.packageTarball) installPackage(options.packageTarball, userFolder);
	const n8n = n8nProcess({
		command: 'start',
		nodeArguments: options.nodeArguments,
		env: { ...quietEnvironment(n8nHost(), { userFolder, port, brokerPort }), ...options.env },
		userFolder,
		port,
		saysWhenReady: 'Editor is now accessible',
	});

	const stop = async () => {
		await n8n.kill();
		if (!options.userFolder) rmSync(userFolder, { recursive: true, force: true });
	};
	try {
		await n8n.start();
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		url: `http://127.0.0.1:${port}`,
		port,
		userFolder,
		get processId() {
			return n8n.processId;
		},
		logFile: n8n.logFile,
		log: n8n.log,
		kill: n8n.kill,
		stop,
		restart: async () => {
			await n8n.kill();
			await n8n.start();
		},
	};
}

/** As n8n itself lays down a community package, so that node types have the same names as in production. */
export function installPackage(tarball: string, userFolder: string): void {
	unpackTarball(tarball, join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE_NAME));
}
