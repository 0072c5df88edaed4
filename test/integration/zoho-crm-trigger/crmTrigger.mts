import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ZohoCrmTelephony } from '../../../nodes/Zoho/ZohoCrmTelephony.node';
import { createChangeFeed } from '../../../nodes/Zoho/crm/events/changeFeed';
import type { ToldChange } from '../../../nodes/Zoho/crm/events/changeItem';
import { createChangeListener } from '../../../nodes/Zoho/crm/events/changeListener';
import { CHANNEL_LIFE_MS } from '../../../nodes/Zoho/crm/events/channel';
import { createChannelKeeper, type Reception } from '../../../nodes/Zoho/crm/events/channelKeeper';
import { channelWish } from '../../../nodes/Zoho/crm/events/channelWish';
import { isFrom, readNotification } from '../../../nodes/Zoho/crm/events/notification';
import type { CrmTriggerMemory } from '../../../nodes/Zoho/crm/events/triggerMemory';
import type {
	ChangeWish,
	CrmTriggerSettings,
} from '../../../nodes/Zoho/crm/events/triggerSettings';
import { createCrmOwnWrites } from '../../../nodes/Zoho/transport/crmOwnWrites';
import { zohoCrmClient } from '../../../nodes/Zoho/transport/zohoCrm';
import { startZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { settled } from '../../unit/transport/deferred.mts';
import { steppedClock } from '../../unit/transport/steppedClock.mts';
import { executeContext } from '../nodeContext.mts';
import { zohoCredential } from '../zoho/zohoNode.mts';

export const CHANNEL_ID = '100200300400500';
const TOKEN = 'token-of-the-channel';

/** Zoho CRM and a trigger as one n8n process has it, on one clock that a test moves. */
export async function startCrmTrigger() {
	const clock = steppedClock();
	// Tokens last: what is tested is the life of channels.
	const zoho = await startZohoSimulator({ now: clock.now, accessTokenSeconds: 365 * 86_400 });
	zoho.notifications.settings.notifyUrls = 'loopback';
	const context = executeContext(new ZohoCrmTelephony(), {
		parameters: { resource: 'user', operation: 'getAll' },
		credentials: { callBridgeZohoOAuth2Api: zohoCredential(zoho) },
	});
	// Retries of single requests do not wait; the trigger's own do, on the stepped clock.
	const hasty = {
		now: clock.now,
		random: () => 1,
		sleep: async () => await Promise.resolve(),
	};
	const client = await zohoCrmClient(context, 0, hasty);
	const ownWrites = createCrmOwnWrites(clock);
	let running: ReturnType<typeof createChangeListener> | null = null;
	let refused = 0;
	const connection = { asked: 0, failure: null as Error | null };
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const notification = readNotification(Buffer.concat(parts));
			const isGenuine =
				notification && isFrom(notification, { channelId: CHANNEL_ID, token: TOKEN });
			if (!isGenuine) refused++;
			else void running?.receive(notification);
			response.statusCode = isGenuine ? 200 : 403;
			response.end();
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/crm?key=secret`;
	const opened: Array<() => void> = [];

	const pass = async (seconds: number, step = 1) => {
		for (let passed = 0; passed < seconds; passed += step) {
			clock.advance(step * 1_000);
			await zoho.notifications.delivered();
			await atRest();
		}
	};
	/** Until no request is under way: real sockets need real turns of the event loop. */
	async function atRest() {
		let seen = -1;
		for (let calm = 0; calm < 3; ) {
			await settled();
			await new Promise((resolve) => setTimeout(resolve, 1));
			const open = zoho.requests.filter(({ answeredAt }) => answeredAt === 0).length;
			calm = open === 0 && zoho.requests.length === seen ? calm + 1 : 0;
			seen = zoho.requests.length;
		}
	}

	return {
		zoho,
		crm: zoho.notifications,
		clock,
		client,
		ownWrites,
		address,
		/** How often the trigger has asked for a client, and why it gets none. */
		connection,
		pass,
		get refused() {
			return refused;
		},
		/** A trigger is published, or starts again with what it remembers. */
		async publish(
			wish: Partial<ChangeWish> = {},
			more: Partial<CrmTriggerSettings> = {},
			memory: CrmTriggerMemory = {},
			userId: string | null = null,
		) {
			const told: ToldChange[] = [];
			const keys: string[] = [];
			const receptions: Reception[] = [];
			const problems: unknown[] = [];
			const settings: CrmTriggerSettings = {
				receiveBy: 'automatic',
				ignore: 'ownWrites',
				searchEveryMs: 5 * 60_000,
				compareEveryMs: 15 * 60_000,
				catchUpMs: 24 * 3_600_000,
				...more,
				wish: {
					modules: ['Contacts'],
					changes: ['created', 'updated', 'deleted'],
					updatedFields: {},
					...wish,
				},
			};
			const feed = createChangeFeed(settings, memory, {
				userId,
				clock,
				emit: (each, key) => {
					told.push(each);
					keys.push(key);
				},
			});
			const keeper = createChannelKeeper(clock);
			if (settings.receiveBy === 'automatic') {
				const basics = { id: CHANNEL_ID, url: address, token: TOKEN, lifeMs: CHANNEL_LIFE_MS };
				keeper.want(CHANNEL_ID, async (asking) => await channelWish(asking, settings.wish, basics));
			}
			const listener = createChangeListener({
				feed,
				keeper,
				clock,
				ownWrites,
				connect: async () => {
					connection.asked++;
					return await (connection.failure
						? Promise.reject(connection.failure)
						: Promise.resolve(client));
				},
				onPassingProblem: (problem) => problems.push(problem),
			});
			keeper.onChange((reception) => {
				receptions.push(reception);
				listener.hurry();
			});
			running = listener;
			await keeper.align(client);
			const end = listener.start();
			opened.push(end);
			// The first search is done, so that notifications have to do the rest.
			await pass(1);
			return {
				told,
				keys,
				receptions,
				problems,
				feed,
				keeper,
				names: () => told.map(({ change, receivedBy }) => `${change} by ${receivedBy}`),
				/** n8n is killed. */
				end() {
					end();
					running = null;
				},
			};
		},
		async close() {
			for (const end of opened) end();
			server.closeAllConnections();
			server.close();
			await zoho.close();
		},
	};
}

export type CrmTrigger = Awaited<ReturnType<typeof startCrmTrigger>>;
