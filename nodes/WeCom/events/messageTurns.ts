import type { INodeExecutionData } from 'n8n-workflow';
import type { Clock } from '../../transport/Clock';
import { fingerprintOf } from '../../transport/fingerprint';
import { waitAtMost } from '../../transport/waitAtMost';
import type { ExecutionEnd } from '../../triggers/executionEnd';
import type { CallbackEvent } from '../callback/callbackEvent';
import { accountsChanged, eventText } from '../message/readEvent';
import { readMessage } from '../message/readMessage';
import type { WeComCustomer, WeComMessage } from '../message/WeComMessage';
import type { WeComClient } from '../transport/weCom';
import type { AccountLedger } from './accountLedger';
import type { ReadEntry } from './accountReader';
import { createCustomerQueue } from './customerQueue';
import { messageItem, type PrepareBinaryData } from './messageItem';
import { startsWorkflow, type WeComTriggerSettings } from './triggerSettings';

/** An account as the messages in it need to know it. */
export interface MessageAccount {
	openKfId: string;
	name: string | null;
	/** What was sent earlier starts nothing, milliseconds since 1970; -Infinity for everything. */
	sinceMs: number;
	ledger: AccountLedger;
}

/** Lets each message have its execution when it is its turn. */
export interface MessageTurns {
	take(account: MessageAccount, entries: readonly ReadEntry[]): void;
	takeAccountsChanged(event: CallbackEvent & { type: 'accountsChanged' }): void;
	/** Starts nothing more. */
	close(): void;
}

export interface TurnsSurroundings {
	clock: Clock;
	connect(): Promise<WeComClient>;
	profileOf(externalUserId: string): Promise<WeComCustomer | null>;
	prepare: PrepareBinaryData;
	/** Starts an execution; resolves when it is over. @param keyParts tell it from all others of the trigger */
	start(item: INodeExecutionData, keyParts: readonly string[]): Promise<ExecutionEnd>;
	onProblem(problem: unknown): void;
	/** Something has been dealt with. */
	onFinished(): void;
}

/** An execution that does not end in this time counts as done: WeCom itself forgets the message after three days. */
const LONGEST_EXECUTION_MS = 3_600_000;
/** A message during which one worker after the other is lost may be the reason for it. */
const MOST_LOST = 2;
/** A welcome code is good for 20 seconds (wecom-kf.md, 5); the clocks of WeCom and n8n may differ by the rest. */
const URGENT_FOR_MS = 60_000;
/** A welcome has to be there within 20 seconds: it does not wait for a profile for long. */
const LONGEST_PROFILE_WAIT_MS = 5_000;

export function createMessageTurns(
	settings: WeComTriggerSettings,
	surroundings: TurnsSurroundings,
): MessageTurns {
	const { clock, onProblem, onFinished } = surroundings;
	const queue = createCustomerQueue(settings.customersAtATime, clock, onProblem);
	let isClosed = false;
	let noteClosed: () => void = () => undefined;
	const closing = new Promise<void>((resolve) => {
		noteClosed = resolve;
	});

	async function withCustomer(message: WeComMessage): Promise<WeComMessage> {
		const { externalUserId } = message;
		if (!settings.includeCustomer || externalUserId === null) return message;
		let customer: WeComCustomer | null = null;
		const asked = surroundings.profileOf(externalUserId).then((profile) => {
			customer = profile;
		}, onProblem);
		await waitAtMost(LONGEST_PROFILE_WAIT_MS, asked, clock);
		return { ...message, customer };
	}

	async function itemFor(message: WeComMessage): Promise<INodeExecutionData> {
		const { connect, prepare } = surroundings;
		return await messageItem(await withCustomer(message), settings, connect, prepare);
	}

	async function takeTurn(
		{ openKfId, ledger }: Pick<MessageAccount, 'openKfId' | 'ledger'>,
		messageId: string,
		message: WeComMessage,
		lostBefore = 0,
	): Promise<void> {
		if (isClosed) return;
		const item = await itemFor(message);
		if (isClosed) return;
		const { attempt } = message;
		ledger.start({ messageId, attempt });
		let end: ExecutionEnd | undefined;
		const finish = () => {
			ledger.finish(messageId);
			onFinished();
		};
		// Also after the end of the publication, which executions outlive.
		const over = surroundings
			.start(item, [openKfId, messageId, String(attempt)])
			.then((howItEnded) => {
				end = howItEnded;
				if (end === 'ended' || lostBefore >= MOST_LOST) finish();
			});
		await waitAtMost(LONGEST_EXECUTION_MS, Promise.race([over, closing]), clock);
		if (isClosed) return;
		if (end === 'lost' && lostBefore < MOST_LOST) {
			const again = { ...message, attempt: attempt + 1 };
			await takeTurn({ openKfId, ledger }, messageId, again, lostBefore + 1);
		} else finish();
	}

	return {
		take(account, entries) {
			const { openKfId, name: accountName, sinceMs, ledger } = account;
			for (const entry of entries) {
				const { attempt, messageId, raw, receivedBy } = entry;
				const reception = { openKfId, accountName, receivedBy, attempt };
				const message = { ...readMessage(raw, reception, clock.now()), messageId };
				const isWanted =
					startsWorkflow(settings.startOn, message) && Date.parse(message.sentAt) >= sinceMs;
				if (!isWanted) {
					ledger.finish(messageId);
					continue;
				}
				const work = async () => await takeTurn(account, messageId, message);
				if (isUrgent(message, clock.now())) void work().catch(onProblem);
				else queue.add(`${openKfId} ${message.externalUserId}`, work);
			}
			onFinished();
		},

		takeAccountsChanged({ added, removed, createdAt }) {
			const event = accountsChanged(added, removed);
			if (isClosed || !startsWorkflow(settings.startOn, { from: 'system', event })) return;
			const messageId = `accountsChanged-${fingerprintOf([createdAt, added, removed])}`;
			const message: WeComMessage = {
				...readMessage(
					{ msgtype: 'event' },
					{
						openKfId: added[0] ?? removed[0] ?? '',
						accountName: null,
						receivedBy: 'callback',
						attempt: 1,
					},
					createdAt === null ? clock.now() : Date.parse(createdAt),
				),
				messageId,
				text: eventText(event, null),
				event,
				details: { AuthAddOpenKfId: added, AuthDelOpenKfId: removed },
			};
			void itemFor(message)
				.then(async (item) => await surroundings.start(item, [messageId]))
				.catch(onProblem);
		},

		close() {
			isClosed = true;
			noteClosed();
			queue.close();
		},
	};
}

/** Whether an execution can still use the code of a welcome, which waits for nobody. */
function isUrgent({ event, sentAt }: WeComMessage, now: number): boolean {
	return event?.welcomeCode != null && now - Date.parse(sentAt) <= URGENT_FOR_MS;
}
