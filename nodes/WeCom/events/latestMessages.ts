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
import { readMessagePage } from './messagePage';
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

/** @throws NodeOperationError, ServiceError */
export async function testReading(context: Context): Promise<TestReading> {
	const settings = readWeComTriggerSettings(context);
	const hub = corpHubOf(await context.getCredentials<WeComCredential>('weComCustomerServiceApi'));
	const client = await weComClient(context);
	const accounts = accountsToRead(await allAccounts(client), settings.accounts);
	const cursors = new Map<string, string>();

	async function unread(openKfId: string, signal: AbortSignal): Promise<unknown[]> {
		const unreadMessages: unknown[] = [];
		for (;;) {
			const cursor = cursors.get(openKfId);
			const { messages, nextCursor, hasMore } = await readMessagePage(client, {
				openKfId,
				cursor,
				voiceFormat: settings.voiceFormat,
				tokens: hub.tokens,
				inTurn: async (ask) => await hub.budget.inTurn(signal, ask),
			});
			unreadMessages.push(...messages);
			if (nextCursor !== '') cursors.set(openKfId, nextCursor);
			if (!hasMore || nextCursor === '' || nextCursor === cursor) return unreadMessages;
		}
	}

	return {
		async latest(receivedBy, signal) {
			const found: WeComMessage[] = [];
			for (const { openKfId, name: accountName } of accounts) {
				const raw = await unread(openKfId, signal);
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
