import type { IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { WeComMessage } from '../message/WeComMessage';
import {
	DEFAULT_BINARY_PROPERTY,
	DEFAULT_CUSTOMERS_AT_A_TIME,
	DEFAULT_POLL_SECONDS,
} from './triggerParameters';

export type StartOn =
	| 'accountsChanged'
	| 'customerMessage'
	| 'enterSession'
	| 'messageRecalled'
	| 'rejectSwitchChanged'
	| 'sendFailed'
	| 'servicerMessage'
	| 'servicerStatusChanged'
	| 'sessionChanged';

export interface WeComTriggerSettings {
	/** Ids; empty for all that the app manages. */
	accounts: readonly string[];
	startOn: readonly StartOn[];
	downloadMedia: boolean;
	binaryPropertyName: string;
	takesHistory: boolean;
	/** Infinity for never. */
	pollEveryMs: number;
	voiceFormat: 'amr' | 'silk';
	includeCustomer: boolean;
	customersAtATime: number;
}

interface OptionValues {
	customersAtATime?: number;
	includeCustomer?: boolean;
	pollSeconds?: number;
	voiceFormat?: 'amr' | 'silk';
}

export type WeComTriggerContext = ITriggerFunctions | IHookFunctions | IWebhookFunctions;

const SHORTEST_POLL_SECONDS = 30;

/** The node's parameters; defaults as in `weComTriggerParameters`. @throws NodeOperationError */
export function readWeComTriggerSettings(context: WeComTriggerContext): WeComTriggerSettings {
	const startOn = context.getNodeParameter('startOn') as StartOn[];
	const options = context.getNodeParameter('options', {}) as OptionValues;
	const pollSeconds = options.pollSeconds ?? DEFAULT_POLL_SECONDS;
	const downloadMedia = context.getNodeParameter('downloadMedia', true) as boolean;
	const binaryPropertyName = downloadMedia
		? (context.getNodeParameter('binaryPropertyName', DEFAULT_BINARY_PROPERTY) as string)
		: DEFAULT_BINARY_PROPERTY;
	// n8n shows the message alone when a publication is refused.
	if (startOn.length === 0) {
		throw new NodeOperationError(
			context.getNode(),
			'Start On is empty. Choose at least one kind of message or event.',
		);
	}
	if (binaryPropertyName.trim() === '') {
		throw new NodeOperationError(
			context.getNode(),
			'Put Output File in Field is empty. Type the name of a binary field, such as data.',
		);
	}
	return {
		accounts: (context.getNodeParameter('accounts', []) as string[]).map(String),
		startOn,
		downloadMedia,
		binaryPropertyName,
		takesHistory: context.getNodeParameter('firstStart', 'skipHistory') === 'takeHistory',
		pollEveryMs: pollSeconds > 0 ? Math.max(pollSeconds, SHORTEST_POLL_SECONDS) * 1_000 : Infinity,
		voiceFormat: options.voiceFormat ?? 'amr',
		includeCustomer: options.includeCustomer ?? true,
		customersAtATime: Math.max(1, options.customersAtATime ?? DEFAULT_CUSTOMERS_AT_A_TIME),
	};
}

const EVENTS: Readonly<Partial<Record<string, StartOn>>> = {
	enterSession: 'enterSession',
	sendFailed: 'sendFailed',
	servicerStatusChanged: 'servicerStatusChanged',
	sessionChanged: 'sessionChanged',
	customerRecalled: 'messageRecalled',
	servicerRecalled: 'messageRecalled',
	rejectSwitchChanged: 'rejectSwitchChanged',
	accountsChanged: 'accountsChanged',
};

/** Whether a message is of a kind that starts the workflow. */
export function startsWorkflow(
	startOn: readonly StartOn[],
	{ from, event }: Pick<WeComMessage, 'from' | 'event'>,
): boolean {
	const kind = event
		? EVENTS[event.type]
		: from === 'customer'
			? 'customerMessage'
			: from === 'servicer'
				? 'servicerMessage'
				: undefined;
	return kind !== undefined && startOn.includes(kind);
}
