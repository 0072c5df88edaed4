import type { Clock } from '../../../transport/Clock';
import { concurrencyLimit } from '../../../transport/concurrency';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import type { ServiceError } from '../../../transport/ServiceError';
import { CHANNEL_LIFE_MS, type WantedChannel } from './channel';
import {
	findChannel,
	isAsWanted,
	isNotSubscribed,
	subscribe,
	unsubscribe,
} from './channelRequests';
import { whyNoChannel } from './whyNoChannel';

/** How a trigger hears of changes at present. */
export type Reception =
	| { by: 'notification' }
	/** Zoho gives no channel, for this reason. */
	| { by: 'search'; reason: ServiceError }
	/** Nobody has asked yet, or Zoho could not be asked. */
	| { by: 'nothing yet' };

export type ChannelBuilder = (client: ZohoCrmClient) => Promise<WantedChannel>;

/** Sees to it that a trigger has its channel, and that the channel does not run out. */
export interface ChannelKeeper {
	/** From now on a channel is wanted. @param build asks Zoho for what the channel needs */
	want(id: string, build: ChannelBuilder): void;
	/**
	 * Makes, corrects or renews the channel, as it needs. One credit if it is right, otherwise two.
	 *
	 * @throws ServiceError for trouble that may pass, and for what a person must mend
	 */
	align(client: ZohoCrmClient): Promise<Reception>;
	/** No channel is wanted any more; one that is there is left to its end. */
	forget(): void;
	/** No channel is wanted any more, and it is ended. @throws ServiceError if it could not be ended */
	release(client: ZohoCrmClient, id: string): Promise<void>;
	/** When to look after the channel, milliseconds since 1970; Infinity for never. */
	nextAt(): number;
	/** Since when notifications come without a gap, milliseconds since 1970; null if none come. */
	hearsSince(): number | null;
	reception(): Reception;
	/** Is told whenever the way of hearing changes, or there was a gap. */
	onChange(listener: (reception: Reception) => void): void;
}

const DAY_MS = 86_400_000;
/** How often it is looked whether the channel is still there, or whether there is one to be had by now. */
const LOOK_AFTER_MS = 3_600_000;
const TRY_AGAIN_MS = 5 * 60_000;
const SHORTEST_PAUSE_MS = 60_000;

/** A channel is changed by one at a time. */
const oneByOne = concurrencyLimit(1);

export function createChannelKeeper(clock: Pick<Clock, 'now'>): ChannelKeeper {
	let wanted: { id: string; build: ChannelBuilder; built?: WantedChannel } | null = null;
	let reception: Reception = { by: 'nothing yet' };
	let expiresAt = -Infinity;
	let hearsSince = Infinity;
	let nextAt = Infinity;
	let listener: (reception: Reception) => void = () => undefined;

	const isAlive = () => reception.by === 'notification' && expiresAt > clock.now();

	return {
		want(id, build) {
			wanted = { id, build };
			nextAt = Math.min(nextAt, clock.now() + TRY_AGAIN_MS);
		},

		async align(client) {
			if (!wanted) return reception;
			return await oneByOne(wanted.id, async () => await alignInTurn(client));
		},

		forget,

		async release(client, id) {
			// Whether Zoho ends it or not, nobody listens any more.
			forget();
			await oneByOne(id, async () => await unsubscribe(client, id));
		},

		nextAt: () => nextAt,
		hearsSince: () => (isAlive() ? hearsSince : null),
		reception: () => reception,
		onChange(tell) {
			listener = tell;
		},
	};

	function forget(): void {
		wanted = null;
		nextAt = Infinity;
		reception = { by: 'nothing yet' };
	}

	async function alignInTurn(client: ZohoCrmClient): Promise<Reception> {
		if (!wanted) return reception;
		nextAt = clock.now() + TRY_AGAIN_MS;
		const channel = (wanted.built ??= await wanted.build(client));
		const outcome = await living(client, channel).catch((error: unknown) => {
			const reason = whyNoChannel(error, channel.url);
			if (reason === null) throw error;
			return { reason };
		});
		const now = clock.now();
		if ('reason' in outcome) {
			nextAt = now + LOOK_AFTER_MS;
			return hearBy({ by: 'search', reason: outcome.reason }, false);
		}
		const wasAlive = isAlive();
		expiresAt = outcome.expiresAt;
		// Half of what is left is early enough also for the hour that Zoho gives without a word.
		const untilHalf = Math.max((expiresAt - now) / 2, SHORTEST_PAUSE_MS);
		nextAt = now + Math.min(LOOK_AFTER_MS, untilHalf);
		const hasGap = !wasAlive || outcome.isNew;
		if (hasGap) hearsSince = now;
		return hearBy({ by: 'notification' }, hasGap);
	}

	/** Makes sure that the channel is there. @returns until when, and whether it was not there before */
	async function living(
		client: ZohoCrmClient,
		channel: WantedChannel,
	): Promise<{ expiresAt: number; isNew: boolean }> {
		const now = clock.now();
		const make = async () => ({
			expiresAt: await subscribe(client, 'create', channel, now),
			isNew: true,
		});
		const found = await findChannel(client, channel.id, now);
		if (!found) return await make();
		const isRight = isAsWanted(found, channel);
		const isFresh = found.expiresAt - now > CHANNEL_LIFE_MS - DAY_MS;
		if (isRight && isFresh) return { expiresAt: found.expiresAt, isNew: false };
		const how = isRight ? 'renew' : 'replace';
		return await subscribe(client, how, channel, now).then(
			(until) => ({ expiresAt: until, isNew: how === 'replace' }),
			async (error: unknown) => {
				if (isNotSubscribed(error)) return await make();
				throw error;
			},
		);
	}

	function hearBy(changed: Reception, hasGap: boolean): Reception {
		const isNews = hasGap || describe(changed) !== describe(reception);
		reception = changed;
		if (isNews) listener(changed);
		return changed;
	}
}

function describe(reception: Reception): string {
	return reception.by === 'search' ? reception.reason.message : reception.by;
}
