import type { IDataObject } from 'n8n-workflow';
import { insteadOf, ServiceError } from '../../../transport/ServiceError';
import { deskId } from '../../transport/deskPaths';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { isSameSubscription, widened, type Subscriptions } from './subscription';

/** A webhook of Zoho Desk, as far as this package uses it (zoho-desk.md, 8.2). */
export interface DeskWebhook {
	id: string;
	name: string;
	url: string;
	subscriptions: Subscriptions;
	isEnabled: boolean;
	/** ISO 8601 UTC. */
	createdTime: string;
}

/** What an n8n wants Zoho Desk to send. */
export interface WebhookWish {
	/** Under it the webhook is found again; at most 50 characters (zoho-desk.md, 8.2). */
	name: string;
	/** The addresses that may receive; any of them will do, the first is taken for a new one. */
	urls: readonly string[];
	subscriptions: Subscriptions;
	/** Addresses that receive no more. */
	retiredUrls?: ReadonlySet<string>;
	/** False while not all triggers are known, as in the first minute of an n8n: nothing is given up then. */
	mayNarrow: boolean;
}

/** The most that a portal has (zoho-desk.md, 8.1). */
const MOST_WEBHOOKS = 20;

const TEST_MARK = ' test ';
const LONGEST_TEST_MS = 10 * 60_000;

/** The verb for changes is unconfirmed (zoho-desk.md, 8.2): where Desk does not know it, the webhook is made anew. */
const CODES_OF_MISSING_VERB: ReadonlySet<string> = new Set([
	'METHOD_NOT_ALLOWED',
	'URL_NOT_FOUND',
	'UNSUPPORTED_MEDIA_TYPE',
]);

/**
 * Makes sure that there is exactly one webhook with this name, and that it is as wished. Those of others stay as they are.
 * Three credits, and one for each change.
 *
 * Those that tests of this n8n have left behind are deleted.
 *
 * @param now milliseconds since 1970
 * @throws ServiceError; what it means for webhooks tells `whyNoWebhook`
 */
export async function alignWebhook(
	client: ZohoDeskClient,
	wish: WebhookWish,
	now: number,
): Promise<DeskWebhook> {
	const all = await listWebhooks(client);
	const own = all.filter(({ name }) => name === wish.name);
	const kept = own.find(({ url }) => wish.urls.includes(url)) ?? own.at(0);
	const surplus = all.filter(
		(each) =>
			(each.name === wish.name && each !== kept) ||
			(each.name.startsWith(`${wish.name}${TEST_MARK}`) && isForgotten(each, now)),
	);
	for (const { id } of surplus) await deleteWebhook(client, id);
	if (!kept) return await createWebhook(client, wish.name, wish.urls[0], wish.subscriptions);

	const mayStay = !wish.mayNarrow && !wish.retiredUrls?.has(kept.url);
	const url = wish.urls.includes(kept.url) || mayStay ? kept.url : wish.urls[0];
	const subscriptions = wish.mayNarrow
		? wish.subscriptions
		: widened(kept.subscriptions, wish.subscriptions);
	const isRight =
		kept.isEnabled && kept.url === url && isSameSubscription(kept.subscriptions, subscriptions);
	if (isRight) return kept;
	const changes = { ...(kept.url !== url && { url }), subscriptions, isEnabled: true };
	const changed = await client
		.write({ method: 'PATCH', path: `/webhooks/${deskId(kept.id)}`, body: changes })
		.catch((error: unknown) => {
			if (!isMissingVerb(error)) throw error;
			return null;
		});
	if (changed) return { ...kept, ...changes, id: String(changed.body?.id ?? kept.id) };
	await deleteWebhook(client, kept.id);
	return await createWebhook(client, wish.name, url, subscriptions);
}

/** The name of the webhook of a test begins with that of all triggers. @param triggerMark tells one test from another */
export function testWebhookName(name: string, triggerMark: string): string {
	return `${name}${TEST_MARK}${triggerMark}`;
}

/** n8n ends a test after two minutes; if it was killed meanwhile, the webhook stays. */
function isForgotten({ createdTime }: DeskWebhook, now: number): boolean {
	return Date.parse(createdTime) < now - LONGEST_TEST_MS;
}

/** Deletes every webhook with this name. Three credits, and one for each. @throws ServiceError */
export async function removeWebhooks(client: ZohoDeskClient, name: string): Promise<void> {
	for (const webhook of await listWebhooks(client)) {
		if (webhook.name === name) await deleteWebhook(client, webhook.id);
	}
}

/** All webhooks of the organisation, also those of others. @throws ServiceError */
export async function listWebhooks(client: ZohoDeskClient): Promise<DeskWebhook[]> {
	const listed = await client.list({ path: '/webhooks', limit: MOST_WEBHOOKS });
	return listed.map(webhookIn);
}

/** @throws ServiceError also when Desk does not reach the address */
export async function createWebhook(
	client: ZohoDeskClient,
	name: string,
	url: string,
	subscriptions: Subscriptions,
): Promise<DeskWebhook> {
	const { body } = await client.write({
		method: 'POST',
		path: '/webhooks',
		body: { name, url, subscriptions, isEnabled: true },
	});
	return webhookIn({ name, url, subscriptions, isEnabled: true, ...body });
}

/** One that is gone already is no error. */
export async function deleteWebhook(client: ZohoDeskClient, id: string): Promise<void> {
	await client
		.write({ method: 'DELETE', path: `/webhooks/${deskId(id)}` })
		.catch(insteadOf(['notFound'], undefined));
}

function webhookIn(record: IDataObject): DeskWebhook {
	return {
		id: String(record.id ?? ''),
		name: String(record.name ?? ''),
		url: String(record.url ?? ''),
		subscriptions: (record.subscriptions ?? {}) as Subscriptions,
		isEnabled: record.isEnabled !== false && record.isEnabled !== 'false',
		createdTime: String(record.createdTime ?? ''),
	};
}

function isMissingVerb(error: unknown): boolean {
	return error instanceof ServiceError && CODES_OF_MISSING_VERB.has(error.code ?? '');
}
