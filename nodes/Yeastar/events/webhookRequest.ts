import type { IWebhookFunctions } from 'n8n-workflow';
import { EMPTY_DIRECTORY, type NumberDirectory } from '../../call/NumberDirectory';
import { systemClock } from '../../transport/Clock';
import { createMemory } from '../../transport/memory';
import { timedCache } from '../../transport/timedCache';
import { yeastarPbx, type YeastarPbx } from '../transport/yeastarPbx';
import { readDirectory } from './directory';
import { directoryKeeper } from './webhookDirectory';
import {
	createWebhookFold,
	type WebhookFold,
	type WebhookFoldMemory,
	type WebhookFoldSettings,
} from './webhookFold';
import type { WebhookRegistrationMode } from './webhookParameters';
import { secretOnPbx } from './webhookRegistration';
import { isSignedWith } from './webhookSignature';

/** The node's static data; n8n keeps what the last writer wrote, so it only seeds what the process knows. */
export interface WebhookStaticData extends WebhookFoldMemory {
	/** With it the PBX signs what it pushes to this node. */
	secret?: string;
}

const FOLD_KEPT_MS = 24 * 3_600_000;
const MOST_FOLDS = 500;
const folds = createMemory<WebhookFold>(FOLD_KEPT_MS, MOST_FOLDS);

/** Whoever knows the address could otherwise make n8n ask the PBX as often as he likes. */
const ASK_FOR_SECRET_AFTER_MS = 60_000;
const secretAt = timedCache<string | null>(ASK_FOR_SECRET_AFTER_MS);

const directoryAt = directoryKeeper(systemClock);

/** Whether a request comes from the PBX. Never rejects. */
export async function isGenuine(
	context: IWebhookFunctions,
	registration: WebhookRegistrationMode,
	body: Buffer | undefined,
): Promise<boolean> {
	const signature = context.getHeaderData()['x-signature'];
	if (body === undefined || signature === undefined) return false;
	const isSigned = (secret: string) => isSignedWith(secret, body, signature);
	if (registration === 'manual') return isSigned(await secretOfCredential(context));
	const stored: WebhookStaticData = context.getWorkflowStaticData('node');
	if (isSigned(stored.secret ?? '')) return true;
	const secret = await secretThatPbxHas(context);
	if (secret === null || !isSigned(secret)) return false;
	stored.secret = secret;
	return true;
}

/** Empty if there is none, which fits no signature. */
async function secretOfCredential(context: IWebhookFunctions): Promise<string> {
	try {
		const { secret } = await context.getCredentials<{ secret?: string }>('yeastarWebhookApi');
		return (secret ?? '').trim();
	} catch (error) {
		warn(context, error);
		return '';
	}
}

/** Somebody may have made a new secret in the PBX portal, or other nodes may have overwritten the static data. */
async function secretThatPbxHas(context: IWebhookFunctions): Promise<string | null> {
	const url = context.getNodeWebhookUrl('default');
	if (!url || context.getMode() === 'manual') return null;
	return await secretAt(
		url,
		async () =>
			await withPbx(context, async (pbx) => await secretOnPbx(pbx, url)).catch((error: unknown) => {
				warn(context, error);
				return null;
			}),
	);
}

/** What is being folded for this node: one for production, one for each test in the editor. */
export function foldFor(context: IWebhookFunctions, settings: WebhookFoldSettings): WebhookFold {
	const stored: WebhookStaticData = context.getWorkflowStaticData('node');
	const { settleMs, timeZone } = settings;
	const isTest = context.getMode() === 'manual';
	// The secret tells one test from the next, which is to show a call although the first one has shown it.
	const test = isTest ? (stored.secret ?? '') : null;
	const workflowId = context.getWorkflow().id;
	const key = JSON.stringify([workflowId, context.getNode().id, test, settleMs, timeZone]);
	const now = systemClock.now();
	const fold =
		folds.get(key, now) ??
		createWebhookFold({ settleMs, timeZone }, stored, systemClock, {
			onPassedOver: (callId) =>
				context.logger.warn(
					`Yeastar Webhook Trigger passed over call ${callId}, which is more than 24 hours old. If it is not, correct the clock of the PBX.`,
					{ workflowId },
				),
			onProblem: (error) => warn(context, error),
		});
	folds.set(key, fold, now);
	return fold;
}

/** Who and what answers at the numbers of the PBX; empty where n8n does not connect to it. Never rejects. */
export async function directoryFor(
	context: IWebhookFunctions,
	registration: WebhookRegistrationMode,
): Promise<NumberDirectory> {
	if (registration === 'manual') return EMPTY_DIRECTORY;
	const { id, name } = context.getNode().credentials?.yeastarApi ?? { id: '', name: '' };
	return await directoryAt(
		JSON.stringify([id, name]),
		async () => await withPbx(context, readDirectory),
		(error) => warn(context, error),
	);
}

async function withPbx<Result>(
	context: IWebhookFunctions,
	work: (pbx: YeastarPbx) => Promise<Result>,
): Promise<Result> {
	const pbx = await yeastarPbx(context);
	const releaseToken = pbx.holdToken();
	return await work(pbx).finally(releaseToken);
}

function warn(context: IWebhookFunctions, error: unknown): void {
	const { message } = error as Error;
	context.logger.warn(`Yeastar Webhook Trigger goes on after a problem: ${message}`, {
		workflowId: context.getWorkflow().id,
	});
}
