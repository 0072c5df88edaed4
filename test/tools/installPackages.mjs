// Plain Node 20 without dependencies: runs on a fresh clone, before anything is installed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { step } from './step.mjs';

/** npm keeps in node_modules a lock file of what is really there: compare it with the one in git. */
function matchesLock(root) {
	const installedLock = join(root, 'node_modules', '.package-lock.json');
	if (!existsSync(installedLock)) return false;
	const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages;
	const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
	delete wanted[''];
	return Object.entries(wanted).every(([path, { version, optional, devOptional, peer }]) =>
		installed[path] ? installed[path].version === version : optional || devOptional || peer,
	);
}

/** Brings node_modules into the state of package-lock.json, unless it is in that state. */
export async function installPackages(root) {
	if (matchesLock(root)) return;
	console.log('Installing what the project needs to build and test itself');
	await step({
		title: 'npm ci, about a minute',
		command: 'npm',
		args: ['ci', '--no-audit', '--no-fund'],
		cwd: root,
	});
}
