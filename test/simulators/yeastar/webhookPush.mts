import { createHmac } from 'node:crypto';
import type { EventFrame } from './eventFrame.mts';
import type { PbxState } from './pbxState.mts';

/**
 * Pushes a frame to every webhook that wants its type: POST with `X-Signature`, tried again as the settings say, then
 * given up. A GET webhook is asked without a body; what a PBX really does there is unconfirmed.
 */
export function pushToWebhooks(pbx: PbxState, frame: EventFrame): void {
	const { webhooks } = pbx;
	if (webhooks.enb_webhook_event_push === 0) return;
	for (const entry of webhooks.webhook_event_push_list) {
		if (!entry.event_ids.some((id) => id === 0 || id === frame.type)) continue;
		void push(entry, JSON.stringify(frame), webhooks);
	}
}

async function push(
	entry: PbxState['webhooks']['webhook_event_push_list'][number],
	body: string,
	webhooks: PbxState['webhooks'],
): Promise<void> {
	const signature = createHmac('sha256', entry.secret).update(body).digest('base64');
	for (let attempt = 0; attempt <= webhooks.webhook_event_push_retry_count; attempt++) {
		try {
			const response = await fetch(entry.url, {
				method: entry.request_method,
				headers: { 'Content-Type': 'application/json', 'X-Signature': signature },
				signal: AbortSignal.timeout(webhooks.webhook_event_push_timeout * 1000),
				...(entry.request_method === 'POST' && { body }),
			});
			await response.arrayBuffer();
			if (response.ok) return;
		} catch {
			// Unreachable or too slow: the next attempt follows at once.
		}
	}
}
