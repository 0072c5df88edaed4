import type { IHookFunctions } from 'n8n-workflow';
import { toNodeError } from '../../../actions/toNodeError';
import { isPublishedElsewhere, notePublished } from '../../../triggers/publishedAddress';
import {
	addressWithKey,
	isRestart,
	mayPass,
	newAddressKey,
	triggerIdOf,
} from '../../../triggers/triggerPlace';
import { zohoCrmClient } from '../../transport/zohoCrm';
import { CHANNEL_LIFE_MS } from './channel';
import { channelWish } from './channelWish';
import { channelIdIn, memoryOf, placeOf } from './places';
import { endTest, isTestAddress, startTest } from './testReception';
import { readCrmTriggerSettings } from './triggerSettings';

/**
 * Makes the channel of the trigger, or the one of a test. Where there is none to be had, the trigger goes on by search;
 * the publication fails only for what a person must mend.
 */
export async function registerTrigger(context: IHookFunctions): Promise<void> {
	const url = urlOf(context);
	try {
		if (context.getMode() === 'manual') await startTest(context, url);
		else await takeChannel(context, url);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

async function takeChannel(context: IHookFunctions, plainUrl: string): Promise<void> {
	const { wish } = readCrmTriggerSettings(context);
	const memory = memoryOf(context);
	// One secret and one token for good: a request under way may write back what it has read before.
	const key = (memory.key ??= newAddressKey());
	const token = (memory.token ??= newAddressKey());
	const id = channelIdIn(context, 'published');
	const { keeper } = placeOf(context);
	notePublished(triggerIdOf(context), plainUrl);
	const basics = { id, url: addressWithKey(plainUrl, key), token, lifeMs: CHANNEL_LIFE_MS };
	keeper.want(id, async (client) => await channelWish(client, wish, basics));
	await zohoCrmClient(context)
		.then(async (client) => await keeper.align(client))
		.catch((error: unknown) => {
			// n8n tries five times and then gives up for good; the trigger itself goes on trying.
			if (!isRestart(context) || !mayPass(error)) throw error;
		});
}

/** Ends the channel; trouble in doing so holds nothing up. @returns whether it went well */
export async function unregisterTrigger(context: IHookFunctions): Promise<boolean> {
	try {
		const url = urlOf(context);
		if (isTestAddress(context, url)) {
			await endTest(context);
			return true;
		}
		if (isPublishedElsewhere(triggerIdOf(context), url)) return true;
		const { keeper } = placeOf(context);
		await keeper.release(await zohoCrmClient(context), channelIdIn(context, 'published'));
		return true;
	} catch (error) {
		const { message } = error as Error;
		context.logger.warn(
			`Zoho CRM Trigger could not end its notification channel: ${message}. It ends by itself within a week, and until then n8n refuses what comes from it.`,
			{ workflowId: context.getWorkflow().id },
		);
		return false;
	}
}

function urlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') as string;
}
