import type { Clock } from '../../transport/Clock';
import { ServiceError } from '../../transport/ServiceError';
import { messageIdOf } from '../message/readMessage';
import { WECOM, type WeComClient } from '../transport/weCom';
import { fingerprintOf } from '../../transport/fingerprint';
import type { AccountLedger, LedgerEntry } from './accountLedger';
import { readMessagePage, type SyncAnswer } from './messagePage';
import type { ReadingBudget } from './readingBudget';
import type { SyncTokens } from './syncTokens';

/** Reads what is new in one service account, one reading after the other (wecom-kf.md, 3.5). */
export interface AccountReader {
	/** There is, or may be, something new. */
	wake(by: 'callback' | 'poll'): void;
	/** When it is to be woken without a callback, milliseconds since 1970; Infinity while it is at work. */
	nextReadingAt(): number;
	isReading(): boolean;
	/** Reads nothing more. */
	close(): void;
}

export interface ReadEntry extends LedgerEntry {
	/** As WeCom has it. */
	raw: unknown;
	receivedBy: 'callback' | 'poll';
}

export interface ReaderSurroundings {
	openKfId: string;
	ledger: AccountLedger;
	/** How often to read without a callback; Infinity for never. */
	pollEveryMs: number;
	voiceFormat: 'amr' | 'silk';
	clock: Clock;
	budget: ReadingBudget;
	tokens: SyncTokens;
	/** Anew for each reading, since the credential may change. */
	connect(): Promise<WeComClient>;
	/** Takes what is to be dealt with, oldest first. */
	onEntries(entries: ReadEntry[]): void;
	/** A reading has failed and is tried again by itself. */
	onTrouble(error: unknown): void;
	/** Everything has been read. */
	onCaughtUp(): void;
	/** The reader is at rest, well or badly. */
	onRest(): void;
}

/** No more is read while so many messages wait for their executions. */
const MOST_OPEN = 1_000;
const LOOK_AGAIN_MS = 500;
const TRY_AGAIN_MS = 60_000;
/** Somebody has to change a setting first. */
const TRY_AGAIN_AFTER_LASTING_TROUBLE_MS = 5 * 60_000;

export function createAccountReader(surroundings: ReaderSurroundings): AccountReader {
	const { openKfId, ledger, clock, budget, tokens, connect } = surroundings;
	const closing = new AbortController();
	/** Aborted when a callback has brought a token, so that nobody waits for a reading without one. */
	let waitingForTurn = new AbortController();
	let wanted: 'callback' | 'poll' | null = null;
	let isRunning = false;
	let nextAt = -Infinity;

	async function run(): Promise<void> {
		isRunning = true;
		while (wanted && !closing.signal.aborted) {
			const by = wanted;
			wanted = null;
			await readAll(by).then(
				() => {
					nextAt = clock.now() + surroundings.pollEveryMs;
					surroundings.onCaughtUp();
				},
				(error: unknown) => {
					if (closing.signal.aborted) return;
					nextAt = clock.now() + pauseAfter(error);
					surroundings.onTrouble(error);
				},
			);
		}
		isRunning = false;
		surroundings.onRest();
	}

	async function readAll(by: 'callback' | 'poll'): Promise<void> {
		const client = await connect();
		for (;;) {
			await untilThereIsRoom();
			const cursor = ledger.readCursor();
			const { messages, nextCursor, hasMore } = await readMessagePage(client, {
				openKfId,
				cursor,
				voiceFormat: surroundings.voiceFormat,
				tokens,
				inTurn: inTurnUnlessTokenComes,
			});
			closing.signal.throwIfAborted();
			take(messages, nextCursor, wanted ?? by);
			if (!hasMore) break;
			if (nextCursor === '' || nextCursor === cursor) throw cursorDoesNotMove(openKfId);
		}
		ledger.noteCaughtUp();
	}

	function take(messages: unknown[], nextCursor: string, receivedBy: 'callback' | 'poll'): void {
		const byId = new Map(
			messages.map((raw) => [messageIdOf(raw) ?? fingerprintOf([raw]), raw] as const),
		);
		const entries = ledger.takePage([...byId.keys()], nextCursor);
		surroundings.onEntries(
			entries.map((entry) => ({ ...entry, raw: byId.get(entry.messageId), receivedBy })),
		);
	}

	/** @returns null if a token has come while it waited */
	async function inTurnUnlessTokenComes(
		ask: () => Promise<SyncAnswer>,
	): Promise<SyncAnswer | null> {
		const noToken = new AbortController();
		waitingForTurn = noToken;
		const signal = AbortSignal.any([noToken.signal, closing.signal]);
		return await budget.inTurn(signal, ask).catch((error: unknown) => {
			if (error !== noToken.signal.reason) throw error;
			return null;
		});
	}

	async function untilThereIsRoom(): Promise<void> {
		while (ledger.openCount() >= MOST_OPEN) await clock.sleep(LOOK_AGAIN_MS, closing.signal);
	}

	return {
		wake(by) {
			if (closing.signal.aborted) return;
			wanted = by === 'callback' ? by : (wanted ?? by);
			if (tokens.get(openKfId) !== null) waitingForTurn.abort();
			if (!isRunning) void run();
		},
		nextReadingAt: () => (isRunning ? Infinity : nextAt),
		isReading: () => isRunning,
		close() {
			closing.abort();
		},
	};
}

function pauseAfter(error: unknown): number {
	return isLastingTrouble(error) ? TRY_AGAIN_AFTER_LASTING_TROUBLE_MS : TRY_AGAIN_MS;
}

/** Whether somebody has to change something in the credential or in WeCom's console. */
export function isLastingTrouble(error: unknown): boolean {
	return (
		error instanceof ServiceError &&
		(error.isLasting || error.kind === 'credentials' || error.kind === 'permission')
	);
}

/**
 * Whether the console has to allow something first: a trusted IP, an account to manage. It asks for a working callback URL
 * before (wecom-kf.md, 1.3, unconfirmed), so none of this may keep a trigger from being published.
 */
export function isForTheConsole(error: unknown): boolean {
	return error instanceof ServiceError && error.kind === 'permission';
}

function cursorDoesNotMove(openKfId: string): ServiceError {
	return new ServiceError({
		service: WECOM,
		kind: 'invalidAnswer',
		message: `WeCom says that account ${openKfId} has more messages, and gives no way to read them`,
		advice: 'Nothing needs to be done: the account is read again in a minute.',
	});
}
