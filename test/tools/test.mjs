/** `npm test`: everything, one stage after the other, from a fresh clone. Plain Node 20 until prepare() is done. */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { findQueueServices } from '../queue-services/find.mjs';
import { findChromium } from './chromium.mjs';
import { readJestReport } from './jestReport.mjs';
import { prepare, projectRoot } from './prepare.mjs';
import { stages } from './stages.mjs';
import { elapsed } from './step.mjs';

const outputFolder = join(projectRoot, 'test', 'output');
let interrupted = false;
let running;

process.on('SIGINT', () => {
	interrupted = true;
	running?.kill('SIGINT');
});

function runScript(script, args, env = {}) {
	const chromium = findChromium();
	return new Promise((resolve) => {
		running = spawn('npm', ['run', '--silent', script, '--', ...args], {
			cwd: projectRoot,
			stdio: 'inherit',
			shell: process.platform === 'win32',
			env: { ...process.env, ...(chromium ? { CHROMIUM_PATH: chromium } : {}), ...env },
		});
		running.on('error', () => resolve(1));
		running.on('close', (code) => resolve(code ?? 1));
	});
}

const NO_QUEUE_SERVICES = 'skipped: needs PostgreSQL and Redis (Debian: postgresql, redis-server)';

/** Left out, and told so, where this machine has no PostgreSQL and Redis. */
async function runStageInQueueMode(stage) {
	const services = await findQueueServices();
	if (!services) return { passed: 0, failed: 0, note: NO_QUEUE_SERVICES };
	const { postgres, redis } = services;
	try {
		return await runStage(stage, {
			CALLBRIDGE_QUEUE_SERVICES: JSON.stringify({ postgres, redis }),
		});
	} finally {
		await services.stop();
	}
}

async function runStage({ script, jest }, env = {}) {
	if (!jest) {
		const isFine = (await runScript(script, [], env)) === 0;
		return { passed: isFine ? 1 : 0, failed: isFine ? 0 : 1, note: '' };
	}
	const reportFile = join(outputFolder, `${script.replaceAll(':', '-')}.json`);
	rmSync(reportFile, { force: true });
	const code = await runScript(script, ['--json', `--outputFile=${reportFile}`], env);
	const report = readJestReport(reportFile);
	const endedBadly = code !== 0 && report.failed === 0;
	return endedBadly ? { ...report, failed: 1, note: `jest ended with ${code}` } : report;
}

async function runAll() {
	const results = [];
	const hasPassed = (name) => results.some((result) => result.name === name && result.failed === 0);

	for (const stage of stages) {
		const started = Date.now();
		const blocked = interrupted || (stage.needs && !hasPassed(stage.needs));
		if (!blocked) console.log(`\n━━ ${stage.name} ━━`);
		const outcome = blocked
			? {
					passed: 0,
					failed: 1,
					note: interrupted ? 'not run: interrupted' : `not run: needs ${stage.needs}`,
				}
			: await (stage.usesQueueServices ? runStageInQueueMode : runStage)(stage);
		results.push({ name: stage.name, ...outcome, time: blocked ? '' : elapsed(started) });
	}
	return results;
}

function printTable(results) {
	console.log('\nstage         result   passed  failed  time');
	for (const { name, passed, failed, time, note } of results) {
		const cells = [
			name.padEnd(13),
			(failed > 0 ? 'FAILED' : passed > 0 ? 'passed' : 'skipped').padEnd(8),
			String(passed).padStart(6),
			String(failed).padStart(7),
			` ${time.padEnd(12)}`,
			note,
		];
		console.log(cells.join(' ').trimEnd());
	}
}

const total = (results, column) => results.reduce((sum, result) => sum + result[column], 0);

const started = Date.now();
try {
	mkdirSync(outputFolder, { recursive: true });
	await prepare();
	if (!findChromium()) {
		console.log('No Chromium found (CHROMIUM_PATH): the checks in the browser cannot run.');
	}
	const results = await runAll();
	printTable(results);
	const failed = total(results, 'failed');
	console.log(`\n${elapsed(started)}`);
	console.log(`${total(results, 'passed')} passed, ${failed} failed`);
	process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
	console.error(`\nThe tests could not be prepared.\n${error.message}`);
	console.log(`0 passed, ${stages.length} failed`);
	process.exitCode = 1;
}
