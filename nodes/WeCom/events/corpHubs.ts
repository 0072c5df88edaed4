import { systemClock } from '../../transport/Clock';
import { callbackReceiver } from '../callback/receiveCallback';
import type { CallbackEvent } from '../callback/callbackEvent';
import { apiAddressOf } from '../transport/apiAddress';
import type { WeComCredential } from '../transport/weCom';
import { customerProfiles } from './customerProfiles';
import type { MessageFeed } from './messageFeed';
import { createReadingBudget, type ReadingBudget } from './readingBudget';
import { createSyncTokens, type SyncTokens } from './syncTokens';

/**
 * What all triggers of a corp share within this process. WeCom has one callback address per app, so whatever arrives at
 * the address of one trigger wakes all.
 */
export interface CorpHub {
	/** By `triggerIdOf`. */
	readonly feeds: Map<string, MessageFeed>;
	readonly budget: ReadingBudget;
	readonly tokens: SyncTokens;
	readonly profileOf: ReturnType<typeof customerProfiles>;
	readonly receive: ReturnType<typeof callbackReceiver>;
	/** Tests in the editor that wait for a callback, by `triggerIdOf`. */
	readonly tests: Map<string, (event: CallbackEvent) => void>;
	tell(event: CallbackEvent): void;
}

const hubs = new Map<string, CorpHub>();

/** @throws ServiceError if the API address in the credential is none */
export function corpHubOf({ apiBaseUrl, corpId }: WeComCredential): CorpHub {
	const key = `${apiAddressOf(apiBaseUrl)} ${corpId.trim()}`;
	const known = hubs.get(key);
	if (known) return known;
	const hub = createCorpHub();
	hubs.set(key, hub);
	return hub;
}

function createCorpHub(): CorpHub {
	const feeds: CorpHub['feeds'] = new Map();
	const tests: CorpHub['tests'] = new Map();
	const tokens = createSyncTokens(systemClock);
	return {
		feeds,
		tests,
		budget: createReadingBudget(systemClock),
		tokens,
		profileOf: customerProfiles(systemClock),
		receive: callbackReceiver(),
		tell(event) {
			if (event.type === 'messages' && event.openKfId !== null && event.syncToken !== null) {
				tokens.note(event.openKfId, event.syncToken);
			}
			for (const feed of feeds.values()) feed.tell(event);
			for (const test of tests.values()) test(event);
		},
	};
}
