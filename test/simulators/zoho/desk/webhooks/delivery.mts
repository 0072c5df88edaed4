import pull from 'lodash/pull.js';
import type { DeskPortal } from '../portal.mts';
import { signDelivery } from './signature.mts';
import type { Delivery, DeskEvent, EventFilter, Webhook } from './webhook.mts';

/** Something that happened to a record. */
export interface Happening {
	eventType: string;
	departmentId?: unknown;
	payload: object;
	prevState?: object;
	/** Names of the fields that changed, custom ones with `cf_`. */
	changed?: string[];
	direction?: unknown;
	/** UUID that the request carried in the header `sourceId`; such events are kept from those who ignore it. */
	sourceId: string | null;
}

/** Starts the delivery to every subscription that asked for it; does not wait. The order is not guaranteed. */
export function announce(portal: DeskPortal, happening: Happening): void {
	for (const webhook of portal.webhooks) {
		const { eventType, payload, prevState, sourceId } = happening;
		if (!webhook.isEnabled || !(eventType in webhook.subscriptions)) continue;
		if (sourceId !== null && sourceId === webhook.ignoreSourceId) continue;
		const filter = webhook.subscriptions[eventType];
		if (!passes(filter, happening)) continue;
		const event: DeskEvent = {
			payload,
			...(filter?.includePrevState && { prevState }),
			eventTime: String(portal.now()),
			eventType,
			orgId: portal.orgId,
		};
		for (let copy = 0; copy < portal.settings.webhookCopies; copy++) {
			const delivery = deliver(portal, webhook, [event]);
			portal.underWay.add(delivery);
			void delivery.finally(() => portal.underWay.delete(delivery));
		}
	}
}

function passes(filter: EventFilter, { departmentId, changed, direction }: Happening): boolean {
	if (filter?.departmentIds && !filter.departmentIds.includes(String(departmentId))) return false;
	if (filter?.fields && !filter.fields.some((name) => changed?.includes(name))) return false;
	return !filter?.direction || filter.direction === direction;
}

/** 200 within the time is success; 410 removes the subscription; everything else is lost unless attempts are left. */
async function deliver(portal: DeskPortal, webhook: Webhook, events: DeskEvent[]): Promise<void> {
	for (let attempt = 0; attempt < portal.settings.webhookAttempts; attempt++) {
		const status = await send(portal, {
			kind: 'event',
			webhookId: webhook.id,
			method: 'POST',
			url: webhook.url,
			body: structuredClone(events),
			status: null,
		});
		if (status === 410) pull(portal.webhooks, webhook);
		if (status === 200 || status === 410) return;
	}
}

/**
 * Whether the receiver is live: 200 to a GET, or else to a POST with an empty body (zoho-desk.md, 8.4, unconfirmed).
 */
export async function probe(portal: DeskPortal, url: string): Promise<boolean> {
	for (const method of ['GET', 'POST'] as const) {
		const delivery = { kind: 'probe' as const, webhookId: null, method, url, status: null };
		if ((await send(portal, delivery)) === 200) return true;
	}
	return false;
}

async function send(portal: DeskPortal, delivery: Delivery): Promise<number | null> {
	portal.deliveries.push(delivery);
	const { method, url, webhookId, body } = delivery;
	try {
		const response = await fetch(url, {
			method,
			redirect: 'manual',
			headers: {
				...(body && { 'Content-Type': 'application/json' }),
				...(webhookId && { 'X-ZDesk-JWT': signDelivery(portal.orgId, webhookId, portal.now()) }),
			},
			signal: AbortSignal.any([
				AbortSignal.timeout(portal.settings.webhookTimeoutMs),
				portal.closing.signal,
			]),
			...(body && { body: JSON.stringify(body) }),
		});
		await response.arrayBuffer();
		delivery.status = response.status;
	} catch {
		// Unreachable or too slow.
		delivery.status = null;
	}
	return delivery.status;
}
