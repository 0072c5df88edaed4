// Plain Node 20 without dependencies: runs on a fresh clone, before anything is installed.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { installHost } from '../n8n-host/install.mjs';
import { installPackages } from './installPackages.mjs';

const OLDEST_NODE = 20;

export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Everything that tests and demo need and that a fresh clone has not. Seconds when it is all there. */
export async function prepare() {
	const [major] = process.versions.node.split('.').map(Number);
	if (major < OLDEST_NODE) {
		throw new Error(`This needs Node ${OLDEST_NODE} or newer; here runs ${process.versions.node}.`);
	}
	await installPackages(projectRoot);
	await installHost();
}
