import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { Client } from 'pg';

/** Where PostgreSQL and Redis are that n8n's queue mode needs; see test/queue-services. */
export interface QueueAddresses {
	postgres: { host: string; port: number; user: string; database: string };
	redis: { host: string; port: number };
}

/** A database and a part of Redis that one installation of n8n has for itself. */
export interface QueueDatabases {
	/** n8n's variables for them. */
	env: Record<string, string>;
	drop(): Promise<void>;
}

/** Those of test/tools/test.mjs, or the usual ones. */
export function queueAddresses(): QueueAddresses {
	const given = process.env.CALLBRIDGE_QUEUE_SERVICES;
	if (given) return JSON.parse(given) as QueueAddresses;
	return {
		postgres: { host: '127.0.0.1', port: 5432, user: 'postgres', database: 'postgres' },
		redis: { host: '127.0.0.1', port: 6379 },
	};
}

export async function createQueueDatabases({
	postgres,
	redis,
}: QueueAddresses): Promise<QueueDatabases> {
	const name = `callbridge_test_${randomBytes(6).toString('hex')}`;
	await inPostgres(postgres, `CREATE DATABASE ${name}`);
	return {
		env: {
			EXECUTIONS_MODE: 'queue',
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: postgres.host,
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_USER: postgres.user,
			DB_POSTGRESDB_DATABASE: name,
			QUEUE_BULL_REDIS_HOST: redis.host,
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			QUEUE_BULL_PREFIX: name,
			N8N_REDIS_KEY_PREFIX: name,
		},
		async drop() {
			await inPostgres(postgres, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
			const client = new Redis(redis);
			// n8n puts prefixes into braces, which keep the keys of one queue together in a Redis cluster.
			const keys = await client.keys(`*${name}*`);
			if (keys.length > 0) await client.del(...keys);
			client.disconnect();
		},
	};
}

async function inPostgres(postgres: QueueAddresses['postgres'], statement: string): Promise<void> {
	const client = new Client(postgres);
	await client.connect().catch((error: Error) => {
		throw new Error(
			`The tests in queue mode need PostgreSQL at ${postgres.host}:${postgres.port} and Redis, see test/README.md: ${error.message}`,
		);
	});
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}
