import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { Clock } from '../../transport/Clock';
import { concurrencyLimit } from '../../transport/concurrency';
import { ServiceError, type ServiceErrorFacts } from '../../transport/ServiceError';
import { SERVICE } from '../transport/errors';
import type { YeastarPbx } from '../transport/yeastarPbx';
import {
	entriesWith,
	entriesWithout,
	entryAt,
	hasEntry,
	wantedEvents,
	type OwnWebhookEntry,
	type WebhookEntry,
} from './webhookEntries';

/** What a node wants the PBX to push to it. */
export interface WebhookWish {
	url: string;
	secret: string;
	/** Events that the user has chosen, besides those of calls. */
	chosenEvents: number[];
}

interface WebhookSettings {
	isSwitchedOn: boolean;
	list: WebhookEntry[];
	timeoutSeconds: number;
	retries: number;
	offeredEvents: number[];
}

/** The list sits inside `data`; to look for it elsewhere would wipe other systems' entries (yeastar.md, 12). */
const ANSWER = z.object({
	data: z.object({
		enb_webhook_event_push: z.coerce.number().default(1),
		webhook_event_push_list: z.array(z.object({ url: z.string() }).passthrough()),
		// What the PBX takes back in an update.
		webhook_event_push_timeout: z.number().int().min(3).max(10).catch(5),
		webhook_event_push_retry_count: z.number().int().min(1).max(5).catch(3),
		webhook_event_ids: z.array(z.number()).catch([]),
	}),
});

const MOST_TRIES = 4;
/** Two systems that write at the same time should not do so again. */
const PAUSE_MS = 500;
const INTERFACE_NOT_EXISTED = '10001';

/** The list is replaced as a whole and has no lock: within this process at least, one node after the other changes it. */
const oneAfterTheOther = concurrencyLimit(1);

/**
 * Enters a node into the list of webhooks of the PBX, or corrects its entry; all other entries stay as they are.
 *
 * @throws ServiceError also where other systems have taken every place, and where the PBX has webhooks switched off
 */
export async function registerWebhook(
	pbx: YeastarPbx,
	wish: WebhookWish,
	clock: Clock,
): Promise<void> {
	const { isSwitchedOn } = await changeList(pbx, clock, ({ list, offeredEvents }) => {
		const { eventIds, notOffered } = wantedEvents(wish.chosenEvents, offeredEvents);
		if (notOffered.length) throw refusal(doesNotPush(notOffered));
		const own: OwnWebhookEntry = {
			url: wish.url,
			secret: wish.secret,
			request_method: 'POST',
			event_ids: eventIds,
		};
		if (hasEntry(list, own)) return null;
		const changed = entriesWith(list, own);
		if (!changed) throw refusal(NO_PLACE_LEFT);
		return changed;
	});
	if (!isSwitchedOn) throw refusal(SWITCHED_OFF);
}

/** Takes the node's own entry out of the list. @throws ServiceError */
export async function removeWebhook(pbx: YeastarPbx, url: string, clock: Clock): Promise<void> {
	await changeList(pbx, clock, ({ list }) =>
		entryAt(list, url) ? entriesWithout(list, url) : null,
	);
}

/** The secret with which the PBX signs its pushes to this address; null if it has no such entry. @throws ServiceError */
export async function secretOnPbx(pbx: YeastarPbx, url: string): Promise<string | null> {
	const { list } = await readSettings(pbx);
	return entryAt(list, url)?.secret ?? null;
}

/**
 * @param change gives the new list, or null if the list is right. It is asked again after each write, for others write too
 * @returns the settings with the right list in them
 */
async function changeList(
	pbx: YeastarPbx,
	clock: Clock,
	change: (settings: WebhookSettings) => WebhookEntry[] | null,
): Promise<WebhookSettings> {
	return await oneAfterTheOther(pbx.baseUrl, async () => {
		for (let tries = 0; tries < MOST_TRIES; tries++) {
			if (tries > 0) await clock.sleep(PAUSE_MS * tries * (0.5 + clock.random()));
			const found = await readSettings(pbx);
			const list = change(found);
			if (!list) return found;
			await pbx.post('webhook/update', {
				webhook_event_push_list: list as IDataObject[],
				webhook_event_push_timeout: found.timeoutSeconds,
				webhook_event_push_retry_count: found.retries,
			});
			const left = await readSettings(pbx);
			if (!change(left)) return left;
		}
		throw refusal(OVERWRITTEN);
	});
}

async function readSettings(pbx: YeastarPbx): Promise<WebhookSettings> {
	const answer = ANSWER.safeParse(await pbx.get('webhook/query').catch(explainMissing));
	if (!answer.success) throw refusal(NOT_UNDERSTOOD);
	const { data } = answer.data;
	return {
		isSwitchedOn: data.enb_webhook_event_push !== 0,
		list: data.webhook_event_push_list,
		timeoutSeconds: data.webhook_event_push_timeout,
		retries: data.webhook_event_push_retry_count,
		offeredEvents: data.webhook_event_ids,
	};
}

function explainMissing(error: unknown): never {
	const isMissing = error instanceof ServiceError && error.code === INTERFACE_NOT_EXISTED;
	throw isMissing ? refusal(TOO_OLD) : error;
}

type Explanation = Pick<ServiceErrorFacts, 'message' | 'advice'>;

const NO_PLACE_LEFT: Explanation = {
	message: 'Other systems use all 5 webhooks of the PBX',
	advice:
		'In the PBX portal, open Integrations > API > Webhook Event Push and delete an entry that nobody needs, or use Yeastar Trigger, which needs none.',
};
const SWITCHED_OFF: Explanation = {
	message: 'Webhook Event Push is switched off on the PBX',
	advice: 'In the PBX portal, open Integrations > API, tick Webhook Event Push and try again.',
};
const OVERWRITTEN: Explanation = {
	message: 'Another system keeps overwriting the webhooks of the PBX',
	advice: 'Find out which other system changes Webhook Event Push, then try again.',
};
const NOT_UNDERSTOOD: Explanation = {
	message: 'The PBX tells its webhooks in a form that this node does not know',
	advice: 'Nothing was changed. Choose Registration > By Hand, or use Yeastar Trigger.',
};
const TOO_OLD: Explanation = {
	message: 'The firmware of the PBX has no webhooks',
	advice: 'Update the PBX to firmware 37.20.0.21 (83, 84) or newer, or use Yeastar Trigger.',
};

function doesNotPush(eventIds: number[]): Explanation {
	return {
		message: `The PBX does not push event ${eventIds.join(', ')} by webhook`,
		advice: 'Remove it from Raw Events and from Other Event Numbers, or update the PBX.',
	};
}

function refusal(explanation: Explanation): ServiceError {
	return new ServiceError({ service: SERVICE, kind: 'refused', ...explanation });
}
