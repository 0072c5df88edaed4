import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import type { Call } from '../../call/Call';
import { textParameter } from '../../actions/textParameter';
import { callIn } from '../../caller/callInItem';
import { callDescription, callSubject, SUBJECT_EXPRESSION } from '../callLog/texts';
import { escapedHtml } from './htmlText';
import { refusal } from './refusal';

/** Zoho cuts nothing off, it refuses (zoho-desk.md, 3.1 and 6.1). */
const LONGEST_SUBJECT = 255;

export const subjectParameter: INodeProperties = {
	displayName: 'Subject',
	name: 'subject',
	type: 'string',
	default: SUBJECT_EXPRESSION,
	description: 'Empty gives the same text as the expression that stands here in a new node',
};

export const descriptionParameter: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. Talked for {{ $json.talkSeconds }} seconds',
	description:
		'HTML is allowed. If the item holds a call, empty gives time, type, both sides, talk time, stages and recording, and the line with the call ID is added in any case: by it the node recognises the call.',
};

export const recordingLinkParameter: INodeProperties = {
	displayName: 'Recording Link',
	name: 'recordingLink',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://pbx.example.com/recordings/1',
	description: 'Address under which people hear the recording',
};

/**
 * The address of the recording, or nothing.
 *
 * @throws ServiceError if it is none of the web: people click on it
 */
export function recordingLinkOf(context: IExecuteFunctions, itemIndex: number): string {
	const link = textParameter(context, 'recordingLink', itemIndex);
	if (link === '') return '';
	const url = URL.canParse(link) ? new URL(link) : null;
	if (url && /^https?:$/.test(url.protocol)) return url.href;
	throw refusal(
		'The value of the parameter Recording Link is not an address',
		'It begins with https:// or http://, as in https://pbx.example.com/recordings/1.',
	);
}

/** @throws ServiceError if there is neither a subject nor a call to make one from */
export function subjectOf(
	context: IExecuteFunctions,
	itemIndex: number,
	call: Call | null,
): string {
	const subject = textParameter(context, 'subject', itemIndex) || (call ? callSubject(call) : '');
	if (subject !== '') return subject.slice(0, LONGEST_SUBJECT);
	throw refusal('The parameter Subject is empty', 'Say in one line what it is about.');
}

/** As a person typed it, or the facts of the call as HTML; empty without either. */
export function descriptionOf(
	context: IExecuteFunctions,
	itemIndex: number,
	call: Call | null,
): string {
	const typed = textParameter(context, 'description', itemIndex);
	return typed || (call ? escapedHtml(callDescription(call, context.getTimezone(), null)) : '');
}

/** @throws NodeOperationError if the item holds no call */
export function callOf(context: IExecuteFunctions, itemIndex: number): Call {
	const call = callIn(context.getInputData()[itemIndex].json);
	if (call) return call;
	throw new NodeOperationError(context.getNode(), 'The item holds no call', {
		itemIndex,
		description:
			'Connect this node to Yeastar Trigger or to Yeastar > Call Record > Get Calls, by way of Caller > Find.',
	});
}
