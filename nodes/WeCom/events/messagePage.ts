import { ServiceError } from '../../transport/ServiceError';
import type { WeComClient } from '../transport/weCom';
import type { SyncTokens } from './syncTokens';

/** What one reading of an account gives. */
export interface MessagePage {
	/** As WeCom has them, oldest first; may be empty although there are more. */
	messages: unknown[];
	/** Where to read on; empty if WeCom does not say. */
	nextCursor: string;
	hasMore: boolean;
}

export interface PageWanted {
	openKfId: string;
	/** Undefined for the oldest message of the last three days. */
	cursor: string | undefined;
	voiceFormat: 'amr' | 'silk';
	tokens: SyncTokens;
	/** Makes a reading without token when one may be made; null if a token has come meanwhile. */
	inTurn(ask: () => Promise<SyncAnswer>): Promise<SyncAnswer | null>;
}

export interface SyncAnswer {
	next_cursor?: string;
	/** 0 or 1; only this ends the reading, the list may be empty before. */
	has_more?: number | boolean;
	msg_list?: unknown;
}

/** Small pages let the cursor move on sooner; without a token each reading counts, so they are as large as possible. */
const PAGE_WITH_TOKEN = 200;
const LARGEST_PAGE = 1_000;
const BAD_SYNC_TOKEN = '95007';
const VOICE_FORMATS = { amr: 0, silk: 1 };

/** Reads with the token of a callback, as long as WeCom takes it, or else without. @throws ServiceError */
export async function readMessagePage(
	client: WeComClient,
	{ openKfId, cursor, voiceFormat, tokens, inTurn }: PageWanted,
): Promise<MessagePage> {
	for (;;) {
		const token = tokens.get(openKfId);
		const ask = async () =>
			await client.read<SyncAnswer>('kf/sync_msg', {
				open_kfid: openKfId,
				...(cursor !== undefined && { cursor }),
				...(token !== null && { token }),
				limit: token === null ? LARGEST_PAGE : PAGE_WITH_TOKEN,
				voice_format: VOICE_FORMATS[voiceFormat],
			});
		const answer = await (token === null ? inTurn(ask) : ask().catch(nullIfTokenIsBad));
		if (answer) return pageIn(answer);
		if (token !== null) tokens.drop(openKfId, token);
	}
}

async function nullIfTokenIsBad(error: unknown): Promise<null> {
	if (error instanceof ServiceError && error.code === BAD_SYNC_TOKEN) return null;
	return await Promise.reject(error as Error);
}

function pageIn({ msg_list: list, next_cursor: cursor, has_more: more }: SyncAnswer): MessagePage {
	return {
		messages: Array.isArray(list) ? list : [],
		nextCursor: cursor ?? '',
		hasMore: Number(more ?? 0) === 1,
	};
}
