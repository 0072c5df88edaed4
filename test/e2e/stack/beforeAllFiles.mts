import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { isMigratedDatabaseKept, keepMigratedDatabase } from './migratedDatabase.mts';
import { n8nHost } from './n8nHost.mts';
import { packPackage } from './packPackage.mts';
import { startN8n } from './startN8n.mts';

/** What all test files of a run share; jest calls it once, before it starts its workers. */
export default async function beforeAllFiles(): Promise<void> {
	process.env.CALLBRIDGE_PACKED = packPackage();

	const host = n8nHost();
	if (isMigratedDatabaseKept(host)) return;
	const userFolder = mkdtempSync(join(tmpdir(), 'callbridge-n8n-'));
	try {
		const n8n = await startN8n({ userFolder });
		await n8n.stop();
		keepMigratedDatabase(host, userFolder);
	} finally {
		rmSync(userFolder, { recursive: true, force: true });
	}
}
