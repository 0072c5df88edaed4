import { execFileSync } from 'node:child_process';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	realpathSync,
	rmSync,
	symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import type { INodeTypeDescription, ICredentialType } from 'n8n-workflow';

import { packPackage, unpackTarball } from '../e2e/stack/packPackage.mts';

const PACKAGE_NAME = 'n8n-nodes-callbridge';

/** What n8n brings and a node may import. Everything else has to be in the package. */
const BROUGHT_BY_N8N = ['n8n-workflow', 'lodash', 'luxon', 'zod'];

export interface DescribedNode {
	/** As in package.json, below dist. */
	file: string;
	description: INodeTypeDescription;
	/** Names by kind: loadOptions, listSearch, credentialTest … */
	methods: Record<string, string[]>;
	entryPoints: string[];
}

export type DescribedCredential = ICredentialType & { file: string };

export interface UnpackedPackage {
	folder: string;
	/** Relative, with forward slashes. */
	files: string[];
	describe(): { nodes: DescribedNode[]; credentials: DescribedCredential[] };
	remove(): void;
}

/** Packs the built package and unpacks it where only n8n's own libraries are within reach. */
export function unpackPackage(): UnpackedPackage {
	const home = realpathSync(mkdtempSync(join(tmpdir(), 'callbridge-package-')));
	const modules = join(home, 'node_modules');
	const folder = join(modules, PACKAGE_NAME);
	unpackTarball(packPackage(), folder);
	for (const name of BROUGHT_BY_N8N) {
		symlinkSync(join(process.cwd(), 'node_modules', name), join(modules, name), 'junction');
	}
	return {
		folder,
		files: filesBelow(folder),
		describe: () => JSON.parse(runNode('describePackage.mjs', [folder])),
		remove: () => rmSync(home, { recursive: true, force: true }),
	};
}

/** The sources as the scanner finds them in the repository, away from the project's node_modules. */
export function copySources(): { folder: string; remove(): void } {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'callbridge-source-')));
	mkdirSync(folder, { recursive: true });
	for (const name of ['package.json', 'nodes', 'credentials']) {
		cpSync(join(process.cwd(), name), join(folder, name), { recursive: true });
	}
	return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface ScanResult {
	passed: boolean;
	message?: string;
	details?: string;
}

export function scan(leg: 'source' | 'artifact', folder: string): ScanResult {
	const lines = runNode('scanPackage.mjs', [leg, folder]).trim().split('\n');
	return JSON.parse(lines[lines.length - 1]) as ScanResult;
}

function runNode(script: string, args: string[]): string {
	return execFileSync(process.execPath, [join(process.cwd(), 'test', 'package', script), ...args], {
		encoding: 'utf8',
		// The scanner's rules mistake every file for a test of their own when jest's NODE_ENV reaches them.
		env: { ...process.env, NODE_ENV: 'production' },
		maxBuffer: 64 * 1024 * 1024,
	});
}

function filesBelow(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
		.sort();
}
