import type { IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { systemClock } from '../../../transport/Clock';
import { triggerIdOf, type TriggerContext } from '../../../triggers/triggerPlace';
import type { ChangeFeed } from './changeFeed';
import type { ChangeListener } from './changeListener';
import { channelIdOf } from './channel';
import { createChannelKeeper, type ChannelKeeper } from './channelKeeper';
import type { Notification } from './notification';
import type { CrmTriggerMemory } from './triggerMemory';

/** Where the hooks, the webhook and the trigger of one published node meet, in whatever order n8n calls them. */
export interface CrmTriggerPlace {
	keeper: ChannelKeeper;
	/** Null while the trigger does not run. */
	running: { listener: ChangeListener; feed: ChangeFeed } | null;
	/** Notifications for a trigger that is not there yet, as right after the start of n8n. */
	waiting: Array<{ notification: Notification; since: number }>;
}

const places = new Map<string, CrmTriggerPlace>();

const WAITING_MS = 5 * 60_000;
const MOST_WAITING = 200;

export function placeOf(context: TriggerContext): CrmTriggerPlace {
	const id = triggerIdOf(context);
	const known = places.get(id);
	if (known) return known;
	const place = { keeper: createChannelKeeper(systemClock), running: null, waiting: [] };
	places.set(id, place);
	return place;
}

/** Hands a notification over, or keeps it for a moment. @returns when it was told, or left to the search */
export async function handOver(place: CrmTriggerPlace, notification: Notification): Promise<void> {
	if (place.running) {
		await place.running.listener.receive(notification);
		return;
	}
	const now = systemClock.now();
	place.waiting = [...place.waiting.filter(({ since }) => now - since <= WAITING_MS)];
	place.waiting = [...place.waiting, { notification, since: now }].slice(-MOST_WAITING);
}

/** The trigger runs now: what has waited for it is handed over. */
export function moveIn(place: CrmTriggerPlace, running: CrmTriggerPlace['running']): void {
	place.running = running;
	const now = systemClock.now();
	for (const { notification, since } of place.waiting.splice(0)) {
		if (now - since <= WAITING_MS) void handOver(place, notification);
	}
}

export function memoryOf(context: TriggerContext): CrmTriggerMemory {
	return context.getWorkflowStaticData('node') as CrmTriggerMemory;
}

/** The id of the trigger's channel; a test has one of its own. */
export function channelIdIn(
	context: ITriggerFunctions | IHookFunctions | IWebhookFunctions,
	purpose: 'published' | 'test',
): string {
	return channelIdOf([context.getInstanceId(), triggerIdOf(context), purpose]);
}
