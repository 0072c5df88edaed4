import {
	ManualExecutionCancelledError,
	type IRun,
	type ITriggerFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import type { Call } from '../../../nodes/call/Call';
import { executionsOf } from '../../../nodes/Yeastar/events/executions';
import { deferred, settled } from '../transport/deferred.mts';

const CALL = { callId: '1772435720.1' } as Call;
const KEY = 'workflow1:node1:pbx1:1772435720.1:callEnded';

interface Emitted {
	json: unknown;
	key?: string;
	/** As n8n settles it; undefined if the node does not wait. */
	end?: { resolve(run?: IRun): void; reject(error: Error): void };
}

function trigger() {
	const emitted: Emitted[] = [];
	const context = {
		getWorkflow: () => ({ id: 'workflow1' }),
		getNode: () => ({ id: 'node1' }),
		helpers: { createDeferredPromise: deferred },
		emit: (
			[[{ json }]]: INodeExecutionData[][],
			_response: unknown,
			end: Emitted['end'],
			key: string,
		) => emitted.push({ json, end, key }),
	};
	return { emitted, executions: executionsOf(context as unknown as ITriggerFunctions, 'pbx1') };
}

/** Starts an execution for a missed call, and tells whether the wait for its end is over. */
async function missedCall() {
	const { emitted, executions } = trigger();
	let isOver = false;
	void executions.startAndAwaitEnd('callEnded', CALL).then(() => {
		isOver = true;
	});
	await settled();
	return { emitted, isOver: () => isOver };
}

describe('an execution for a call', () => {
	it('is started with the key by which n8n knows it, and is not waited for', () => {
		const { emitted, executions } = trigger();
		executions.start('callEnded', CALL);
		expect(emitted).toEqual([{ json: { event: 'callEnded', ...CALL }, key: KEY, end: undefined }]);
	});

	it('for a missed call is waited for until it has ended', async () => {
		const { emitted, isOver } = await missedCall();
		expect(isOver()).toBe(false);
		emitted[0].end?.resolve({} as IRun);
		await settled();
		expect(isOver()).toBe(true);
		expect(emitted.map(({ key }) => key)).toEqual([KEY]);
	});

	it('that n8n refuses because it had one for this call is not waited for', async () => {
		const { emitted, isOver } = await missedCall();
		// What n8n answers to a deduplication key that it knows.
		emitted[0].end?.resolve(undefined);
		await settled();
		expect(isOver()).toBe(true);
		expect(emitted).toHaveLength(1);
	});

	it('that n8n could not start is started once more, without waiting for it', async () => {
		const { emitted, isOver } = await missedCall();
		emitted[0].end?.reject(new Error('database is locked'));
		await settled();
		expect(isOver()).toBe(true);
		expect(emitted.slice(1)).toEqual([
			{ json: { event: 'callEnded', ...CALL }, key: KEY, end: undefined },
		]);
	});

	it('that somebody has stopped is not started again', async () => {
		const { emitted, isOver } = await missedCall();
		emitted[0].end?.reject(new ManualExecutionCancelledError('7'));
		await settled();
		expect(isOver()).toBe(true);
		expect(emitted).toHaveLength(1);
	});

	it('whose worker is lost is started once more, and says so', async () => {
		const { emitted, isOver } = await missedCall();
		// As n8n tells it (workflow-runner.ts, processError).
		const lost = {
			status: 'error',
			data: { resultData: { error: { message: 'failed to be processed' }, runData: {} } },
		} as unknown as IRun;
		emitted[0].end?.resolve(lost);
		await settled();
		expect(isOver()).toBe(false);
		expect(emitted[1]).toMatchObject({
			json: { event: 'callEnded', ...CALL, attempt: 2 },
			key: `${KEY}:2`,
		});
		emitted[1].end?.resolve(lost);
		await settled();
		expect(isOver()).toBe(true);
		expect(emitted).toHaveLength(2);
	});

	it('that has failed at one of its nodes is not started again', async () => {
		const { emitted, isOver } = await missedCall();
		emitted[0].end?.resolve({
			status: 'error',
			data: { resultData: { error: { message: 'x' }, lastNodeExecuted: 'Log Call', runData: {} } },
		} as unknown as IRun);
		await settled();
		expect(isOver()).toBe(true);
		expect(emitted).toHaveLength(1);
	});
});
