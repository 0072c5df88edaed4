import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IN8nHttpFullResponse } from 'n8n-workflow';
import { createEventFeed, type EventFeed } from '../../../nodes/Zoho/desk/events/eventFeed';
import {
	createOrganizationHub,
	type OrganizationHub,
	type Reception,
} from '../../../nodes/Zoho/desk/events/organizationHub';
import { signingKeys } from '../../../nodes/Zoho/desk/events/signingKeys';
import type { ToldEvent } from '../../../nodes/Zoho/desk/events/triggerItem';
import type { TriggerMemory } from '../../../nodes/Zoho/desk/events/triggerMemory';
import type {
	DeskTriggerSettings,
	EventWish,
} from '../../../nodes/Zoho/desk/events/triggerSettings';
import { n8nHttpClient } from '../../../nodes/transport/HttpClient';
import { createOwnWrites } from '../../../nodes/Zoho/transport/ownWrites';
import type { ZohoDeskClient } from '../../../nodes/Zoho/transport/zohoDesk';
import {
	startZohoSimulator,
	type ZohoSimulator,
	type ZohoSimulatorOptions,
} from '../../simulators/zoho/zohoSimulator.mts';
import { settingsWith } from '../../unit/zoho-desk-trigger/aWish.mts';
import { settled } from '../../unit/transport/deferred.mts';
import { steppedClock } from '../../unit/transport/steppedClock.mts';
import { httpRequest } from '../n8nRequests.mts';
import { connectDeskNode } from '../zoho-desk/deskNode.mts';

export const NAME = 'CallBridge n8n 0123456789abcdef';

/** Zoho Desk, a hub as one n8n process has it, and a receiver that hands over to the hub, on one clock that a test moves. */
export async function startDeskHub(desk: ZohoSimulatorOptions['desk'] = {}) {
	const clock = steppedClock();
	const zoho = await startZohoSimulator({
		now: clock.now,
		desk: { edition: 'PROFESSIONAL', ...desk },
	});
	const node = connectDeskNode(zoho, { deskOrgId: zoho.desk.orgId });
	const { client } = await node.client();
	const ownWrites = createOwnWrites(clock);
	const http = n8nHttpClient(
		'Zoho Desk',
		async (options) => (await httpRequest(options)) as IN8nHttpFullResponse,
	);
	const hubOfProcess = (): OrganizationHub =>
		createOrganizationHub({
			orgId: zoho.desk.orgId,
			portal: client.portal,
			deskApiUrl: zoho.baseUrl,
			webhookName: NAME,
			clock,
			ownWrites,
			findKey: signingKeys(clock),
		});
	const state = {
		hub: hubOfProcess(),
		answersWith: null as number | null,
		refused: 0,
		areKeysDown: false,
	};
	const httpForKeys: typeof http = async (request) => {
		if (state.areKeysDown) throw new Error('The keys of Zoho cannot be read');
		return await http(request);
	};

	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			void (async () => {
				const token = request.headers['x-zdesk-jwt'];
				if (state.answersWith !== null) response.statusCode = state.answersWith;
				else if (request.method === 'POST' && token) {
					const received = await state.hub.receive({
						token,
						body: Buffer.concat(parts),
						http: httpForKeys,
					});
					if (received === 'refused') {
						response.statusCode = 403;
						state.refused++;
					}
				}
				response.end();
			})();
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const opened: Array<() => void> = [];

	return {
		zoho,
		clock,
		client,
		ownWrites,
		address,
		/** 500 makes deliveries get lost. */
		answerWith(status: number | null) {
			state.answersWith = status;
		},
		/** The keys with which Zoho signs can be read or not. */
		keysAreDown(areDown: boolean) {
			state.areKeysDown = areDown;
		},
		get refused() {
			return state.refused;
		},
		get hub() {
			return state.hub;
		},
		/** The process ends without a word, and the next one begins. */
		restart() {
			for (const stop of opened.splice(0)) stop();
			state.hub = hubOfProcess();
		},
		/** A trigger is published; answers what it is told. */
		async publish(
			id: string,
			wish: Partial<EventWish> = {},
			settings: Partial<DeskTriggerSettings> = {},
			{ memory = {}, isRestart = false }: { memory?: TriggerMemory; isRestart?: boolean } = {},
		) {
			const { hub } = state;
			const told: ToldEvent[] = [];
			const receptions: Reception[] = [];
			const all = settingsWith(wish, settings);
			const feed: EventFeed = createEventFeed(all, memory, {
				orgId: zoho.desk.orgId,
				agentId: null,
				clock,
				departmentOfTicket: hub.departmentOfTicket,
				emit: (each) => told.push(each),
			});
			const problems: unknown[] = [];
			const stop = hub.listen(id, {
				feed,
				connect: async () => await Promise.resolve(client),
				onReception: (reception) => receptions.push(reception),
				onPassingProblem: (problem) => problems.push(problem),
			});
			opened.push(stop);
			hub.enter(id, { url: `${address}/${id}?key=secret`, wish: all.wish }, isRestart);
			await hub.align(client);
			return {
				told,
				receptions,
				problems,
				feed,
				stop,
				names: () => told.map(({ type, receivedBy }) => `${type.name} by ${receivedBy}`),
			};
		},
		async unpublish(id: string, as: ZohoDeskClient = client) {
			state.hub.leave(id);
			await state.hub.align(as);
		},
		/** Puts the clock forward, second by second, so that everything that is due gets its turn. */
		async pass(seconds: number) {
			for (let second = 0; second < seconds; second++) {
				clock.advance(1_000);
				await settled();
				if (second % 30 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
			}
			await new Promise((resolve) => setTimeout(resolve, 30));
		},
		async close() {
			for (const stop of opened) stop();
			server.closeAllConnections();
			server.close();
			await zoho.close();
		},
	};
}

export type DeskHub = Awaited<ReturnType<typeof startDeskHub>>;
export type { ZohoSimulator };
