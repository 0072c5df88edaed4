import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { N8nHost } from './n8nHost.mts';

/** Where the files of an empty database are kept that has all of n8n's tables. */
const keptFolder = ({ folder }: N8nHost) => join(folder, 'migrated-database');

export const isMigratedDatabaseKept = (host: N8nHost): boolean => existsSync(keptFolder(host));

/** Keeps the database of an n8n that has ended and in which nobody has done anything. */
export function keepMigratedDatabase(host: N8nHost, userFolder: string): void {
	copyDatabase(join(userFolder, '.n8n'), keptFolder(host));
}

/**
 * Spares a new n8n its migrations, which are a quarter of the processor time of a first start. Does nothing if no
 * database is kept; n8n then makes it itself.
 */
export function putMigratedDatabase(host: N8nHost, userFolder: string): void {
	if (isMigratedDatabaseKept(host)) copyDatabase(keptFolder(host), join(userFolder, '.n8n'));
}

function copyDatabase(from: string, to: string): void {
	mkdirSync(to, { recursive: true });
	for (const file of readdirSync(from).filter((name) => name.startsWith('database.sqlite'))) {
		copyFileSync(join(from, file), join(to, file));
	}
}
