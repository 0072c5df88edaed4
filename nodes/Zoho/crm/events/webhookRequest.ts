import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { hasKey } from '../../../triggers/triggerPlace';
import { isFrom, readNotification } from './notification';
import { channelIdIn, handOver, memoryOf, placeOf } from './places';
import { receiveForTest, testKeyOf } from './testReception';

/**
 * Answers what comes to the address of the trigger: notifications of its channel with 200 before anything is done with
 * them, and everything else with 403. Strangers start no execution.
 */
export async function answerWebhook(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const isTest = context.getMode() === 'manual';
	const memory = memoryOf(context);
	if (!hasKey(context, isTest ? testKeyOf(context) : memory.key)) return answer(context, 403);
	const body = context.getRequestObject().rawBody as Buffer | undefined;
	const notification = body ? readNotification(body) : null;
	if (isTest) {
		const items = await receiveForTest(context, notification);
		if (items === 'refused') return answer(context, 403);
		const answered = answer(context, 200);
		if (items.length === 0) return answered;
		return { ...answered, workflowData: [items.map((json) => ({ json }))] };
	}
	const expected = { channelId: channelIdIn(context, 'published'), token: memory.token };
	if (!notification || !isFrom(notification, expected)) return answer(context, 403);
	const answered = answer(context, 200);
	const place = placeOf(context);
	await handOver(place, notification);
	// What starts nothing is stored only in this way, so that nobody takes it for news after a restart of n8n.
	const { feed } = place.running ?? {};
	if (feed?.hasNews()) Object.assign(memory, feed.remembered());
	return answered;
}

function answer(context: IWebhookFunctions, status: number): IWebhookResponseData {
	context.getResponseObject().status(status).end();
	return { noWebhookResponse: true };
}
