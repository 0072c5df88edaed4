import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export interface N8nHost {
	/** Node 24, which n8n 2 needs. */
	node: string;
	n8nBin: string;
	folder: string;
}

/** The installed n8n. Asked in a process of its own because the installer is an ES module for plain Node. */
export function n8nHost(): N8nHost {
	const installer = join(process.cwd(), 'test', 'n8n-host', 'install.mjs');
	const answer = execFileSync(process.execPath, [installer, '--where'], { encoding: 'utf8' });
	const host = JSON.parse(answer) as N8nHost & { complete: boolean };
	if (!host.complete) {
		throw new Error('The n8n for the tests is not installed. Run: node test/n8n-host/install.mjs');
	}
	return host;
}
