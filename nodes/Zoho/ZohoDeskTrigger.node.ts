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
import { startListening } from './desk/events/listening';
import { sampleFor } from './desk/events/sampleEvent';
import { deskTriggerParameters } from './desk/events/triggerParameters';
import { readDeskTriggerSettings } from './desk/events/triggerSettings';
import { registerTrigger, unregisterTrigger } from './desk/events/webhookRegistration';
import { answerWebhook } from './desk/events/webhookRequest';
import { getDepartments, getTicketFields } from './desk/methods/loadOptions';
import { manualTest } from '../triggers/manualTest';

/**
 * Both a webhook and a running trigger: the webhook takes in what Zoho Desk sends, the trigger starts the executions, with
 * a key that lets n8n start each one once, and searches. All triggers of an organisation meet in one hub.
 */
export class ZohoDeskTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zoho Desk Trigger',
		name: 'zohoDeskTrigger',
		icon: { light: 'file:zohoDesk.svg', dark: 'file:zohoDesk.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["events"].map((event) => event.replace(/^[a-z]/, (letter) => letter.toUpperCase()).replace(/([a-z])([A-Z])/, "$1 $2")).join(", ") }}',
		description:
			'Starts the workflow when tickets, comments, threads, contacts, accounts or calls change in Zoho Desk',
		eventTriggerDescription: 'Make a change in Zoho Desk now, such as a new ticket',
		activationMessage: 'From now on each of these events in Zoho Desk starts one execution.',
		defaults: { name: 'Zoho Desk Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'callBridgeZohoOAuth2Api', required: true }],
		webhooks: [
			{
				name: 'setup',
				// Without a method n8n opens no address.
				httpMethod: '={{ $parameter["receiveBy"] === "search" ? "" : "GET,HEAD" }}',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'zoho-desk',
				ndvHideUrl: true,
			},
			{
				name: 'default',
				httpMethod: '={{ $parameter["receiveBy"] === "search" ? "" : "POST" }}',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'zoho-desk',
				ndvHideUrl: true,
			},
		],
		properties: deskTriggerParameters,
	};

	methods = { loadOptions: { getDepartments, getTicketFields } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				// What is wrong with a parameter is to be said now. Whether the webhook is there tells the registration.
				readDeskTriggerSettings(this);
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
