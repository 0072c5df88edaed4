import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from './freePort.mts';
import { quietEnvironment } from './n8nEnvironment.mts';
import { n8nHost } from './n8nHost.mts';
import { n8nProcess, type N8nCommand, type N8nProcess } from './n8nProcess.mts';
import { createQueueDatabases, queueAddresses } from './queueDatabases.mts';
import { installPackage, type RunningN8n } from './startN8n.mts';
import { startFront, type Front } from './queueFront.mts';

export interface QueueModeOptions {
	packageTarball: string;
	workers: number;
	/** More of n8n's environment variables, for all processes. */
	env?: Record<string, string>;
}

/** n8n in queue mode: as a `RunningN8n` it is its main process behind the front server. */
export interface QueueModeN8n extends RunningN8n {
	workers: N8nProcess[];
	webhookProcess: N8nProcess;
	front: Front;
}

const READY: Record<N8nCommand, string> = {
	start: 'Editor is now accessible',
	worker: 'n8n worker is now ready',
	webhook: 'Webhook listener waiting for requests',
};

/**
 * As in docker-compose.yml. The queue deletes a job that has ended; where it ends before the main process has begun to
 * wait for it, n8n never hears of the end (Job.finished in bull looks for the job, and then waits for ever).
 */
const LIKE_DOCKER_COMPOSE = {
	N8N_EXECUTIONS_QUEUE_KEEP_LAST_COMPLETED: '1000',
	N8N_EXECUTIONS_QUEUE_KEEP_LAST_FAILED: '1000',
};

/**
 * Starts main process, workers and webhook process, each with a folder and a copy of the package of its own as on a
 * machine of its own, on PostgreSQL and Redis, behind a front server that shares requests out as docker-compose.yml does.
 */
export async function startQueueMode({
	packageTarball,
	workers: workerCount,
	env: more = {},
}: QueueModeOptions): Promise<QueueModeN8n> {
	const databases = await createQueueDatabases(queueAddresses());
	const closings: Array<() => Promise<void> | void> = [() => databases.drop()];
	const stop = async () => {
		for (const close of closings.reverse().splice(0)) await close();
	};
	try {
		const front = await startFront();
		closings.push(() => front.close());
		const env = {
			...databases.env,
			N8N_WEBHOOK_URL: front.url,
			N8N_EDITOR_BASE_URL: front.url,
			...LIKE_DOCKER_COMPOSE,
			...more,
		};
		const opened = async (command: N8nCommand) => {
			const opening = await prepareProcess(command, packageTarball, env);
			closings.push(opening.remove);
			await opening.process.start();
			closings.push(async () => await opening.process.kill());
			return opening;
		};
		// Alone at first: it makes the tables.
		const main = await opened('start');
		const [webhook, ...workers] = await Promise.all([
			opened('webhook'),
			...Array.from({ length: workerCount }, async () => await opened('worker')),
		]);
		front.sendTo({ main: main.port, webhook: webhook.port });
		return {
			url: front.url,
			port: main.port,
			userFolder: main.userFolder,
			get processId() {
				return main.process.processId;
			},
			logFile: main.process.logFile,
			log: main.process.log,
			kill: main.process.kill,
			restart: async () => {
				await main.process.kill();
				await main.process.start();
			},
			stop,
			workers: workers.map(({ process }) => process),
			webhookProcess: webhook.process,
			front,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

async function prepareProcess(
	command: N8nCommand,
	packageTarball: string,
	env: Record<string, string>,
) {
	const [port, brokerPort] = [await freePort(), await freePort()];
	const userFolder = mkdtempSync(join(tmpdir(), `callbridge-n8n-${command}-`));
	installPackage(packageTarball, userFolder);
	return {
		port,
		userFolder,
		process: n8nProcess({
			command,
			env: {
				...quietEnvironment(n8nHost(), { userFolder, port, brokerPort }),
				QUEUE_HEALTH_CHECK_ACTIVE: 'true',
				QUEUE_HEALTH_CHECK_PORT: String(port),
				...env,
			},
			userFolder,
			port,
			saysWhenReady: READY[command],
		}),
		remove: () => rmSync(userFolder, { recursive: true, force: true }),
	};
}
