// PostgreSQL and Redis for the tests in queue mode. Plain Node 20 without dependencies.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const HOST = '127.0.0.1';
const USUAL_PORTS = { postgres: 5432, redis: 6379 };
const START_TIMEOUT_MS = 30_000;
/** Where Debian puts the programs of the server, by version. */
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/**
 * @typedef {object} QueueServices
 * @property {{ host: string, port: number, user: string, database: string }} postgres takes this user without a password
 * @property {{ host: string, port: number }} redis
 * @property {() => Promise<void>} stop ends what was started here, and nothing else
 */

/**
 * Those that this machine provides on their usual ports; else own ones, started from what is installed (Debian's packages
 * postgresql and redis-server); else null.
 *
 * @returns {Promise<QueueServices | null>}
 */
export async function findQueueServices() {
	const redis = (await answers(USUAL_PORTS.redis)) ? given(USUAL_PORTS.redis) : await startRedis();
	if (!redis) return null;
	const postgres = (await takesEverybody(USUAL_PORTS.postgres))
		? given(USUAL_PORTS.postgres)
		: await startPostgres();
	if (!postgres) {
		await redis.stop();
		return null;
	}
	return {
		postgres: { host: HOST, port: postgres.port, user: 'postgres', database: 'postgres' },
		redis: { host: HOST, port: redis.port },
		stop: async () => {
			await redis.stop();
			await postgres.stop();
		},
	};
}

const given = (port) => ({ port, stop: async () => {} });

async function startRedis() {
	const program = onPath('redis-server');
	if (!program) return null;
	const port = await freePort();
	const settings = ['--bind', HOST, '--port', String(port), '--save', '', '--appendonly', 'no'];
	return await started(spawn(program, settings, { stdio: 'ignore', cwd: tmpdir() }), port);
}

async function startPostgres() {
	const folder = postgresPrograms();
	if (!folder) return null;
	const data = mkdtempSync(join(tmpdir(), 'callbridge-postgres-'));
	const owner = postgresOwner();
	if (owner.uid !== undefined) chownSync(data, owner.uid, owner.gid);
	try {
		const settings = ['--pgdata', data, '--username', 'postgres', '--auth', 'trust'];
		const options = { ...owner, stdio: 'ignore', cwd: data };
		execFileSync(join(folder, 'initdb'), [...settings, '--encoding', 'UTF8'], options);
		const port = await freePort();
		const server = spawn(
			join(folder, 'postgres'),
			['-D', data, '-h', HOST, '-p', String(port), '-k', data],
			options,
		);
		const running = await started(server, port);
		return {
			port,
			stop: async () => {
				await running?.stop();
				rmSync(data, { recursive: true, force: true });
			},
		};
	} catch {
		rmSync(data, { recursive: true, force: true });
		return null;
	}
}

/** PostgreSQL refuses to run as root. */
function postgresOwner() {
	if (process.getuid?.() !== 0) return {};
	const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

function postgresPrograms() {
	if (existsSync(DEBIAN_POSTGRES)) {
		const newest = readdirSync(DEBIAN_POSTGRES).sort((a, b) => Number(b) - Number(a))[0];
		if (newest) return join(DEBIAN_POSTGRES, newest, 'bin');
	}
	const program = onPath('initdb');
	return program ? join(program, '..') : null;
}

function onPath(program) {
	const folders = (process.env.PATH ?? '').split(delimiter);
	return folders.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;
}

async function started(child, port) {
	const closed = new Promise((resolve) => child.once('close', resolve));
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await answers(port))) {
		if (child.exitCode !== null || Date.now() > deadline) {
			child.kill('SIGKILL');
			return null;
		}
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	return {
		port,
		stop: async () => {
			child.kill('SIGINT');
			await closed;
		},
	};
}

async function answers(port) {
	return await new Promise((resolve) => {
		const socket = connect(port, HOST);
		const end = (result) => {
			socket.destroy();
			resolve(result);
		};
		socket.once('connect', () => end(true));
		socket.once('error', () => end(false));
	});
}

/** Whether a PostgreSQL lets the user postgres in without a password (frontend/backend protocol, start-up: 'R' with 0). */
async function takesEverybody(port) {
	return await new Promise((resolve) => {
		const socket = connect(port, HOST);
		const end = (result) => {
			socket.destroy();
			resolve(result);
		};
		socket.setTimeout(5_000, () => end(false));
		socket.once('error', () => end(false));
		socket.once('connect', () => {
			const parameters = Buffer.from('user\0postgres\0database\0postgres\0\0');
			const head = Buffer.alloc(8);
			head.writeInt32BE(8 + parameters.length, 0);
			head.writeInt32BE(196_608, 4);
			socket.write(Buffer.concat([head, parameters]));
		});
		socket.once('data', (data) => end(data[0] === 0x52 && data.readInt32BE(5) === 0));
	});
}

async function freePort() {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, HOST, () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}
