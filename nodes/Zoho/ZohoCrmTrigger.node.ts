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
import { registerTrigger, unregisterTrigger } from './crm/events/channelRegistration';
import { startListening } from './crm/events/listening';
import { sampleFor } from './crm/events/sampleChange';
import { crmTriggerParameters } from './crm/events/triggerParameters';
import { readCrmTriggerSettings } from './crm/events/triggerSettings';
import { answerWebhook } from './crm/events/webhookRequest';
import { getModuleFields, getModules } from './crm/methods/loadOptions';
import { manualTest } from '../triggers/manualTest';

/**
 * Both a webhook and a running trigger: the webhook takes in the notifications of Zoho CRM, the trigger starts the
 * executions, with a key that lets n8n start each one once, keeps the channel alive, and searches.
 */
export class ZohoCrmTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zoho CRM Trigger',
		name: 'zohoCrmTrigger',
		icon: { light: 'file:zohoCrmTelephony.svg', dark: 'file:zohoCrmTelephony.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["modules"].join(", ") + ": " + $parameter["changes"].join(", ") }}',
		description: 'Starts the workflow when records are created, updated or deleted in Zoho CRM',
		eventTriggerDescription: 'Make a change in Zoho CRM now, such as a new contact',
		activationMessage: 'From now on each of these changes in Zoho CRM starts one execution.',
		defaults: { name: 'Zoho CRM Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'callBridgeZohoOAuth2Api', required: true }],
		webhooks: [
			{
				name: 'default',
				// Without a method n8n opens no address.
				httpMethod: '={{ $parameter["receiveBy"] === "search" ? "" : "POST" }}',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'zoho-crm',
				ndvHideUrl: true,
			},
		],
		properties: crmTriggerParameters,
	};

	methods = { loadOptions: { getModules, getModuleFields } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				// What is wrong with a parameter is to be said now. Whether the channel is there tells the registration.
				readCrmTriggerSettings(this);
				return await Promise.resolve(false);
			},

			async create(this: IHookFunctions): Promise<boolean> {
				await registerTrigger(this);
				return true;
			},

			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregisterTrigger(this);
			},
		},
	};

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return this.getMode() === 'manual' ? manualTest(this, sampleFor) : await startListening(this);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answerWebhook(this);
	}
}
