import { ServiceError } from '../../../transport/ServiceError';
import { receptionRefused } from '../../events/receptionRefused';
import { ZOHO_DESK } from '../../transport/deskErrors';
import { isPrivateAddress, originOf } from '../../events/webhookAddress';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { listWebhooks } from './deskWebhooks';

/**
 * Why Zoho Desk gives no webhook, for people; null for an error that says nothing about webhooks, such as a network that
 * is down. Three credits at most.
 *
 * @param error of `alignWebhook`
 * @param url the address that was to receive
 */
export async function whyNoWebhook(
	client: ZohoDeskClient,
	error: unknown,
	url: string,
): Promise<ServiceError | null> {
	if (!(error instanceof ServiceError)) return null;
	if (error.code === 'LICENSE_ACCESS_LIMITED') {
		// The same code for an edition without webhooks and for one whose webhooks are all taken.
		const taken = await listWebhooks(client).catch(() => []);
		return taken.length > 0 ? allTaken(error, taken.length) : withoutWebhooks(error);
	}
	if (error.kind === 'permission') return error;
	if (error.code === 'UNPROCESSABLE_ENTITY') return unreachable(error, url);
	// For a private address Desk answers INTERNAL_SERVER_ERROR (zoho-desk.md, 8.4).
	if (error.code === 'INTERNAL_SERVER_ERROR' && isPrivateAddress(url))
		return unreachable(error, url);
	return null;
}

function withoutWebhooks(cause: ServiceError): ServiceError {
	return receptionRefused(
		ZOHO_DESK,
		cause,
		'This edition of Zoho Desk has no webhooks',
		'Webhooks come with the editions Professional and Enterprise.',
	);
}

function allTaken(cause: ServiceError, count: number): ServiceError {
	return receptionRefused(
		ZOHO_DESK,
		cause,
		`All webhooks of this Zoho Desk are taken (${count})`,
		'In Zoho Desk, open Setup > Developer Space > Webhooks and delete one that nobody needs. All triggers of this n8n share one.',
	);
}

function unreachable(cause: ServiceError, url: string): ServiceError {
	return receptionRefused(
		ZOHO_DESK,
		cause,
		`Zoho Desk cannot reach this n8n at ${originOf(url)}`,
		'Make n8n reachable from the internet and set N8N_WEBHOOK_URL to that address, or choose Receive By > Search Only.',
	);
}
