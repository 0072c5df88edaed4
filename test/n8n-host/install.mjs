/**
 * Installs the real n8n that the end-to-end tests and the demo run: once, outside the checkout, because it takes
 * minutes and 2.8 GB. Plain Node 20 without dependencies, since it runs on a fresh clone.
 *
 *   node test/n8n-host/install.mjs           install unless it is there already
 *   node test/n8n-host/install.mjs --where   print { node, n8nBin, folder, complete } as JSON and end
 */
import { createHash } from 'node:crypto';
import {
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { elapsed, step } from '../tools/step.mjs';

/** Raise it when the steps below change, so that nobody keeps a host installed in the old way. */
const RECIPE = 1;

const here = dirname(fileURLToPath(import.meta.url));
const manifestFile = join(here, 'package.json');
const lockFile = join(here, 'package-lock.json');

function cacheFolder() {
	return process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
}

function fingerprint() {
	const hash = createHash('sha256').update(`recipe ${RECIPE} ${process.platform} ${process.arch}`);
	for (const file of [manifestFile, lockFile]) hash.update(readFileSync(file));
	return hash.digest('hex').slice(0, 16);
}

/** The npm packages that bring a Node binary are named by platform (they are the optionalDependencies of the host). */
function nodeBinaryPackage() {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
	return `${prefix}-${platform}-${process.arch}`;
}

function pathsBelow(folder) {
	const binary = process.platform === 'win32' ? 'node.exe' : 'node';
	return {
		folder,
		node: join(folder, 'node_modules', nodeBinaryPackage(), 'bin', binary),
		n8nBin: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

/**
 * Where the host is, or will be once installed.
 * @returns {{ folder: string, node: string, n8nBin: string, complete: boolean }} Node 24, n8n's start script, and whether both are there
 */
export function hostPaths() {
	const folder = join(cacheFolder(), 'n8n-nodes-callbridge', `n8n-host-${fingerprint()}`);
	const paths = pathsBelow(folder);
	return { ...paths, complete: existsSync(paths.node) && existsSync(paths.n8nBin) };
}

function isRunning(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

/** Half-done installations whose installer is gone. */
function removeAbandoned() {
	const parent = dirname(hostPaths().folder);
	if (!existsSync(parent)) return;
	for (const name of readdirSync(parent)) {
		const [, pid] = /\.unfinished-(\d+)$/.exec(name) ?? [];
		if (pid && !isRunning(Number(pid)))
			rmSync(join(parent, name), { recursive: true, force: true });
	}
}

/**
 * Installs the host unless it is complete already. An interrupted installation leaves only a folder with another
 * name, never one that looks complete.
 * @returns {Promise<{ folder: string, node: string, n8nBin: string, complete: boolean }>}
 */
export async function installHost() {
	const wanted = hostPaths();
	if (wanted.complete) return wanted;

	const { dependencies, optionalDependencies } = JSON.parse(readFileSync(manifestFile, 'utf8'));
	const nodeVersion = optionalDependencies[nodeBinaryPackage()];
	if (!nodeVersion) {
		throw new Error(
			`n8n ${dependencies.n8n} needs Node 24, and test/n8n-host/package.json names no package with Node 24 for ${process.platform} ${process.arch}. ` +
				'Run the tests on Linux, macOS or Windows on x64 or arm64, or in a container of one of them.',
		);
	}
	const packages = Object.keys(JSON.parse(readFileSync(lockFile, 'utf8')).packages).length - 1;
	const unfinished = `${wanted.folder}.unfinished-${process.pid}`;
	removeAbandoned();
	mkdirSync(unfinished, { recursive: true });
	cpSync(manifestFile, join(unfinished, 'package.json'));
	cpSync(lockFile, join(unfinished, 'package-lock.json'));

	const started = Date.now();
	console.log(
		`Installing n8n ${dependencies.n8n} for the tests and the demo, once, into ${wanted.folder}`,
	);
	try {
		// --ignore-scripts: a Kafka client among n8n's dependencies would download a binary from outside the registry.
		// Not `npm ci`: it insists on optional packages for every platform, and some registries lack a few of them.
		await step({
			title: `${packages.toLocaleString('en')} packages from the npm registry, 2.8 GB, about 4 minutes`,
			command: 'npm',
			args: ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'],
			cwd: unfinished,
		});
		await step({
			title: 'compiling the database module sqlite3, about 90 seconds',
			command: 'npm',
			args: ['rebuild', 'sqlite3', '--foreground-scripts', '--ignore-scripts=false'],
			cwd: unfinished,
		});
		const built = pathsBelow(unfinished);
		await step({
			title: `trying Node ${nodeVersion} and n8n ${dependencies.n8n}`,
			command: built.node,
			args: [built.n8nBin, '--version'],
			cwd: unfinished,
		});
		// Another run may have been quicker, and may be using its installation already.
		if (!hostPaths().complete) {
			rmSync(wanted.folder, { recursive: true, force: true });
			renameSync(unfinished, wanted.folder);
		}
	} finally {
		rmSync(unfinished, { recursive: true, force: true });
	}
	console.log(`n8n ${dependencies.n8n} is installed (${elapsed(started)}).`);
	return hostPaths();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	if (process.argv.includes('--where')) {
		console.log(JSON.stringify(hostPaths()));
	} else {
		try {
			console.log(`n8n host: ${(await installHost()).folder}`);
		} catch (error) {
			console.error(error.message);
			process.exitCode = 1;
		}
	}
}
