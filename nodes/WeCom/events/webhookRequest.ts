import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { systemClock } from '../../transport/Clock';
import { waitAtMost } from '../../transport/waitAtMost';
import { triggerIdOf } from '../../triggers/triggerPlace';
import type { CallbackAnswer, CallbackRequest } from '../callback/receiveCallback';
import type { WeComCredential } from '../transport/weCom';
import { corpHubOf, type CorpHub } from './corpHubs';
import { rememberedOf } from './listening';
import { isCallOfTest, receiveForTest } from './testReception';
import { TRIGGER_NAME } from './troubleReport';

/**
 * n8n stores what a trigger remembers when its webhook is through: so long one request waits for all executions. Hundreds
 * of messages at once take some minutes, and if it gave up before, nobody would store that the last ones are done.
 */
const LONGEST_WAIT_MS = 15 * 60_000;
const waiting = new Set<string>();

/**
 * Answers what comes to the address of the trigger, before anything is read: WeCom waits for one second when the address
 * is saved in its console and for five otherwise (wecom-kf.md, 2). Strangers start no execution.
 */
export async function answerCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	if (isCallOfTest(context)) {
		answer(context, 200);
		return await receiveForTest(context);
	}
	const received = await receivedIn(context);
	if (!received) return answer(context, 503);
	const { hub, answer: result } = received;
	const answered = answer(context, result.status, 'body' in result ? result.body : '');
	const event = 'event' in result ? result.event : null;
	if (!event) return answered;
	hub.tell(event);
	// A test calls itself when it has something to show.
	if (context.getMode() !== 'manual') await rememberWhenSettled(context, hub);
	return answered;
}

async function receivedIn(
	context: IWebhookFunctions,
): Promise<{ hub: CorpHub; answer: CallbackAnswer } | null> {
	try {
		const credential = await context.getCredentials<WeComCredential>('weComCustomerServiceApi');
		const hub = corpHubOf(credential);
		const secrets = {
			corpId: credential.corpId.trim(),
			callbackToken: credential.callbackToken?.trim(),
			encodingAesKey: credential.encodingAesKey?.trim(),
		};
		return { hub, answer: hub.receive(secrets, requestIn(context), systemClock.now()) };
	} catch (error) {
		// A failed execution for each request would let strangers fill the list of executions.
		context.logger.warn(
			`${TRIGGER_NAME} cannot judge a callback: ${(error as Error).message}. Check the credential of the node.`,
			{ workflowId: context.getWorkflow().id },
		);
		return null;
	}
}

function requestIn(context: IWebhookFunctions): CallbackRequest {
	const query = { ...(context.getQueryData() as Record<string, unknown>) };
	if (context.getWebhookName() === 'setup') {
		// Some front servers turn the + of Base64 into a blank, which Base64 has not (wecom-kf.md, 2.2).
		if (typeof query.echostr === 'string') query.echostr = query.echostr.replaceAll(' ', '+');
		return { query, body: null };
	}
	const rawBody = context.getRequestObject().rawBody as Buffer | undefined;
	return { query, body: rawBody ?? Buffer.alloc(0) };
}

function answer(context: IWebhookFunctions, status: number, body = ''): IWebhookResponseData {
	const response = context.getResponseObject();
	response.status(status);
	// The answer to a verification is a text that WeCom has sent, and no page.
	response.setHeader('Content-Type', 'text/plain; charset=utf-8');
	response.end(body);
	return { noWebhookResponse: true };
}

/** Stores that everything has been dealt with, so that a restart does not give the last messages again. */
async function rememberWhenSettled(context: IWebhookFunctions, hub: CorpHub): Promise<void> {
	const id = triggerIdOf(context);
	const feed = hub.feeds.get(id);
	if (!feed || waiting.has(id)) return;
	waiting.add(id);
	await waitAtMost(LONGEST_WAIT_MS, feed.settled(), systemClock);
	waiting.delete(id);
	Object.assign(context.getWorkflowStaticData('node'), rememberedOf(id));
}
