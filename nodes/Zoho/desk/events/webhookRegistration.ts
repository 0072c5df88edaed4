import type { IHookFunctions } from 'n8n-workflow';
import { toNodeError } from '../../../actions/toNodeError';
import { zohoDeskClient } from '../../transport/zohoDesk';
import { isPublishedElsewhere, notePublished } from '../../../triggers/publishedAddress';
import {
	addressWithKey,
	isRestart,
	mayPass,
	newAddressKey,
	triggerIdOf,
} from '../../../triggers/triggerPlace';
import { homeOf, hubOf, moveIn, moveOut } from './hubs';
import { adviceOnLostEvents, eventsOnlyByWebhook } from './notBySearch';
import { endTest, isTestAddress, startTest } from './testReception';
import { memoryOf, portalOf } from './triggerPlace';
import { readDeskTriggerSettings } from './triggerSettings';

/**
 * Lets the trigger take part in the webhook of its organisation. Where there is none to be had, the trigger goes on by
 * search; the publication fails only if nothing can be had in that way.
 */
export async function registerTrigger(context: IHookFunctions): Promise<void> {
	const url = urlOf(context);
	try {
		if (context.getMode() === 'manual') {
			await startTest(context, url);
			return;
		}
		await takePart(context, url);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

async function takePart(context: IHookFunctions, url: string): Promise<void> {
	const { wish } = readDeskTriggerSettings(context);
	const memory = memoryOf(context);
	const id = triggerIdOf(context);
	// One secret for good: a request under way may write back what it has read before.
	const key = (memory.key ??= newAddressKey());
	notePublished(id, url);
	const hub = hubOf(await portalOf(context, memory), context.getInstanceId());
	hub.enter(id, { url: addressWithKey(url, key), wish }, isRestart(context));
	moveIn(id, hub, key);
	const reception = await zohoDeskClient(context)
		.then(hub.align)
		.catch((error: unknown) => {
			// n8n tries five times and then gives up for good; the hub goes on trying.
			if (isRestart(context) && mayPass(error)) return null;
			throw error;
		});
	if (reception?.by !== 'search') return;
	if (eventsOnlyByWebhook(wish.events).length < wish.events.length) return;
	hub.leave(id);
	moveOut(id);
	throw adviceOnLostEvents(wish.events, reception.reason);
}

/** Takes the trigger out of the webhook; trouble in doing so holds nothing up. @returns whether it went well */
export async function unregisterTrigger(context: IHookFunctions): Promise<boolean> {
	try {
		const url = urlOf(context);
		if (isTestAddress(context, url)) {
			await endTest(context);
			return true;
		}
		const id = triggerIdOf(context);
		if (isPublishedElsewhere(id, url)) return true;
		const home = homeOf(id);
		moveOut(id);
		if (home?.hub.leave(id)) await home.hub.align(await zohoDeskClient(context));
		return true;
	} catch (error) {
		const { message } = error as Error;
		context.logger.warn(
			`Zoho Desk Trigger could not take its webhook out of Zoho Desk: ${message}. Delete it there, under Setup > Developer Space > Webhooks; its name begins with CallBridge n8n.`,
			{ workflowId: context.getWorkflow().id },
		);
		return false;
	}
}

function urlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') as string;
}
