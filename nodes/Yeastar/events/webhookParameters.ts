import type { INodeProperties } from 'n8n-workflow';
import { countryField, outboundPrefixOption } from '../callParameters';
import {
	eventsField,
	filtersField,
	otherEventsOption,
	rawEventsField,
	settleOption,
	timeZoneOption,
} from './triggerParameters';

export type WebhookRegistrationMode = 'automatic' | 'manual';

export const webhookTriggerParameters: INodeProperties[] = [
	{
		displayName:
			'<b>Use Yeastar Trigger wherever n8n can reach the PBX.</b> A webhook does not make up for calls that ended while n8n was away, a push may get lost, and the calls must arrive in one process: not in separate webhook processes. Needs firmware 37/83/84.20.0.21 or newer. Keep the ledger of the template: it prevents doubles.',
		name: 'limitsNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Registration',
		name: 'registration',
		type: 'options',
		noDataExpression: true,
		default: 'automatic',
		description: 'How the PBX comes to know where to push its events',
		options: [
			{
				name: "Through the PBX's API",
				value: 'automatic',
				description: 'This node enters itself when you publish, and takes itself out again',
			},
			{
				name: 'By Hand',
				value: 'manual',
				description: 'You add a webhook in the PBX portal; n8n never connects to the PBX',
			},
		],
	},
	{
		displayName:
			'Needs on the PBX: <b>Integrations > API</b> with <b>Webhook Event Push</b> ticked, and <b>Call Status Monitor</b> ticked for extensions and trunks under its Advanced Settings. The PBX has 5 webhooks for all systems; a published workflow takes one, a test another one for its time.',
		name: 'automaticNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['automatic'] } },
	},
	{
		displayName:
			'In the PBX portal, open <b>Integrations > API</b>.<br/>1. Tick <b>Webhook Event Push</b> and add a webhook with the Production URL from above and Request Method POST.<br/>2. Choose the events 30011, 30012, 30013, 30014 and 30015, and those you choose below under Raw Events.<br/>3. Copy its <b>Secret</b> into the credential.<br/>4. Under Advanced Settings, tick <b>Call Status Monitor</b> for extensions and trunks.<br/>For a test in the editor, give the webhook the Test URL for a while.',
		name: 'manualNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['manual'] } },
	},
	eventsField,
	countryField,
	filtersField,
	rawEventsField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [otherEventsOption, outboundPrefixOption, timeZoneOption, settleOption],
	},
];
