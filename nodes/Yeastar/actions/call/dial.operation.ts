import { NodeOperationError, type IDataObject, updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { locatedValue } from '../../../actions/locatedValue';
import { extensionLocator } from '../locators';

export const dial: Operation = {
	description: updateDisplayOptions({ show: { resource: ['call'], operation: ['dial'] } }, [
		{
			...extensionLocator,
			displayName: 'Caller',
			name: 'caller',
			description: 'Whose phone rings first; the other number is dialled when it is picked up',
		},
		{
			displayName: 'Number to Call',
			name: 'callee',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 0700 111 222',
			description: 'An extension or an outside number, with the prefix that outbound routes need',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Auto Answer',
					name: 'autoAnswer',
					type: 'boolean',
					default: false,
					description:
						'Whether the phone of the caller picks up by itself, if it is an extension whose phone can do that',
				},
				{
					displayName: 'Dial Permission Of',
					name: 'dialPermission',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1001',
					description:
						'Extension whose permission for outbound calls is used. Needed when the caller is not an extension and the number is outside.',
				},
			],
		},
	]),

	async execute(context, itemIndex) {
		const caller = locatedValue(context, 'caller', itemIndex, '');
		const callee = dialled(String(context.getNodeParameter('callee', itemIndex)));
		if (!/\d/.test(callee)) {
			throw new NodeOperationError(
				context.getNode(),
				`Number to Call has no digits [Item ${itemIndex}]`,
				{ description: 'Give an extension or an outside number.', itemIndex },
			);
		}
		const options = context.getNodeParameter('options', itemIndex) as IDataObject;
		const pbx = await yeastarPbx(context, itemIndex);
		const { call_id: callId } = await pbx.post<{ call_id: string }>('call/dial', {
			caller: dialled(caller),
			callee,
			dial_permission: options.dialPermission || undefined,
			auto_answer: options.autoAnswer === undefined ? undefined : yesOrNo(options.autoAnswer),
		});
		return [{ json: { callId, caller, callee } }];
	},
};

/** As one dials it: without the blanks and brackets that people write for the eye. */
function dialled(number: string): string {
	return number.replace(/[\s().-]/g, '');
}

function yesOrNo(value: unknown): string {
	return value ? 'yes' : 'no';
}
