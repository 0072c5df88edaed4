import pull from 'lodash/pull.js';
import type { DeskAnswer, DeskRequest } from '../apiMessage.mts';
import { listAnswer, notFound, refuse, unprocessable } from '../apiMessage.mts';
import { allowanceOf, refuseByLicense } from '../editions.mts';
import { bodyOf } from '../fields/checkFields.mts';
import { PAGE, pageOf } from '../paging.mts';
import type { DeskPortal } from '../portal.mts';
import { deskTime } from '../portal.mts';
import type { DeskRoute, PathValues } from '../route.mts';
import { checkWebhook } from '../webhooks/checkWebhook.mts';
import { probe } from '../webhooks/delivery.mts';
import type { Webhook } from '../webhooks/webhook.mts';

/** At most this many in one portal, whatever was bought (zoho-desk.md, 8.1). */
const MOST_IN_PORTAL = 20;

/**
 * zoho-desk.md, 8.2. The scopes of webhooks are unconfirmed; one client manages with those of settings, so either will do.
 */
const scopes = (operation: string) => [
	[`Desk.webhooks.${operation}`, `Desk.settings.${operation}`],
];

export const webhookEndpoints: DeskRoute[] = [
	{
		method: 'POST',
		path: '/webhooks',
		scopes: scopes('CREATE'),
		feature: 'webhooks',
		handle: create,
	},
	{
		method: 'GET',
		path: '/webhooks',
		scopes: scopes('READ'),
		query: [...PAGE],
		weight: 3,
		feature: 'webhooks',
		handle(portal, request) {
			requirePermission(request);
			return listAnswer(pageOf(request, portal.webhooks, { most: 50, firstIs: 1 }));
		},
	},
	{
		method: 'GET',
		path: '/webhooks/{id}',
		scopes: scopes('READ'),
		feature: 'webhooks',
		handle: (portal, request, path) => ({
			status: 200,
			body: webhookOf(portal, request, path),
		}),
	},
	{
		method: 'PATCH',
		path: '/webhooks/{id}',
		scopes: scopes('UPDATE'),
		feature: 'webhooks',
		handle: update,
	},
	{
		method: 'DELETE',
		path: '/webhooks/{id}',
		scopes: scopes('DELETE'),
		feature: 'webhooks',
		handle(portal, request, path) {
			pull(portal.webhooks, webhookOf(portal, request, path));
			return { status: 204 };
		},
	},
];

async function create(portal: DeskPortal, request: DeskRequest): Promise<DeskAnswer> {
	requirePermission(request);
	const sent = checkWebhook(portal, bodyOf(request.body), 'create');
	requireSlot(portal);
	await requireReceiver(portal, String(sent.url));
	// Another one may have taken the last slot while the receiver was asked.
	requireSlot(portal);
	const time = deskTime(portal.now());
	const webhook: Webhook = {
		id: portal.nextWebhookId(),
		url: '',
		name: '',
		description: null,
		subscriptions: {},
		includeEventsFrom: [],
		ignoreSourceId: null,
		isEnabled: true,
		...sent,
		type: 'WEBHOOK',
		createdBy: request.agent.id,
		createdTime: time,
		modifiedTime: time,
	};
	portal.webhooks.push(webhook);
	return { status: 200, body: webhook };
}

/** The verb is unconfirmed. Chosen: a new address is asked first, as with a new subscription. */
async function update(
	portal: DeskPortal,
	request: DeskRequest,
	path: PathValues,
): Promise<DeskAnswer> {
	const webhook = webhookOf(portal, request, path);
	const sent = checkWebhook(portal, bodyOf(request.body), 'update');
	if (sent.url !== undefined && sent.url !== webhook.url) {
		await requireReceiver(portal, sent.url);
	}
	Object.assign(webhook, sent, { modifiedTime: deskTime(portal.now()) });
	return { status: 200, body: webhook };
}

/**
 * 422 if the receiver is not live. What Zoho answers for a private address, 500 (unconfirmed), cannot be had here:
 * all receivers of the tests are private.
 */
async function requireReceiver(portal: DeskPortal, url: string): Promise<void> {
	if (await probe(portal, url)) return;
	unprocessable('The given endpoint does not respond with status code 200.');
}

function requireSlot(portal: DeskPortal): void {
	const slots = Math.min(allowanceOf(portal.edition).webhooks, MOST_IN_PORTAL);
	if (portal.webhooks.length >= slots) refuseByLicense(portal.edition, 'Webhooks');
}

/** The profile permission "Webhook"; here administrators have it (zoho-desk.md, 8.1). */
function requirePermission({ agent }: DeskRequest): void {
	if (agent.rolePermissionType === 'Admin') return;
	refuse(403, 'FORBIDDEN', 'You do not have the permission for webhooks.');
}

function webhookOf(portal: DeskPortal, request: DeskRequest, path: PathValues): Webhook {
	requirePermission(request);
	return portal.webhooks.find(({ id }) => id === path.id) ?? notFound();
}
