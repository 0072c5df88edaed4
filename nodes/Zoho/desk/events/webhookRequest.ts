import type { IN8nHttpFullResponse, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { n8nHttpClient } from '../../../transport/HttpClient';
import { ZOHO_DESK } from '../../transport/deskErrors';
import { hasKey, triggerIdOf } from '../../../triggers/triggerPlace';
import type { Delivery } from './deliveryJudge';
import { awaitHome, homeOf } from './hubs';
import { feedOf } from './listening';
import { receiveForTest, testKeyOf } from './testReception';
import { memoryOf } from './triggerPlace';

/**
 * Answers what comes to the address of the trigger: probes with 200, deliveries of Zoho with 200 before anything is done
 * with them, since Zoho waits for five seconds only, and everything else with 403. Strangers start no execution.
 */
export async function answerWebhook(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	if (context.getWebhookName() === 'setup' || isEmpty(context)) return answer(context, 200);
	const isTest = context.getMode() === 'manual';
	const memory = memoryOf(context);
	const id = triggerIdOf(context);
	const home = homeOf(id);
	const key = isTest ? testKeyOf(context) : (home?.key ?? memory.key);
	const delivery = deliveryIn(context);
	if (!hasKey(context, key)) return answer(context, 403);
	if (isTest) {
		const items = await receiveForTest(context, delivery);
		if (items === 'refused') return answer(context, 403);
		const answered = answer(context, 200);
		if (items.length === 0) return answered;
		return { ...answered, workflowData: [items.map((json) => ({ json }))] };
	}
	if (!delivery) return answer(context, 403);
	if (!home) {
		awaitHome(id, delivery);
		return answer(context, 200);
	}
	const received = await home.hub.receive(delivery);
	if (received === 'refused') return answer(context, 403);
	const answered = answer(context, 200);
	const { hasIgnored } = await received.told;
	// What starts nothing is stored only in this way, so that nobody takes it for news after a restart of n8n.
	if (hasIgnored) Object.assign(memory, feedOf(id)?.remembered());
	return answered;
}

function answer(context: IWebhookFunctions, status: number): IWebhookResponseData {
	context.getResponseObject().status(status).end();
	return { noWebhookResponse: true };
}

/** Zoho asks with an empty body whether the address answers (zoho-desk.md, 8.4). */
function isEmpty(context: IWebhookFunctions): boolean {
	const { rawBody, headers } = context.getRequestObject();
	const length = Number(headers['content-length'] ?? 0);
	return length === 0 && headers['transfer-encoding'] === undefined && !rawBody?.length;
}

function deliveryIn(context: IWebhookFunctions): Delivery | null {
	const body = context.getRequestObject().rawBody as Buffer | undefined;
	const token = context.getHeaderData()['x-zdesk-jwt'];
	if (!body || typeof token !== 'string') return null;
	return {
		token,
		body,
		http: n8nHttpClient(
			ZOHO_DESK,
			async (options) => (await context.helpers.httpRequest(options)) as IN8nHttpFullResponse,
		),
	};
}
