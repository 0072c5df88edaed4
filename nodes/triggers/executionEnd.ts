import { isEmpty } from 'lodash';
import {
	ExecutionCancelledError,
	type INodeExecutionData,
	type IRun,
	type ITriggerFunctions,
} from 'n8n-workflow';

/**
 * - `ended`: well or badly
 * - `lost`: the worker that ran it is gone (queue mode); nobody knows how far it came
 */
export type ExecutionEnd = 'ended' | 'lost';

/**
 * Starts an execution and resolves when it is over; at once if n8n has had one with this key. Never rejects.
 *
 * @param key n8n starts no second execution with the same (n8n-host.md)
 */
export async function startAndAwaitEnd(
	context: ITriggerFunctions,
	items: INodeExecutionData[],
	key: string,
): Promise<ExecutionEnd> {
	const end = context.helpers.createDeferredPromise<IRun>();
	context.emit([items], undefined, end, key);
	return await end.promise.then(howItEnded, (error: unknown) => {
		// Somebody has stopped the execution. Any other error means that n8n has not started it: its database was
		// busy, or its engine starts nothing that is waited for. If it did start it, it knows the key.
		if (!(error instanceof ExecutionCancelledError)) {
			context.emit([items], undefined, undefined, key);
		}
		return 'ended';
	});
}

/**
 * n8n gives up an execution whose worker does not report any more, and tells an error without any node (workflow-runner.ts,
 * MaxStalledCountError); an execution that failed has at least the node that failed. For a key that it knows, it tells nothing.
 */
function howItEnded(run: IRun | undefined): ExecutionEnd {
	const { error, lastNodeExecuted, runData } = run?.data?.resultData ?? {};
	return error && !lastNodeExecuted && isEmpty(runData) ? 'lost' : 'ended';
}
