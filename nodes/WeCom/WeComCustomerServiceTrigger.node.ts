import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { manualTest } from '../triggers/manualTest';
import { startListening } from './events/listening';
import { registerTrigger, unregisterTrigger } from './events/registration';
import { latestFor } from './events/testReception';
import { weComTriggerParameters } from './events/triggerParameters';
import { readWeComTriggerSettings } from './events/triggerSettings';
import { answerCallback } from './events/webhookRequest';
import { testWeComCredential } from './methods/credentialTest';
import { getAccounts } from './methods/loadOptions';

/**
 * Both a webhook and a running trigger: the webhook takes in WeCom's callbacks, which say no more than that an account has
 * something new; the trigger reads the accounts and starts the executions.
 */
export class WeComCustomerServiceTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WeCom Customer Service Trigger',
		name: 'weComCustomerServiceTrigger',
		icon: { light: 'file:weCom.svg', dark: 'file:weCom.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["startOn"].map((kind) => kind.replace(/^[a-z]/, (letter) => letter.toUpperCase()).replace(/([a-z])([A-Z])/, "$1 $2")).join(", ") }}',
		description:
			'Starts the workflow once for each message that a WeChat customer writes to WeCom customer service (微信客服), in order per customer',
		eventTriggerDescription: 'Write to your customer-service account in WeChat now',
		activationMessage:
			'From now on each message starts one execution. Paste the Production URL of the trigger into the WeCom admin console if it is not there yet.',
		defaults: { name: 'WeCom Customer Service Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'weComCustomerServiceApi',
				required: true,
				testedBy: 'weComCustomerServiceApiTest',
			},
		],
		webhooks: [
			{
				name: 'setup',
				httpMethod: 'GET',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'wecom',
				ndvHideUrl: true,
			},
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'wecom',
			},
		],
		triggerPanel: {
			header: 'Get a real message as test data',
			executionsHelp: {
				inactive:
					'<b>While building</b>, click Execute step, then write to your account in WeChat within 15 seconds. If nothing comes, the latest message of the last three days is shown.<br/><br/><b>Once the workflow is published</b>, every message starts an execution by itself, also those that came while n8n was switched off.',
				active:
					'<b>While building</b>, click Execute step, then write to your account in WeChat within 15 seconds.<br/><br/><b>Your workflow is published</b>: every message starts an execution, which you find in the executions list and not in the editor.',
			},
			activationHint:
				'Publish the workflow, and paste its Production URL into the WeCom admin console.',
		},
		properties: weComTriggerParameters,
	};

	methods = {
		credentialTest: { weComCustomerServiceApiTest: testWeComCredential },
		loadOptions: { getAccounts },
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				// What is wrong is to be said now; whether the address is in WeCom's console, nobody can ask.
				readWeComTriggerSettings(this);
				return await Promise.resolve(false);
			},

			async create(this: IHookFunctions): Promise<boolean> {
				await registerTrigger(this);
				return true;
			},

			async delete(this: IHookFunctions): Promise<boolean> {
				unregisterTrigger(this);
				return await Promise.resolve(true);
			},
		},
	};

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return this.getMode() === 'manual' ? manualTest(this, latestFor) : await startListening(this);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answerCallback(this);
	}
}
