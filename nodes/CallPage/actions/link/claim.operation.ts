import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { createClaims } from '../../../links/claims';
import { wordsOf } from '../../../pages/words/wordsOf';
import { systemClock } from '../../../transport/Clock';
import { chosenLanguage, languageParameter } from '../../languageParameter';

/** Of this process, for all workflows; their keys are kept apart. */
const claims = createClaims();

/** Lets one click act once: adds `claim` to the item, with `first` for the one that may act. */
export const claim: Operation = {
	description: shownFor('link', 'claim', [
		{
			displayName:
				'Claims are kept in the memory of this n8n process and are lost when it ends. With several workers, each has its own.',
			name: 'memoryNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Key',
			name: 'key',
			type: 'string',
			default: '={{ $json.link.user || $json.link.extension }} {{ $json.link.number }}',
			required: true,
			description: 'What may be done once: who and what, such as the user and the number to dial',
		},
		{
			displayName: 'Seconds',
			name: 'seconds',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 10,
			description: 'How long the same key is refused',
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: '={{ $json.link.user || $json.link.extension }}',
			description: 'Whose claims are counted together for the limit',
		},
		{
			displayName: 'Limit per Minute',
			name: 'perMinute',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 10,
			description: 'How many claims of one user succeed in a minute. With 0 there is no limit.',
		},
		languageParameter,
	]),
	async execute(context: IExecuteFunctions, itemIndex: number) {
		const { json } = context.getInputData()[itemIndex];
		const workflow = context.getWorkflow().id;
		const text = (name: string) => String(context.getNodeParameter(name, itemIndex) ?? '').trim();
		const key = text('key');
		if (key === '') {
			throw new NodeOperationError(context.getNode(), 'The key of the claim is empty', {
				description: 'Give a key that says who does what, such as the extension and the number.',
				itemIndex,
			});
		}
		const { outcome, freeAt } = claims.claim(
			{
				key: `${workflow} ${key}`,
				seconds: Number(context.getNodeParameter('seconds', itemIndex)),
				user: `${workflow} ${text('user')}`,
				perMinute: Number(context.getNodeParameter('perMinute', itemIndex)),
			},
			systemClock.now(),
		);
		const { claims: refusals } = wordsOf(chosenLanguage(context, itemIndex));
		const [reason, advice] = outcome === 'first' ? [null, null] : refusals[outcome];
		return await Promise.resolve([
			{
				json: {
					...json,
					claim: {
						first: outcome === 'first',
						outcome,
						reason,
						advice,
						freeAt: new Date(freeAt).toISOString(),
					},
				},
			},
		]);
	},
};
