import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Folder for what tests leave behind: logs, tarballs, screenshots. Not in git. */
export const outputFolder = join(process.cwd(), 'test', 'output');

/**
 * Packs the built package as `npm publish` would and answers the tarball's path. Test files of one run share the tarball
 * that was packed before them (CALLBRIDGE_PACKED); other processes pack for themselves.
 */
export function packPackage(): string {
	const packed = process.env.CALLBRIDGE_PACKED;
	if (packed) return packed;
	if (!existsSync(join(process.cwd(), 'dist', 'nodes'))) {
		throw new Error('There is nothing to pack: dist is missing. Run: npm run build');
	}
	const folder = join(outputFolder, `package-${process.pid}`);
	mkdirSync(folder, { recursive: true });
	const answer = execFileSync(
		'npm',
		['pack', '--json', '--loglevel=error', '--pack-destination', folder],
		{ encoding: 'utf8', shell: process.platform === 'win32' },
	);
	const [{ filename }] = JSON.parse(answer) as Array<{ filename: string }>;
	return join(folder, filename);
}

/** Unpacks an npm tarball so that `folder` holds its package.json. */
export function unpackTarball(tarball: string, folder: string): void {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
}
