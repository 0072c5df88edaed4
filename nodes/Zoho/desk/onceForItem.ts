import { createHash } from 'crypto';
import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { itemOfRun } from '../../actions/itemOfRun';
import { callIn } from '../../caller/callInItem';
import { systemClock } from '../../transport/Clock';
import { createMemory } from '../../transport/memory';
import type { OnceOnlyWriter } from '../../transport/onceOnlyWriter';
import type { ZohoDeskClient } from '../transport/zohoDesk';
import { runOnce, type OneWrite } from './runOnce';
import { MAX_REMEMBERED_CALLS, REMEMBER_CALLS_MS, startOfCall } from './writtenOnce';

/** Something to write, such as a reply, a file or a contact, by which Zoho Desk knows no call. */
export interface ItemWrite extends Pick<OneWrite<IDataObject>, 'what' | 'title' | 'write'> {
	/** What it is and where it goes: for one item there is one in one place, whatever it says at the next try. */
	place: readonly string[];
	/** What makes it another one for the same call, as the node says it. */
	content: readonly string[];
	/**
	 * Looks before the first try, too: with a call in the item for those since the call, without one for any that say
	 * the same, whichever execution has written them. Default no.
	 */
	lookFirst?: boolean;
	/** Those that look like this one, with `id`, the likeliest first. */
	findAlike(since: DateTime): Promise<IDataObject[]>;
}

/** By how much the clocks of n8n and Zoho may differ. */
const CLOCK_DIFFERENCE_MS = 60_000;

const firstTries = createMemory<number>(REMEMBER_CALLS_MS, MAX_REMEMBERED_CALLS);
const writesOfIds = createMemory<string>(REMEMBER_CALLS_MS, MAX_REMEMBERED_CALLS);

/**
 * Writes something once: for the call in the item, or without one for the item, however often n8n tries the node. What
 * became of a request whose answer got lost is looked up before the request is repeated.
 */
export async function writeOnceForItem(
	writer: OnceOnlyWriter<IDataObject>,
	context: IExecuteFunctions,
	client: ZohoDeskClient,
	itemIndex: number,
	{ place, content, what, title, lookFirst = false, write, findAlike }: ItemWrite,
): Promise<{ result: IDataObject; isNew: boolean }> {
	const call = callIn(context.getInputData()[itemIndex].json);
	const isOncePerContent = call === null && lookFirst;
	const occasion = isOncePerContent
		? content
		: call
			? [call.pbxSerial, call.callId, ...content]
			: itemOfRun(context, itemIndex);
	const key = createHash('sha256')
		.update(JSON.stringify([client.organizationKey, ...place, ...occasion]))
		.digest('hex');
	const began = firstTries.get(key, systemClock.now()) ?? systemClock.now();
	firstTries.set(key, began, systemClock.now());
	const since = lookFirst ? earliestOf(call) : DateTime.fromMillis(began - CLOCK_DIFFERENCE_MS);
	const keyOfId = (id: unknown) => `${client.organizationKey} ${String(id)}`;
	const { result, isNew } = await runOnce(writer, key, {
		what,
		title,
		lookFirst,
		write,
		lookUp: async () => {
			// Two items may want the same; what one of them has written is not that of the other.
			const own = (await findAlike(since)).find(({ id }) => {
				const owner = writesOfIds.get(keyOfId(id), systemClock.now());
				return isOncePerContent || owner === undefined || owner === key;
			});
			return own ?? null;
		},
	});
	writesOfIds.set(keyOfId(result.id), key, systemClock.now());
	return { result, isNew };
}

function earliestOf(call: Parameters<typeof startOfCall>[0] | null): DateTime {
	return call ? startOfCall(call) : DateTime.fromMillis(0);
}
