import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { toNodeError } from '../../../actions/toNodeError';
import { zohoDeskClient } from '../../transport/zohoDesk';
import { takeTestItems } from '../../events/testItems';
import { triggerIdOf } from '../../events/triggerPlace';
import { sampleEvent } from './sampleEvent';
import { readDeskTriggerSettings } from './triggerSettings';

/**
 * A test in the editor. n8n runs the trigger of a node that has one, and drops what its webhook has received: so the test
 * shows what the webhook has kept for it, or else the latest record that fits.
 */
export function manualTest(context: ITriggerFunctions): ITriggerResponse {
	return {
		manualTriggerFunction: async () => {
			const items = takeTestItems(triggerIdOf(context)) ?? [await latest(context)];
			context.emit([items.map((json) => ({ json }))]);
		},
	};
}

async function latest(context: ITriggerFunctions) {
	try {
		const { wish } = readDeskTriggerSettings(context);
		return await sampleEvent(await zohoDeskClient(context), wish);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}
