import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem } from 'node:os';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { textTable } from '../demo/textTable.mts';
import { n8nHost } from '../e2e/stack/n8nHost.mts';
import type { Measured, Measurement } from './Measurement.mts';

export const RESULTS_FILE = join(process.cwd(), 'test', 'bench', 'RESULTS.md');

/** What people have written into the page stands from here on, and is kept. */
const WRITTEN_BY_HAND = '## What was slow, and what became of it';

export interface FinishedMeasurement {
	measurement: Measurement;
	measured: Measured;
	seconds: number;
}

/** For the terminal. */
export function asText({ measurement, measured, seconds }: FinishedMeasurement): string {
	const targets = (measured.targets ?? []).map(
		({ what, wanted, measured: was, isMet }) =>
			`${isMet ? '  met' : 'MISSED'}  ${what}: ${was} (wanted: ${wanted})`,
	);
	return [
		`\n━━ ${measurement.name}: ${measurement.title} (${Math.round(seconds)} s)\n`,
		textTable(measured.header, measured.rows.map(cells)),
		...(targets.length > 0 ? ['', ...targets] : []),
	].join('\n');
}

/** The page RESULTS.md: what was measured, where and when, and what people have added below. */
export async function resultsPage(finished: FinishedMeasurement[], at: Date): Promise<string> {
	const total = finished.reduce((sum, { seconds }) => sum + seconds, 0);
	const page = [
		'# What it costs and carries',
		`\`npm run bench\` makes this page; it took ${Math.round(total / 60)} minutes. Between simulators on the same machine, whose processor time counts as well; what is compared ran in the same run.`,
		environment(at),
		'## Targets',
		markdownTable(
			['what', 'wanted', 'measured', 'met'],
			finished
				.flatMap(({ measured }) => measured.targets ?? [])
				.map(({ what, wanted, measured, isMet }) => [what, wanted, measured, isMet ? 'yes' : 'no']),
		),
		...finished.flatMap(({ measurement, measured, seconds }) => [
			`## ${measurement.name}`,
			`${measurement.title}. (${Math.round(seconds)} s)`,
			markdownTable(measured.header, measured.rows.map(cells)),
			...(measured.notes ?? []),
		]),
		writtenByHand(),
	].join('\n\n');
	const options = await resolveConfig(RESULTS_FILE);
	return await format(page, { ...options, filepath: RESULTS_FILE });
}

function environment(at: Date): string {
	const processors = cpus();
	const host = n8nHost();
	const nodeOfN8n = execFileSync(host.node, ['--version'], { encoding: 'utf8' }).trim();
	const versionOf = (folder: string) =>
		(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
	return markdownTable(
		['', ''],
		[
			['date', at.toISOString().slice(0, 16).replace('T', ' ') + ' UTC'],
			['n8n-nodes-callbridge', versionOf(process.cwd())],
			['n8n', versionOf(join(host.folder, 'node_modules', 'n8n'))],
			['Node of n8n', nodeOfN8n.slice('v'.length)],
			['Node of the simulators', process.versions.node],
			['processor', `${processors.length} × ${processors[0]?.model.trim() ?? '?'}`],
			['memory', `${Math.round(totalmem() / 1e9)} GB`],
			['system', `${process.platform} ${release()}`],
		],
	);
}

function markdownTable(header: string[], rows: string[][]): string {
	const line = (row: string[]) =>
		`| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function writtenByHand(): string {
	const page = existsSync(RESULTS_FILE) ? readFileSync(RESULTS_FILE, 'utf8') : '';
	const start = page.indexOf(WRITTEN_BY_HAND);
	return start < 0 ? WRITTEN_BY_HAND : page.slice(start).trim();
}

const cells = (row: Array<string | number>): string[] => row.map(String);
