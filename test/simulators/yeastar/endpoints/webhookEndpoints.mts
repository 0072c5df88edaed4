import { z } from 'zod';
import { PbxRefusal } from '../errcodes.mts';
import { offeredEventIds } from '../eventFrame.mts';
import { get, post, type Endpoint } from './endpoint.mts';

const mostWebhooks = 5;

const entry = z
	.object({
		url: z.string().url(),
		secret: z.string().min(1),
		request_method: z.enum(['GET', 'POST']),
		event_ids: z.array(z.number().refine((id) => id === 0 || offeredEventIds.includes(id))),
	})
	.strict();

const update = z
	.object({
		webhook_event_push_list: z.array(entry),
		webhook_event_push_timeout: z.number().int().min(3).max(10),
		webhook_event_push_retry_count: z.number().int().min(1).max(5),
	})
	.strict();

export const webhookEndpoints: Endpoint[] = [
	get('webhook/query', {}, ({ pbx }) => ({
		data: { ...pbx.webhooks, webhook_event_ids: offeredEventIds },
	})),
	// The list is replaced as a whole (live): a client that writes its own entry alone wipes the others.
	post('webhook/update', { body: update }, ({ body, pbx }) => {
		if (body.webhook_event_push_list.length > mostWebhooks) throw new PbxRefusal(60002);
		const { webhook_event_push_list: before } = pbx.webhooks;
		Object.assign(pbx.webhooks, body);
		if (pbx.faults.rivalWebhookWriters > 0) {
			pbx.faults.rivalWebhookWriters--;
			pbx.webhooks.webhook_event_push_list = before;
		}
		return {};
	}),
];
