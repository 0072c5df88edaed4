import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { toNodeError } from '../../actions/toNodeError';
import { systemClock } from '../../transport/Clock';
import { waitAtMost } from '../../transport/waitAtMost';
import { startAndAwaitEnd } from '../../triggers/executionEnd';
import { isRestart, mayPass, triggerIdOf } from '../../triggers/triggerPlace';
import { weComClient, type WeComCredential } from '../transport/weCom';
import type { AccountLedger } from './accountLedger';
import { isForTheConsole, isLastingTrouble } from './accountReader';
import { corpHubOf } from './corpHubs';
import { createMessageFeed, type MessageFeed } from './messageFeed';
import { troubleReport } from './troubleReport';
import type { WeComTriggerMemory } from './triggerMemory';
import { readWeComTriggerSettings } from './triggerSettings';

/** What this process knows of the accounts of each trigger, since its executions outlive a publication. */
const ledgersOfTriggers = new Map<string, Map<string, AccountLedger>>();

/** So long a publication waits for the first reading, so that what is skipped is stored, and trouble is seen. */
const FIRST_READING_MS = 20_000;
/** A reading is repeated by itself, so each try is short. */
const RETRY_POLICY = { maxTries: 3, firstDelayMs: 500, maxDelayMs: 4_000 };

/** Starts executions for what comes in the accounts of a corp, until n8n closes the trigger. */
export async function startListening(context: ITriggerFunctions): Promise<ITriggerResponse> {
	const settings = readWeComTriggerSettings(context);
	const memory = context.getWorkflowStaticData('node') as WeComTriggerMemory;
	const id = triggerIdOf(context);
	const isAfterRestart = isRestart(context);
	const report = troubleReport(context, systemClock);
	let firstTrouble: unknown = null;
	let isPublishing = !isAfterRestart;

	const hub = await hubFor(context);
	const connect = async () => await weComClient(context, undefined, { retryPolicy: RETRY_POLICY });
	const feed: MessageFeed = createMessageFeed(settings, memory, {
		clock: systemClock,
		connect,
		budget: hub.budget,
		tokens: hub.tokens,
		ledgers: ledgersFor(id, isAfterRestart),
		profileOf: async (externalUserId) => await hub.profileOf(externalUserId, connect),
		prepare: context.helpers.prepareBinaryData,
		start: async (item, keyParts) => {
			// n8n stores the static data whenever a trigger starts an execution, and when a webhook has been answered.
			Object.assign(memory, feed.remembered());
			const place = [context.getWorkflow().id ?? '', context.getNode().id];
			return await startAndAwaitEnd(context, [item], [...place, ...keyParts].join(':'));
		},
		onPassingProblem: report.notePassing,
		onTrouble: (subject, error) => {
			firstTrouble ??= error;
			if (!isPublishing) report.note(subject, error);
		},
		onTroubleOver: report.noteOver,
	});

	await feed.refreshAccounts().catch((error: unknown) => {
		// n8n tries five times and then gives up for good; the feed goes on trying.
		if (isForTheConsole(error) || (isAfterRestart && mayPass(error))) {
			report.note(null, error);
			feed.takeKnownAccounts();
			return;
		}
		feed.close();
		throw toNodeError(context.getNode(), error);
	});
	hub.feeds.set(id, feed);
	const close = () => {
		feed.close();
		if (hub.feeds.get(id) === feed) hub.feeds.delete(id);
	};
	if (!isAfterRestart) await waitAtMost(FIRST_READING_MS, feed.read(), systemClock);
	if (!isAfterRestart && isLastingTrouble(firstTrouble)) {
		if (!isForTheConsole(firstTrouble)) {
			close();
			throw toNodeError(context.getNode(), firstTrouble);
		}
		report.note(null, firstTrouble);
	}
	isPublishing = false;
	Object.assign(memory, feed.remembered());
	feed.start();
	return {
		closeFunction: async () => {
			close();
			await Promise.resolve();
		},
	};
}

async function hubFor(context: ITriggerFunctions) {
	try {
		return corpHubOf(await context.getCredentials<WeComCredential>('weComCustomerServiceApi'));
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** After a restart, or when another n8n has handed over, the stored memory alone counts. */
function ledgersFor(triggerId: string, isAfterRestart: boolean): Map<string, AccountLedger> {
	const known = isAfterRestart ? undefined : ledgersOfTriggers.get(triggerId);
	const ledgers = known ?? new Map<string, AccountLedger>();
	ledgersOfTriggers.set(triggerId, ledgers);
	return ledgers;
}

/** What the trigger would store now; undefined if it has not been published in this process. */
export function rememberedOf(triggerId: string): WeComTriggerMemory | undefined {
	const ledgers = ledgersOfTriggers.get(triggerId);
	return (
		ledgers && {
			accounts: Object.fromEntries(
				[...ledgers].map(([openKfId, ledger]) => [openKfId, ledger.remembered()]),
			),
		}
	);
}
