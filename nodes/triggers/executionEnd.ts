import {
	ExecutionCancelledError,
	type INodeExecutionData,
	type IRun,
	type ITriggerFunctions,
} from 'n8n-workflow';

/**
 * Starts an execution and resolves when it has ended, well or badly; at once if n8n has had one with this key. Never
 * rejects.
 *
 * @param key n8n starts no second execution with the same (n8n-host.md)
 */
export async function startAndAwaitEnd(
	context: ITriggerFunctions,
	items: INodeExecutionData[],
	key: string,
): Promise<void> {
	const end = context.helpers.createDeferredPromise<IRun>();
	context.emit([items], undefined, end, key);
	await end.promise.catch((error: unknown) => {
		// Somebody has stopped the execution. Any other error means that n8n has not started it: its database was
		// busy, or its engine starts nothing that is waited for. If it did start it, it knows the key.
		if (!(error instanceof ExecutionCancelledError)) {
			context.emit([items], undefined, undefined, key);
		}
	});
}
