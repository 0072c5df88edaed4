import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { toNodeError } from '../../../actions/toNodeError';
import { systemClock } from '../../../transport/Clock';
import { zohoDeskClient } from '../../transport/zohoDesk';
import { passingProblems } from '../../../triggers/passingProblems';
import { isRestart, mayPass, triggerIdOf } from '../../../triggers/triggerPlace';
import { createEventFeed, type EventFeed } from './eventFeed';
import { hubOf } from './hubs';
import { adviceOnLostEvents, eventsOnlyByWebhook } from './notBySearch';
import type { Reception } from './organizationHub';
import { triggerItem } from './triggerItem';
import { memoryOf, portalOf } from './triggerPlace';
import { readDeskTriggerSettings } from './triggerSettings';

/** The feeds of this process, so that what they know can be stored also when they start nothing. */
const feeds = new Map<string, EventFeed>();

export function feedOf(triggerId: string): EventFeed | undefined {
	return feeds.get(triggerId);
}

/** Starts executions for what the hub of the organisation hears, until n8n closes the trigger. */
export async function startListening(context: ITriggerFunctions): Promise<ITriggerResponse> {
	const settings = readDeskTriggerSettings(context);
	const memory = memoryOf(context);
	const id = triggerIdOf(context);
	const workflowId = context.getWorkflow().id;
	const isNewPublication = ['activate', 'create'].includes(context.getActivationMode());
	if (isNewPublication) {
		// What happened while the workflow was not published is none of its business.
		delete memory.since;
		delete memory.searchedUntil;
	}
	const portal = await portalOf(context, memory).catch((error: unknown) => {
		throw toNodeError(context.getNode(), error);
	});
	if (settings.ignore === 'agent') {
		memory.agentId = await connectedAgent(context, memory.agentId);
	}
	if (settings.receiveBy === 'search') {
		const advice = adviceOnLostEvents(settings.wish.events, null);
		if (advice) throw toNodeError(context.getNode(), advice);
	}

	const hub = hubOf(portal, context.getInstanceId());
	const feed = createEventFeed(settings, memory, {
		orgId: portal.orgId,
		agentId: settings.ignore === 'agent' ? (memory.agentId ?? null) : null,
		clock: systemClock,
		departmentOfTicket: hub.departmentOfTicket,
		emit: (told, key) => {
			// n8n stores the static data whenever a trigger starts an execution, and at no other time.
			Object.assign(memory, feed.remembered());
			const node = context.getNode().id;
			context.emit(
				[[{ json: triggerItem(told, hub.customerOf(told)) }]],
				undefined,
				undefined,
				[workflowId, node, portal.orgId, key].join(':'),
			);
		},
	});
	Object.assign(memory, feed.remembered());
	feeds.set(id, feed);

	const onReception = (reception: Reception) => {
		if (reception.by !== 'search' || settings.receiveBy === 'search') return;
		const { events } = settings.wish;
		const advice = adviceOnLostEvents(events, reception.reason);
		const minutes = settings.searchEveryMs / 60_000;
		context.logger.warn(
			`Zoho Desk Trigger searches every ${minutes} minutes in place of a webhook. ${(advice ?? reception.reason).message}`,
			{ workflowId },
		);
		const isNews = memory.advised !== advice?.message;
		memory.advised = advice?.message;
		// Where nothing is left, the publication fails with the same message.
		const isAnythingLeft = eventsOnlyByWebhook(events).length < events.length;
		if (advice && isNews && isAnythingLeft) {
			context.saveFailedExecution(toNodeError(context.getNode(), advice));
		}
	};

	const stop = hub.listen(id, {
		feed,
		connect: async () => await zohoDeskClient(context),
		onReception,
		onPassingProblem: passingProblems(context, 'Zoho Desk Trigger'),
	});
	return {
		closeFunction: async () => {
			stop();
			if (feeds.get(id) === feed) feeds.delete(id);
			await Promise.resolve();
		},
	};
}

/** @param known of an earlier time, for a start while Zoho cannot be asked */
async function connectedAgent(
	context: ITriggerFunctions,
	known: string | undefined,
): Promise<string | undefined> {
	try {
		const client = await zohoDeskClient(context);
		const { body } = await client.read({ method: 'GET', path: '/myinfo' });
		return typeof body?.id === 'string' ? body.id : known;
	} catch (error) {
		if (known && isRestart(context) && mayPass(error)) return known;
		throw toNodeError(context.getNode(), error);
	}
}
