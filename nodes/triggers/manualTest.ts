import type { IDataObject, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { toNodeError } from '../actions/toNodeError';
import { takeTestItems } from './testItems';
import { triggerIdOf } from './triggerPlace';

/**
 * A test in the editor. n8n runs the trigger of a node that has one, and drops what its webhook has received: so the test
 * shows what the webhook has kept for it, or else a sample.
 *
 * @param latest the item that the latest change that fits would have given
 */
export function manualTest(
	context: ITriggerFunctions,
	latest: (context: ITriggerFunctions) => Promise<IDataObject>,
): ITriggerResponse {
	return {
		manualTriggerFunction: async () => {
			const items = takeTestItems(triggerIdOf(context)) ?? [
				{
					json: await latest(context).catch((error: unknown) =>
						Promise.reject(toNodeError(context.getNode(), error)),
					),
				},
			];
			context.emit([items]);
		},
	};
}
