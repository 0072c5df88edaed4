import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { toNodeError } from '../../actions/toNodeError';
import { isPublishedElsewhere, notePublished } from '../../triggers/publishedAddress';
import { isRestart, mayPass, triggerIdOf } from '../../triggers/triggerPlace';
import { whatIsWrongWithCallbackSecrets } from '../methods/callbackSecrets';
import { allAccounts } from '../transport/accounts';
import { weComClient, type WeComCredential } from '../transport/weCom';
import { accountsToRead } from './accountsToRead';
import { rememberedOf } from './listening';
import { endTest, isTestAddress, startTest } from './testReception';
import { readWeComTriggerSettings } from './triggerSettings';

/**
 * Sees to it that a publication fails now, with words that help, and not with silence later: parameters, token and key of
 * the callback, the secret, the accounts. The address itself has to be entered in WeCom's console by hand.
 */
export async function registerTrigger(context: IHookFunctions): Promise<void> {
	const url = urlOf(context);
	try {
		const { accounts: chosen } = readWeComTriggerSettings(context);
		await refuseWithoutCallbackSecrets(context);
		const isTest = context.getMode() === 'manual';
		if (!isTest) notePublished(triggerIdOf(context), url);
		const isByPerson = isTest || !isRestart(context);
		await readAccounts(context, chosen, isByPerson).catch((error: unknown) => {
			// n8n tries five times and then gives up for good; the trigger itself goes on trying.
			if (isByPerson || !mayPass(error)) throw error;
		});
		if (isTest) await startTest(context, url);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

async function readAccounts(
	context: IHookFunctions,
	chosen: readonly string[],
	isByPerson: boolean,
): Promise<void> {
	const client = await weComClient(
		context,
		undefined,
		isByPerson ? { forgetRefusal: 'publication' } : {},
	);
	accountsToRead(await allAccounts(client), chosen);
}

async function refuseWithoutCallbackSecrets(context: IHookFunctions): Promise<void> {
	const { callbackToken, encodingAesKey } =
		await context.getCredentials<WeComCredential>('weComCustomerServiceApi');
	const isMissing = !callbackToken?.trim() || !encodingAesKey?.trim();
	const wrong = isMissing
		? 'The credential lacks Callback Token and EncodingAESKey, without which n8n cannot tell callbacks of WeCom from others. Copy both from the page of your app in the WeCom admin console, Receive Messages (接收消息) > Set API Reception (设置API接收).'
		: whatIsWrongWithCallbackSecrets({ callbackToken, encodingAesKey });
	if (wrong !== null) throw new NodeOperationError(context.getNode(), wrong);
}

/** Ends a test, or has n8n store what the trigger remembers of its publication. */
export function unregisterTrigger(context: IHookFunctions): void {
	const url = urlOf(context);
	const id = triggerIdOf(context);
	if (isTestAddress(context, url)) {
		endTest(context);
		return;
	}
	if (isPublishedElsewhere(id, url)) return;
	Object.assign(context.getWorkflowStaticData('node'), rememberedOf(id));
}

function urlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') as string;
}
