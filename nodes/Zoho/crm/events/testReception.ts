import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { systemClock } from '../../../transport/Clock';
import { waitAtMost } from '../../../transport/waitAtMost';
import { sendSample } from '../../../triggers/sendSample';
import { keepTestItems } from '../../../triggers/testItems';
import { addressWithKey, newAddressKey, triggerIdOf } from '../../../triggers/triggerPlace';
import { ZOHO_CRM } from '../../transport/errors';
import { zohoCrmClient } from '../../transport/zohoCrm';
import { recordsByIds } from '../records/changedRecords';
import { changeItem } from './changeItem';
import { channelWish } from './channelWish';
import { createChannelKeeper } from './channelKeeper';
import { isFrom, type Notification } from './notification';
import { channelIdIn } from './places';
import { sampleChange } from './sampleChange';
import { toldFields } from './toldFields';
import { readCrmTriggerSettings } from './triggerSettings';
import { fieldsOf } from '../metadata/fields';

/** A test in the editor that waits for a change: with a channel of its own, or with a sample where there is none. */
interface WaitingTest {
	url: string;
	key: string;
	token: string;
	channelId: string;
	/** Settles when the channel is there or cannot be had. */
	ready: Promise<void>;
	sample: IDataObject | null;
}

const tests = new Map<string, WaitingTest>();

/** n8n ends a test after two minutes; if it is killed meanwhile, the channel ends soon by itself. */
const TEST_LIFE_MS = 10 * 60_000;
const LONGEST_WAIT_MS = 3_000;

/** Makes a channel for a test, or fetches a sample where there is no channel to be had. @throws ServiceError */
export async function startTest(context: IHookFunctions, plainUrl: string): Promise<void> {
	const { wish } = readCrmTriggerSettings(context);
	const client = await zohoCrmClient(context);
	const test: WaitingTest = {
		url: plainUrl,
		key: newAddressKey(),
		token: newAddressKey(),
		channelId: channelIdIn(context, 'test'),
		ready: Promise.resolve(),
		sample: null,
	};
	const url = addressWithKey(plainUrl, test.key);
	tests.set(triggerIdOf(context), test);
	const keeper = createChannelKeeper(systemClock);
	const basics = { id: test.channelId, url, token: test.token, lifeMs: TEST_LIFE_MS };
	keeper.want(test.channelId, async () => await channelWish(client, wish, basics));
	const prepared = keeper.align(client).then(async ({ by }) => {
		if (by === 'search') test.sample = await sampleChange(client, wish);
	});
	test.ready = prepared.catch(() => undefined);
	await prepared;
	if (test.sample) {
		void sendSample(context, url, {
			service: ZOHO_CRM,
			trigger: 'Zoho CRM Trigger',
			advice: 'Set Receive By to Search Only for the test.',
		});
	}
}

/** Whether this address is that of a test. */
export function isTestAddress(context: IHookFunctions, plainUrl: string): boolean {
	return tests.get(triggerIdOf(context))?.url === plainUrl;
}

/** Ends the channel of a test. @throws ServiceError */
export async function endTest(context: IHookFunctions): Promise<void> {
	const id = triggerIdOf(context);
	const test = tests.get(id);
	tests.delete(id);
	if (!test || test.sample) return;
	await createChannelKeeper(systemClock).release(await zohoCrmClient(context), test.channelId);
}

export function testKeyOf(context: IWebhookFunctions): string | undefined {
	return tests.get(triggerIdOf(context))?.key;
}

/**
 * What a test makes of a request with the right key.
 *
 * @returns `refused` if it is not from the channel of the test; the items for the test, maybe none
 */
export async function receiveForTest(
	context: IWebhookFunctions,
	notification: Notification | null,
): Promise<'refused' | IDataObject[]> {
	const id = triggerIdOf(context);
	const test = tests.get(id);
	if (!test) return 'refused';
	await waitAtMost(LONGEST_WAIT_MS, test.ready, systemClock);
	const items = test.sample ? [test.sample] : await itemsFor(context, test, notification);
	if (items !== 'refused' && items.length > 0) {
		keepTestItems(
			id,
			items.map((json) => ({ json })),
		);
	}
	return items;
}

/** A test shows each change as it is notified: it ignores nothing and gathers nothing. */
async function itemsFor(
	context: IWebhookFunctions,
	test: WaitingTest,
	notification: Notification | null,
): Promise<'refused' | IDataObject[]> {
	if (!notification || !isFrom(notification, test)) return 'refused';
	const { wish } = readCrmTriggerSettings(context);
	const { module, change, recordIds, changedFields, serverTimeMs } = notification;
	const client = await zohoCrmClient(context);
	const fields = await fieldsOf(client, module);
	const asked = toldFields(fields, wish.updatedFields[module] ?? []);
	const records =
		change === 'deleted'
			? new Map<string, IDataObject>()
			: await recordsByIds(client, module, recordIds, asked);
	return recordIds
		.filter((recordId) => change === 'deleted' || records.has(recordId))
		.map((recordId) =>
			changeItem(
				{
					change,
					module,
					recordId,
					record: records.get(recordId) ?? null,
					changedFields: change === 'created' ? [] : (changedFields[recordId] ?? null),
					eventTimeMs: serverTimeMs || systemClock.now(),
					receivedBy: 'notification',
				},
				fields,
			),
		);
}
