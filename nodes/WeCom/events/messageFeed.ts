import type { Clock } from '../../transport/Clock';
import { singleFlight } from '../../transport/singleFlight';
import type { CallbackEvent } from '../callback/callbackEvent';
import { allAccounts } from '../transport/accounts';
import type { WeComClient } from '../transport/weCom';
import { createAccountLedger, type AccountLedger } from './accountLedger';
import { createAccountReader, type AccountReader } from './accountReader';
import { accountsToRead } from './accountsToRead';
import { createMessageTurns, type MessageAccount, type TurnsSurroundings } from './messageTurns';
import type { ReadingBudget } from './readingBudget';
import type { SyncTokens } from './syncTokens';
import type { WeComTriggerMemory } from './triggerMemory';
import type { WeComTriggerSettings } from './triggerSettings';

/** What one published trigger makes of the accounts of its corp. */
export interface MessageFeed {
	/** Reads which accounts there are, and begins to read those that are new. @throws ServiceError */
	refreshAccounts(): Promise<void>;
	/** Begins to read the accounts of an earlier time, while WeCom cannot be asked which there are. */
	takeKnownAccounts(): void;
	/** Takes what a callback tells. */
	tell(event: CallbackEvent): void;
	/** Reads by itself from now on. */
	start(): void;
	/** Resolves when everything that was to be read has been. */
	read(): Promise<void>;
	/** Resolves when in addition all executions have ended. */
	settled(): Promise<void>;
	/** Starts nothing more; what has started goes on. */
	close(): void;
	/** What is to be stored now. */
	remembered(): WeComTriggerMemory;
}

export interface FeedSurroundings extends Omit<TurnsSurroundings, 'onFinished' | 'onProblem'> {
	clock: Clock;
	connect(): Promise<WeComClient>;
	budget: ReadingBudget;
	tokens: SyncTokens;
	/** What this process knows of the accounts from an earlier feed of the same trigger; is added to. */
	ledgers: Map<string, AccountLedger>;
	onPassingProblem(problem: unknown): void;
	/** An account, or null for the list of them, cannot be read. */
	onTrouble(openKfId: string | null, error: unknown): void;
	onTroubleOver(openKfId: string | null): void;
}

interface FeedAccount extends MessageAccount {
	reader: AccountReader;
}

/** Names change, and a callback about accounts may get lost. */
const REFRESH_EVERY_MS = 30 * 60_000;
const REFRESH_AGAIN_MS = 60_000;
const LONGEST_SLEEP_MS = 30_000;
const SHORTEST_SLEEP_MS = 250;

/** @param memory of an earlier time; empty for a trigger that begins now */
export function createMessageFeed(
	settings: WeComTriggerSettings,
	memory: Readonly<WeComTriggerMemory>,
	surroundings: FeedSurroundings,
): MessageFeed {
	const { clock, connect, budget, tokens, ledgers } = surroundings;
	const accounts = new Map<string, FeedAccount>();
	const closing = new AbortController();
	const once = singleFlight<void>();
	/** When WeCom was last asked which accounts there are, and has told. */
	let listedAt = clock.now();
	let refreshAt = clock.now() + REFRESH_EVERY_MS;
	let waiters: Array<{ isOver: () => boolean; resolve: () => void }> = [];

	const turns = createMessageTurns(settings, {
		...surroundings,
		onProblem: surroundings.onPassingProblem,
		onFinished: lookForEnd,
	});

	const isRead = () => [...accounts.values()].every(({ reader }) => !reader.isReading());
	const isSettled = () =>
		isRead() && [...accounts.values()].every(({ ledger }) => ledger.openCount() === 0);

	function lookForEnd(): void {
		const over = waiters.filter(({ isOver }) => closing.signal.aborted || isOver());
		waiters = waiters.filter((waiter) => !over.includes(waiter));
		for (const { resolve } of over) resolve();
	}

	async function until(isOver: () => boolean): Promise<void> {
		await new Promise<void>((resolve) => {
			waiters.push({ isOver, resolve });
			lookForEnd();
		});
	}

	function add(openKfId: string, name: string | null): void {
		const known = accounts.get(openKfId);
		if (known) {
			known.name = name ?? known.name;
			return;
		}
		// An account that was not there before is known by its first message, which counts.
		const since = new Date(listedAt).toISOString();
		const stored = memory.accounts?.[openKfId] ?? (settings.takesHistory ? {} : { since });
		const ledger = ledgers.get(openKfId) ?? createAccountLedger(stored);
		ledgers.set(openKfId, ledger);
		const { since: skipsUntil } = ledger.remembered();
		const account: FeedAccount = {
			openKfId,
			name,
			// WeCom's times are full seconds.
			sinceMs:
				skipsUntil === undefined ? -Infinity : Math.floor(Date.parse(skipsUntil) / 1_000) * 1_000,
			ledger,
			reader: createAccountReader({
				openKfId,
				ledger,
				pollEveryMs: settings.pollEveryMs,
				voiceFormat: settings.voiceFormat,
				clock,
				budget,
				tokens,
				connect,
				onEntries: (entries) => turns.take(account, entries),
				onTrouble: (error) => surroundings.onTrouble(openKfId, error),
				onCaughtUp: () => surroundings.onTroubleOver(openKfId),
				onRest: lookForEnd,
			}),
		};
		accounts.set(openKfId, account);
		account.reader.wake('poll');
	}

	function remove(openKfId: string): void {
		accounts.get(openKfId)?.reader.close();
		accounts.delete(openKfId);
		ledgers.delete(openKfId);
		surroundings.onTroubleOver(openKfId);
	}

	async function refreshAccounts(): Promise<void> {
		await once('accounts', async () => {
			const askedAt = clock.now();
			refreshAt = askedAt + REFRESH_AGAIN_MS;
			const wanted = accountsToRead(await allAccounts(await connect()), settings.accounts);
			if (closing.signal.aborted) return;
			refreshAt = clock.now() + REFRESH_EVERY_MS;
			for (const { openKfId, name } of wanted) add(openKfId, name);
			listedAt = askedAt;
			const ids = new Set(wanted.map(({ openKfId }) => openKfId));
			for (const openKfId of [...accounts.keys()]) if (!ids.has(openKfId)) remove(openKfId);
		});
	}

	async function refreshSomehow(): Promise<void> {
		await refreshAccounts().then(
			() => surroundings.onTroubleOver(null),
			(error: unknown) => surroundings.onTrouble(null, error),
		);
	}

	async function wake(openKfId: string | null): Promise<void> {
		const isUnknown = openKfId !== null && !accounts.has(openKfId);
		if (isUnknown && settings.accounts.length === 0) await refreshSomehow();
		const woken = openKfId === null ? [...accounts.values()] : [accounts.get(openKfId)];
		for (const account of woken) account?.reader.wake('callback');
	}

	async function run(): Promise<void> {
		while (!closing.signal.aborted) {
			if (refreshAt <= clock.now()) await refreshSomehow();
			const readers = [...accounts.values()].map(({ reader }) => reader);
			for (const reader of readers) {
				if (reader.nextReadingAt() <= clock.now()) reader.wake('poll');
			}
			const nextAt = Math.min(refreshAt, ...readers.map((reader) => reader.nextReadingAt()));
			const duration = Math.min(
				Math.max(nextAt - clock.now(), SHORTEST_SLEEP_MS),
				LONGEST_SLEEP_MS,
			);
			await clock.sleep(duration, closing.signal).catch(() => undefined);
		}
	}

	return {
		refreshAccounts,

		takeKnownAccounts() {
			for (const openKfId of Object.keys(memory.accounts ?? {})) add(openKfId, null);
			refreshAt = clock.now() + REFRESH_AGAIN_MS;
		},

		tell(event) {
			if (event.type === 'messages') void wake(event.openKfId);
			if (event.type !== 'accountsChanged') return;
			turns.takeAccountsChanged(event);
			void refreshSomehow();
		},

		start: () => void run(),

		read: async () => await until(isRead),

		settled: async () => await until(isSettled),

		close() {
			closing.abort();
			turns.close();
			for (const { reader, ledger } of accounts.values()) {
				reader.close();
				ledger.dropWaiting();
			}
			lookForEnd();
		},

		remembered: () => ({
			accounts: Object.fromEntries(
				[...accounts].map(([openKfId, { ledger }]) => [openKfId, ledger.remembered()]),
			),
		}),
	};
}
