import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Caller } from '../../caller/Caller';
import { deskId } from '../transport/deskPaths';
import { textParameter } from '../../actions/textParameter';
import { DESK_ID_PLACEHOLDER } from './parameters';

export const contactParameter: INodeProperties = {
	displayName: 'Contact ID',
	name: 'contactId',
	type: 'string',
	default: "={{ $json.match?.record?.contactId ?? '' }}",
	placeholder: DESK_ID_PLACEHOLDER,
	description:
		'Who it is about. In a new node it is the contact that Caller > Find has found, or the one who stands for the account.',
};

/** The id, or the sentence that says why there is none. */
export function contactOfItem(
	context: IExecuteFunctions,
	itemIndex: number,
): { id: string } | { missing: string } {
	const id = textParameter(context, 'contactId', itemIndex);
	if (id !== '') return { id: deskId(id) };
	const { match } = context.getInputData()[itemIndex].json as { match?: Caller };
	return { missing: whyNone(match) };
}

function whyNone(caller: Caller | undefined): string {
	if (!caller) return 'The caller was not looked up: put Caller > Find before this node.';
	if (caller.status === 'skipped') return `The call has no contact. ${caller.choice}`;
	return caller.record
		? `The account ${caller.record.name} has no contact, and Zoho Desk wants one.`
		: 'The caller has no contact in Zoho Desk.';
}
