import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { toNodeError } from '../../../actions/toNodeError';
import { zohoDeskClient } from '../../transport/zohoDesk';
import { sampleEvent } from './sampleEvent';
import { readDeskTriggerSettings } from './triggerSettings';

/** A test of a trigger that only searches: it shows the latest record that fits. */
export function manualSample(context: ITriggerFunctions): ITriggerResponse {
	return {
		manualTriggerFunction: async () => {
			try {
				const { wish } = readDeskTriggerSettings(context);
				const sample = await sampleEvent(await zohoDeskClient(context), wish);
				context.emit([[{ json: sample }]]);
			} catch (error) {
				throw toNodeError(context.getNode(), error);
			}
		},
	};
}
