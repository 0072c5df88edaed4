import type {
	IHookFunctions,
	INodeExecutionData,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { systemClock } from '../../transport/Clock';
import { readMessage } from '../message/readMessage';
import type { WeComMessage } from '../message/WeComMessage';
import { allAccounts } from '../transport/accounts';
import { weComClient, type WeComClient, type WeComCredential } from '../transport/weCom';
import { accountsToRead } from './accountsToRead';
import { corpHubOf, type CorpHub } from './corpHubs';
import { jsonOf, messageItem } from './messageItem';
import { sampleMessage } from './sampleMessage';
import {
	readWeComTriggerSettings,
	startsWorkflow,
	type WeComTriggerSettings,
} from './triggerSettings';

/** Reads the accounts of a trigger for a test, without moving the place where the trigger itself reads. */
export interface TestReading {
	/**
	 * The latest fitting message of everything that was not read before: of the last three days at first. Null if there is
	 * none.
	 */
	latest(receivedBy: WeComMessage['receivedBy'], signal: AbortSignal): Promise<WeComMessage | null>;
	sample(): WeComMessage;
	itemFor(message: WeComMessage): Promise<INodeExecutionData>;
}

type Context = ITriggerFunctions | IHookFunctions | IWebhookFunctions;

interface SyncAnswer {
	next_cursor?: string;
	has_more?: number;
	msg_list?: unknown[];
}

const LARGEST_PAGE = 1_000;

/** @throws NodeOperationError, ServiceError */
export async function testReading(context: Context): Promise<TestReading> {
	const settings = readWeComTriggerSettings(context);
	const hub = corpHubOf(await context.getCredentials<WeComCredential>('weComCustomerServiceApi'));
	const client = await weComClient(context);
	const accounts = accountsToRead(await allAccounts(client), settings.accounts);
	const cursors = new Map<string, string>();

	return {
		async latest(receivedBy, signal) {
			const found: WeComMessage[] = [];
			for (const { openKfId, name: accountName } of accounts) {
				const raw = await unread(client, hub, openKfId, cursors, signal);
				const fitting = raw
					.map((each) =>
						readMessage(each, { openKfId, accountName, receivedBy, attempt: 1 }, systemClock.now()),
					)
					.filter((message) => startsWorkflow(settings.startOn, message));
				found.push(...fitting.slice(-1));
			}
			return found.sort((one, other) => one.sentAt.localeCompare(other.sentAt)).at(-1) ?? null;
		},

		sample: () => sampleMessage(accounts[0].openKfId, accounts[0].name),

		itemFor: async (message) => await itemFor(context, settings, hub, client, message),
	};
}

async function unread(
	client: WeComClient,
	hub: CorpHub,
	openKfId: string,
	cursors: Map<string, string>,
	signal: AbortSignal,
): Promise<unknown[]> {
	const messages: unknown[] = [];
	for (;;) {
		const cursor = cursors.get(openKfId);
		const token = hub.tokens.get(openKfId);
		if (token === null) await hub.budget.take(signal);
		const answer = await client.read<SyncAnswer>('kf/sync_msg', {
			open_kfid: openKfId,
			...(cursor !== undefined && { cursor }),
			...(token !== null && { token }),
			limit: LARGEST_PAGE,
		});
		messages.push(...(answer.msg_list ?? []));
		const next = answer.next_cursor ?? '';
		if (next !== '') cursors.set(openKfId, next);
		if (answer.has_more !== 1 || next === '' || next === cursor) return messages;
	}
}

async function itemFor(
	context: Context,
	settings: WeComTriggerSettings,
	hub: CorpHub,
	client: WeComClient,
	message: WeComMessage,
): Promise<INodeExecutionData> {
	const connect = async () => await Promise.resolve(client);
	const { externalUserId } = message;
	const customer =
		settings.includeCustomer && externalUserId !== null
			? await hub.profileOf(externalUserId, connect).catch(() => null)
			: null;
	const complete = { ...message, customer: message.customer ?? customer };
	// Hooks have no helper for files.
	if (!('prepareBinaryData' in context.helpers)) return { json: jsonOf(complete) };
	return await messageItem(complete, settings, connect, context.helpers.prepareBinaryData);
}
