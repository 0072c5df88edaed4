import type { Delivery } from '../../simulators/yeastar/frameDelivery.mts';
import type { Scenario } from '../../simulators/yeastar/scenario.mts';
import { until } from '../../e2e/stack/until.mts';
import type { CallLogger } from './callLoggers.mts';

/** What some calls have cost, all together. */
export interface CostOfCalls {
	calls: number;
	crmRequests: number;
	crmCredits: number;
	pbxRequests: number;
	executions: number;
	/** Runs of nodes in these executions. */
	nodes: number;
	/** From hanging up until the CRM had the log, seconds, one for each call. */
	secondsToLog: number[];
}

/** What became of some calls of numbers that no record had. */
export interface FateOfCalls {
	calls: number;
	/** Calls with at least one log. */
	logged: number;
	/** Logs beyond the first of a call. */
	duplicateLogs: number;
	/** Records beyond the first of a caller. */
	duplicateRecords: number;
}

const A_MINUTE = 60_000;

/** Places calls one after the other, each when everything about the one before is over. */
export async function costOf(logger: CallLogger, scenarios: Scenario[]): Promise<CostOfCalls> {
	const { stack } = logger;
	const { client, pbx, zoho } = stack;
	await quiet(logger);
	const executionsBefore = new Set((await executionsOf(logger)).map(({ id }) => id));
	const counts = () => [zoho.requests.length, zoho.credits.used, pbx.requests.length];
	const before = counts();
	const secondsToLog: number[] = [];
	for (const scenario of scenarios) {
		const hungUpAt = performance.now();
		const { callId } = await pbx.place(scenario);
		await logged(logger, callId);
		secondsToLog.push((performance.now() - hungUpAt) / 1_000);
		await quiet(logger);
	}
	const [crmRequests, crmCredits, pbxRequests] = counts().map(
		(count, index) => count - before[index],
	);
	const started = (await executionsOf(logger)).filter(({ id }) => !executionsBefore.has(id));
	const executions = await Promise.all(started.map(({ id }) => client.getExecution(id)));
	const failed = executions.find(({ status }) => status !== 'success');
	if (failed) throw new Error(`${logger.who} failed: ${failed.error?.message ?? failed.status}`);
	return {
		calls: scenarios.length,
		crmRequests,
		crmCredits,
		pbxRequests,
		executions: executions.length,
		nodes: executions.reduce((sum, { ran }) => sum + ran.length, 0),
		secondsToLog,
	};
}

/**
 * Places calls, and looks what is in the CRM when a later call has been logged and nothing runs any more.
 *
 * @param atOnce whether they all end in the same moment, or each when the one before has been dealt with
 */
export async function fateOf(
	logger: CallLogger,
	scenarios: Array<Scenario & { from: string }>,
	delivery: Delivery,
	{ atOnce }: { atOnce: boolean },
): Promise<FateOfCalls> {
	const placed: Placed[] = [];
	for (const scenario of scenarios) {
		const { callId } = await logger.stack.pbx.place(scenario, delivery);
		placed.push({ callId, from: scenario.from });
		if (!atOnce) await quiet(logger);
	}
	return await fateAfterLaterCall(logger, placed);
}

/** The same for calls that end while n8n is down. */
export async function fateWhileDown(
	logger: CallLogger,
	scenarios: Array<Scenario & { from: string }>,
): Promise<FateOfCalls> {
	const { client, n8n, pbx } = logger.stack;
	await n8n.kill();
	const placed: Placed[] = [];
	for (const scenario of scenarios) {
		const { callId } = await pbx.place(scenario);
		placed.push({ callId, from: scenario.from });
	}
	await pushed(logger);
	await n8n.restart();
	await client.logIn();
	return await fateAfterLaterCall(logger, placed);
}

interface Placed {
	callId: string;
	from: string;
}

/** Once a call that came later has been logged, those before it get so long to be logged as well. */
export const GRACE_SECONDS = 10;

async function fateAfterLaterCall(logger: CallLogger, placed: Placed[]): Promise<FateOfCalls> {
	const { pbx, zoho } = logger.stack;
	const later = await pbx.place({ kind: 'inboundToExtension', from: '075526609999' });
	await logged(logger, later.callId);
	const notLogged = () => placed.filter(({ callId }) => logsOf(logger, callId) === 0);
	await until(() => notLogged().length === 0, {
		what: 'all calls to be logged',
		timeoutMs: GRACE_SECONDS * 1_000,
	}).catch(() => undefined);
	await quiet(logger);
	const recordsOf = (number: string) =>
		[...zoho.records('Leads'), ...zoho.records('Contacts')].filter(({ Phone }) =>
			String(Phone).replace(/\D/g, '').endsWith(number.replace(/^0/, '')),
		).length;
	const beyondFirst = (counts: number[]) =>
		counts.reduce((sum, count) => sum + Math.max(0, count - 1), 0);
	return {
		calls: placed.length,
		logged: placed.length - notLogged().length,
		duplicateLogs: beyondFirst(placed.map(({ callId }) => logsOf(logger, callId))),
		duplicateRecords: beyondFirst(placed.map(({ from }) => recordsOf(from))),
	};
}

function logsOf({ stack }: CallLogger, callId: string): number {
	return stack.zoho.records('Calls').filter(({ Description }) =>
		String(Description)
			.split(/[\s:]+/)
			.includes(callId),
	).length;
}

async function logged(logger: CallLogger, callId: string): Promise<void> {
	await until(() => logsOf(logger, callId) > 0, {
		what: `${logger.who} to log call ${callId}`,
		timeoutMs: A_MINUTE,
		everyMs: 10,
	});
}

const executionsOf = async ({ stack, workflowId }: CallLogger) =>
	await stack.client.listExecutions({ workflowId });

async function pushed({ stack }: CallLogger): Promise<void> {
	await until(() => stack.pbx.pushes.every(({ isOver }) => isOver), {
		what: 'the PBX to be done with its pushes',
		timeoutMs: A_MINUTE,
	});
}

/** Nothing is pushed and nothing runs. */
async function quiet(logger: CallLogger): Promise<void> {
	const { stack, workflowId } = logger;
	await pushed(logger);
	await until(
		async () => {
			const running = await stack.client.listExecutions({
				workflowId,
				status: ['new', 'running', 'waiting'],
			});
			return running.length === 0;
		},
		{ what: `the executions of ${logger.who} to end`, timeoutMs: A_MINUTE },
	);
}
