/**
 * Installs the real n8n that the end-to-end tests and the demo run: once, outside the checkout, because it takes
 * minutes and 2.8 GB. Plain Node 20 without dependencies, since it runs on a fresh clone.
 *
 *   node test/n8n-host/install.mjs           install unless it is there already
 *   node test/n8n-host/install.mjs --where   print { node, n8nBin, folder, complete } as JSON and end
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Raise it when the steps below change, so that nobody keeps a host installed in the old way. */
const RECIPE = 1;
const SECONDS_BETWEEN_SIGNS_OF_LIFE = 15;
const HALF_DONE_IS_ABANDONED_AFTER_MS = 60 * 60 * 1000;

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

/** @param {number} since epoch milliseconds */
function elapsed(since) {
	const seconds = Math.round((Date.now() - since) / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function reasonFor(output) {
	if (/ENOSPC|no space left/i.test(output)) {
		return `The disk is full. n8n needs about 3 GB below ${cacheFolder()}; set XDG_CACHE_HOME to put it elsewhere.`;
	}
	if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|network/i.test(output)) {
		return 'The npm registry cannot be reached (npm config get registry). Check the network and the proxy settings, then try again.';
	}
	if (/E404|ETARGET|notarget/i.test(output)) {
		return 'The npm registry does not have one of the packages. Check that npm config get registry names a complete registry.';
	}
	if (/gyp ERR|node-gyp/i.test(output)) {
		return 'A native module did not compile. It needs Python 3, make and a C++ compiler (Debian: apt-get install python3 make g++).';
	}
	return 'The end of the output is above.';
}

/** Runs one step, says every 15 s that it is still busy, and shows the output only when it fails. */
function step(title, command, args, cwd) {
	const started = Date.now();
	console.log(`  ${title} …`);
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd,
			shell: process.platform === 'win32',
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let output = '';
		const keepTail = (chunk) => {
			output = (output + chunk).slice(-100_000);
		};
		child.stdout.on('data', keepTail);
		child.stderr.on('data', keepTail);
		const signsOfLife = setInterval(
			() => console.log(`  … still busy with it after ${elapsed(started)}`),
			SECONDS_BETWEEN_SIGNS_OF_LIFE * 1000,
		);
		const stopChild = () => child.kill();
		process.once('exit', stopChild);
		const finish = (error) => {
			clearInterval(signsOfLife);
			process.removeListener('exit', stopChild);
			if (!error) {
				console.log(`  done in ${elapsed(started)}`);
				resolve();
				return;
			}
			console.error(output.split('\n').slice(-30).join('\n'));
			reject(new Error(`${title}: failed (${error}). ${reasonFor(output)}`));
		};
		child.on('error', (error) => finish(error.message));
		child.on('close', (code, signal) => finish(code === 0 ? null : `exit code ${code ?? signal}`));
	});
}

function removeAbandoned(unfinished) {
	if (!existsSync(unfinished)) return;
	const age = Date.now() - statSync(unfinished).mtimeMs;
	if (age > HALF_DONE_IS_ABANDONED_AFTER_MS) rmSync(unfinished, { recursive: true, force: true });
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
	removeAbandoned(unfinished);
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
		await step(
			`${packages.toLocaleString('en')} packages from the npm registry, 2.8 GB, about 4 minutes`,
			'npm',
			['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'],
			unfinished,
		);
		await step(
			'compiling the database module sqlite3, about 90 seconds',
			'npm',
			['rebuild', 'sqlite3', '--foreground-scripts'],
			unfinished,
		);
		const built = pathsBelow(unfinished);
		await step(
			`checking Node ${nodeVersion} and n8n ${dependencies.n8n}`,
			built.node,
			[built.n8nBin, '--version'],
			unfinished,
		);
		rmSync(wanted.folder, { recursive: true, force: true });
		renameSync(unfinished, wanted.folder);
	} catch (error) {
		rmSync(unfinished, { recursive: true, force: true });
		const other = hostPaths();
		if (other.complete) return other;
		throw error;
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
