import {
	NodeConnectionTypes,
	NodeOperationError,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { toNodeError } from '../actions/toNodeError';
import { systemClock } from '../transport/Clock';
import { DEFAULT_RETRY_POLICY } from '../transport/retry';
import { passesFilter } from './events/callFilter';
import { callItem, rawEventItem } from './events/triggerItems';
import { readTriggerSettings } from './events/triggerSettings';
import { parseWebhookBody } from './events/webhookBody';
import { webhookTriggerParameters, type WebhookRegistrationMode } from './events/webhookParameters';
import { registerWebhook, removeWebhook } from './events/webhookRegistration';
import { directoryFor, foldFor, isGenuine, type WebhookStaticData } from './events/webhookRequest';
import { newWebhookSecret } from './events/webhookSignature';
import { testYeastarCredential } from './methods/credentialTest';
import {
	testYeastarWebhookCredential,
	whatIsWrongWithSecret,
} from './methods/webhookCredentialTest';
import { yeastarPbx } from './transport/yeastarPbx';

export class YeastarWebhookTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Yeastar Webhook Trigger',
		name: 'yeastarWebhookTrigger',
		icon: { light: 'file:yeastar.svg', dark: 'file:yeastar.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["events"].map((event) => event.replace("call", "Call ")).join(", ") }}',
		description:
			'Starts the workflow once for each telephone call of a Yeastar P-Series PBX that n8n cannot reach and that pushes its events; without catching up after an outage',
		eventTriggerDescription: 'Place a call now: to one of your numbers, or from one of your phones',
		activationMessage: 'From now on each call that the PBX pushes starts one execution.',
		defaults: { name: 'Yeastar Webhook Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'yeastarApi',
				required: true,
				testedBy: 'yeastarApiTest',
				displayOptions: { show: { registration: ['automatic'] } },
			},
			{
				name: 'yeastarWebhookApi',
				required: true,
				testedBy: 'yeastarWebhookApiTest',
				displayOptions: { show: { registration: ['manual'] } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'yeastar',
			},
		],
		properties: webhookTriggerParameters,
	};

	methods = {
		credentialTest: {
			yeastarApiTest: testYeastarCredential,
			yeastarWebhookApiTest: testYeastarWebhookCredential,
		},
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				// What is wrong with a parameter is to be said now, and not to the PBX when it pushes.
				readTriggerSettings(this);
				if (registrationOf(this) === 'automatic') return false;
				const { secret } = await this.getCredentials<{ secret?: string }>('yeastarWebhookApi');
				const problem = whatIsWrongWithSecret(secret);
				if (problem !== null) throw new NodeOperationError(this.getNode(), problem);
				return true;
			},

			async create(this: IHookFunctions): Promise<boolean> {
				const { rawEventTypes } = readTriggerSettings(this).feed;
				const stored: WebhookStaticData = this.getWorkflowStaticData('node');
				// One secret for good: a request under way may write back what it has read before.
				const secret = stored.secret ?? newWebhookSecret();
				try {
					const pbx = await yeastarPbx(this, undefined, { forgetRefusal: 'publication' });
					const wish = { url: urlOf(this), secret, chosenEvents: rawEventTypes };
					await registerWebhook(pbx, wish, systemClock);
				} catch (error) {
					throw toNodeError(this.getNode(), error);
				}
				stored.secret = secret;
				return true;
			},

			async delete(this: IHookFunctions): Promise<boolean> {
				if (registrationOf(this) === 'manual') return true;
				try {
					const pbx = await yeastarPbx(this, undefined, { retryPolicy: DEFAULT_RETRY_POLICY });
					await removeWebhook(pbx, urlOf(this), systemClock);
					return true;
				} catch (error) {
					const { message } = error as Error;
					this.logger.warn(
						`Yeastar Webhook Trigger could not take its webhook out of the PBX: ${message}. Delete it in the PBX portal, under Integrations > API > Webhook Event Push.`,
						{ workflowId: this.getWorkflow().id },
					);
					return false;
				}
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const response = this.getResponseObject();
		const body = this.getRequestObject().rawBody as Buffer | undefined;
		const registration = registrationOf(this);
		if (!(await isGenuine(this, registration, body))) {
			response.status(403).end();
			return { noWebhookResponse: true };
		}
		const settings = readTriggerSettings(this);
		const fold = foldFor(this, settings.feed);
		const directory = directoryFor(this, registration);
		const event = parseWebhookBody(body as Buffer);
		// The PBX waits some seconds and then pushes again; what follows may take longer, and needs no answer to it.
		response.status(200).end();
		if (!event) return { noWebhookResponse: true };

		const { country, outboundPrefix, rawEventTypes } = settings.feed;
		const receivedAt = systemClock.now();
		const isWanted = rawEventTypes.includes(event.type) && fold.isNews(event);
		const told = await fold.receive(event, {
			moments: settings.events,
			country,
			outboundPrefix,
			directory,
			memory: this.getWorkflowStaticData('node') as WebhookStaticData,
		});
		const items = [
			...(isWanted ? [rawEventItem(event, receivedAt)] : []),
			...told
				.filter(({ call }) => passesFilter(call, settings.filter))
				.map(({ moment, call }) => callItem(moment, call)),
		].map((json) => ({ json }));
		return { noWebhookResponse: true, ...(items.length > 0 && { workflowData: [items] }) };
	}
}

function registrationOf(context: IHookFunctions | IWebhookFunctions): WebhookRegistrationMode {
	return context.getNodeParameter('registration', 'automatic') as WebhookRegistrationMode;
}

function urlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') as string;
}
