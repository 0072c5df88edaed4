import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { systemClock } from '../../../transport/Clock';
import { fingerprintOf } from '../../../transport/fingerprint';
import { waitAtMost } from '../../../transport/waitAtMost';
import { ZOHO_DESK } from '../../transport/deskErrors';
import { zohoDeskClient } from '../../transport/zohoDesk';
import { sendSample } from '../../../triggers/sendSample';
import { keepTestItems } from '../../../triggers/testItems';
import { addressWithKey, newAddressKey, triggerIdOf } from '../../../triggers/triggerPlace';
import { deliveredEvents } from './deliveredEvents';
import { createDeliveryJudge, type Delivery } from './deliveryJudge';
import { alignWebhook, removeWebhooks, testWebhookName } from './deskWebhooks';
import { createEventCustomers } from './eventCustomers';
import { mayBeInDepartments, passesFilters } from './eventFilter';
import { findSigningKey, webhookNameOf } from './hubs';
import { sampleEvent } from './sampleEvent';
import { subscriptionFor } from './subscription';
import { triggerItem } from './triggerItem';
import { readDeskTriggerSettings } from './triggerSettings';
import { whyNoWebhook } from './whyNoWebhook';

/** A test in the editor that waits for an event: with a webhook of its own, or with a sample where there is none. */
interface WaitingTest {
	url: string;
	key: string;
	webhookName: string;
	/** Settles when the webhook is there or cannot be had. */
	ready: Promise<void>;
	judge: ReturnType<typeof createDeliveryJudge>;
	orgId: string;
	sample: IDataObject | null;
}

const tests = new Map<string, WaitingTest>();

/** Desk gives up after five seconds. */
const LONGEST_WAIT_MS = 3_000;

/** Makes a webhook for a test, or fetches a sample where there is no webhook to be had. @throws ServiceError */
export async function startTest(context: IHookFunctions, plainUrl: string): Promise<void> {
	const { wish } = readDeskTriggerSettings(context);
	const client = await zohoDeskClient(context);
	const id = triggerIdOf(context);
	const key = newAddressKey();
	const url = addressWithKey(plainUrl, key);
	const webhookName = testWebhookName(
		webhookNameOf(context.getInstanceId()),
		fingerprintOf([id]).slice(0, 8),
	);
	let isSettled = false;
	const judge = createDeliveryJudge(client, findSigningKey, systemClock, () => !isSettled);
	const prepare = async () => {
		const subscriptions = subscriptionFor([wish]);
		const asked = { name: webhookName, urls: [url], subscriptions, mayNarrow: true };
		const outcome = await alignWebhook(client, asked, systemClock.now()).catch(
			async (error: unknown) => {
				if ((await whyNoWebhook(client, error, url)) === null) throw error;
				return null;
			},
		);
		if (outcome) judge.setWebhookId(outcome.id);
		else test.sample = await sampleEvent(client, wish);
	};
	const test: WaitingTest = {
		url: plainUrl,
		key,
		webhookName,
		ready: Promise.resolve(),
		judge,
		orgId: client.orgId,
		sample: null,
	};
	tests.set(id, test);
	const prepared = prepare().finally(() => {
		isSettled = true;
	});
	test.ready = prepared.catch(() => undefined);
	await prepared;
	if (test.sample)
		void sendSample(context, url, {
			service: ZOHO_DESK,
			trigger: 'Zoho Desk Trigger',
			advice: 'Set Receive By to Search Only for the test.',
		});
}

/** Whether this address is that of a test. */
export function isTestAddress(context: IHookFunctions, plainUrl: string): boolean {
	return tests.get(triggerIdOf(context))?.url === plainUrl;
}

/** Takes the webhook of a test away. @throws ServiceError */
export async function endTest(context: IHookFunctions): Promise<void> {
	const id = triggerIdOf(context);
	const test = tests.get(id);
	tests.delete(id);
	if (!test || test.sample) return;
	await removeWebhooks(await zohoDeskClient(context), test.webhookName);
}

export function testKeyOf(context: IWebhookFunctions): string | undefined {
	return tests.get(triggerIdOf(context))?.key;
}

/**
 * What a test makes of a request with the right key.
 *
 * @returns `refused` if it is not from Zoho; the items for the test, maybe none
 */
export async function receiveForTest(
	context: IWebhookFunctions,
	delivery: Delivery | null,
): Promise<'refused' | IDataObject[]> {
	const id = triggerIdOf(context);
	const test = tests.get(id);
	const items = test ? await itemsForTest(context, test, delivery) : 'refused';
	if (items !== 'refused' && items.length > 0) {
		keepTestItems(
			id,
			items.map((json) => ({ json })),
		);
	}
	return items;
}

async function itemsForTest(
	context: IWebhookFunctions,
	test: WaitingTest,
	delivery: Delivery | null,
): Promise<'refused' | IDataObject[]> {
	await waitAtMost(LONGEST_WAIT_MS, test.ready, systemClock);
	if (test.sample) return [test.sample];
	if (!delivery || (await test.judge.judge(delivery)) !== 'genuine') return 'refused';
	const { wish } = readDeskTriggerSettings(context);
	const events = deliveredEvents(delivery.body)
		.filter((event) => event.orgId === test.orgId)
		.filter((event) => passesFilters(wish, event) && mayBeInDepartments(wish, event));
	const customers = createEventCustomers(async (work) => await work(await zohoDeskClient(context)));
	const learnt = Promise.all(events.map(customers.learn));
	await waitAtMost(LONGEST_WAIT_MS, learnt, systemClock);
	return events.map((event) => {
		const previous = wish.includePrevious ? event.previous : null;
		return triggerItem({ ...event, previous, receivedBy: 'webhook' }, customers.customerOf(event));
	});
}
