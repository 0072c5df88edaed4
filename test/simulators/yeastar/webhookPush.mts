import { createHmac } from 'node:crypto';
import type { EventFrame } from './eventFrame.mts';
import type { PbxState } from './pbxState.mts';

/** What became of one frame for one webhook. */
export interface WebhookPush {
	url: string;
	/** As sent, so that a test can send it again. */
	body: string;
	signature: string;
	/** The status of each try; null where there was no answer in time. */
	answers: Array<number | null>;
	isOver: boolean;
}

/**
 * Pushes a frame to every webhook that wants its type: POST with `X-Signature`, tried again as the settings say, then
 * given up. A GET webhook is asked without a body; what a PBX really does there is unconfirmed.
 */
export function pushToWebhooks(pbx: PbxState, frame: EventFrame): void {
	const { webhooks } = pbx;
	if (webhooks.enb_webhook_event_push === 0) return;
	for (const entry of webhooks.webhook_event_push_list) {
		if (!entry.event_ids.some((id) => id === 0 || id === frame.type)) continue;
		const body = JSON.stringify(frame);
		const push: WebhookPush = {
			url: entry.url,
			body,
			signature: createHmac('sha256', entry.secret).update(body).digest('base64'),
			answers: [],
			isOver: false,
		};
		pbx.pushes.push(push);
		void send(push, entry.request_method, webhooks);
	}
}

async function send(
	push: WebhookPush,
	method: 'GET' | 'POST',
	webhooks: PbxState['webhooks'],
): Promise<void> {
	for (let attempt = 0; attempt <= webhooks.webhook_event_push_retry_count; attempt++) {
		try {
			const response = await fetch(push.url, {
				method,
				headers: { 'Content-Type': 'application/json', 'X-Signature': push.signature },
				signal: AbortSignal.timeout(webhooks.webhook_event_push_timeout * 1000),
				...(method === 'POST' && { body: push.body }),
			});
			await response.arrayBuffer();
			push.answers.push(response.status);
			if (response.ok) break;
		} catch {
			// Unreachable or too slow: the next attempt follows at once.
			push.answers.push(null);
		}
	}
	push.isOver = true;
}
