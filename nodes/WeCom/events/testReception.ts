import type {
	IDataObject,
	IHookFunctions,
	INodeExecutionData,
	ITriggerFunctions,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { systemClock } from '../../transport/Clock';
import { waitAtMost } from '../../transport/waitAtMost';
import { sendSample } from '../../triggers/sendSample';
import { keepTestItems } from '../../triggers/testItems';
import { addressWithKey, hasKey, newAddressKey, triggerIdOf } from '../../triggers/triggerPlace';
import type { CallbackEvent } from '../callback/callbackEvent';
import type { WeComMessage } from '../message/WeComMessage';
import { WECOM, type WeComCredential } from '../transport/weCom';
import { corpHubOf } from './corpHubs';
import { testReading } from './latestMessages';
import { TRIGGER_NAME } from './troubleReport';

/**
 * A test in the editor: shows what the next callback brings, whether it comes to the address of the test or to that of a
 * published trigger of the same corp, or else the latest message, or else a sample.
 */
interface WaitingTest {
	url: string;
	/** With it the test calls itself once there is something to show: n8n waits for a request. */
	key: string;
	/** What it shows. */
	shown: Promise<WeComMessage>;
	end(): void;
}

const tests = new Map<string, WaitingTest>();

/** So long somebody who writes at once in WeChat needs; who does not write does not want to wait longer. */
const LONGEST_WAIT_MS = 15_000;

/** @throws NodeOperationError, ServiceError */
export async function startTest(context: IHookFunctions, url: string): Promise<void> {
	const id = triggerIdOf(context);
	tests.get(id)?.end();
	const hub = corpHubOf(await context.getCredentials<WeComCredential>('weComCustomerServiceApi'));
	const reading = await testReading(context);
	const key = newAddressKey();
	const over = new AbortController();
	let isCalled: () => void = () => undefined;
	const called = new Promise<void>((resolve) => {
		isCalled = resolve;
	});

	const choose = async (): Promise<WeComMessage> => {
		let latest = await reading.latest('poll', over.signal);
		await waitAtMost(LONGEST_WAIT_MS, called, systemClock);
		latest = (await reading.latest('callback', over.signal)) ?? latest;
		return latest ?? reading.sample();
	};
	const shown = choose();
	const test: WaitingTest = {
		url,
		key,
		shown,
		end() {
			over.abort();
			if (hub.tests.get(id) === isNews) hub.tests.delete(id);
		},
	};
	const isNews = (event: CallbackEvent) => {
		if (event.type === 'messages') isCalled();
	};
	hub.tests.set(id, isNews);
	tests.set(id, test);
	void shown.then(
		async () => {
			if (tests.get(id) !== test) return;
			await sendSample(context, addressWithKey(url, key), {
				service: WECOM,
				trigger: TRIGGER_NAME,
				advice:
					'Let n8n reach its own webhook address, or test with an execution of the published workflow.',
			});
		},
		(error: unknown) => {
			if (over.signal.aborted) return;
			context.logger.warn(`${TRIGGER_NAME} has nothing for a test: ${(error as Error).message}`);
		},
	);
}

/** Whether this address is that of a test. */
export function isTestAddress(context: IHookFunctions, url: string): boolean {
	return tests.get(triggerIdOf(context))?.url === url;
}

export function endTest(context: IHookFunctions): void {
	const id = triggerIdOf(context);
	tests.get(id)?.end();
	tests.delete(id);
}

/** Whether a test calls itself. */
export function isCallOfTest(context: IWebhookFunctions): boolean {
	return context.getMode() === 'manual' && hasKey(context, tests.get(triggerIdOf(context))?.key);
}

/** What the test shows, once it has called itself. */
export async function receiveForTest(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const id = triggerIdOf(context);
	const message = await tests.get(id)?.shown;
	if (!message) return { noWebhookResponse: true };
	// The context of the webhook can keep files, that of the registration cannot.
	const reading = await testReading(context);
	const items: INodeExecutionData[] = [await reading.itemFor(message)];
	keepTestItems(id, items);
	return { noWebhookResponse: true, workflowData: [items] };
}

/** What a test shows that n8n has started without its webhook. @throws NodeOperationError, ServiceError */
export async function latestFor(context: ITriggerFunctions): Promise<IDataObject> {
	const reading = await testReading(context);
	const message = await reading.latest('poll', new AbortController().signal);
	return (await reading.itemFor(message ?? reading.sample())).json;
}
